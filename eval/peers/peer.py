"""What a peer is: a program that finds passages of reports for a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from eval.dataset import GoldSpan


@dataclass(frozen=True)
class Passage:
    """A piece of a report's text that a program found."""

    source: str
    text: str


class Peer(Protocol):
    """A program with the reports already in it."""

    @property
    def name(self) -> str:
        """What it is called in a table."""

    def search(self, question: str, k: int) -> Sequence[Passage]:
        """The k passages it ranks first, best first."""

    def close(self) -> None:
        """Let go of what it holds."""


class OpenPeer(Protocol):
    """How a peer is made: it takes in the texts, by source."""

    def __call__(self, texts: Mapping[str, str]) -> Peer: ...


def shows(passage: Passage, span: GoldSpan) -> bool:
    """Whether the passage holds the words of the gold span, white space aside.

    >>> shows(Passage("a.txt", "调解 成功率98%。"), GoldSpan(source="a.txt", text="成功率\\n98%"))
    True
    """
    return passage.source == span.source and plain(span.text) in plain(passage.text)


def plain(text: str) -> str:
    return "".join(text.split())
