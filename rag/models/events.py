"""What an answer shows of itself while it is made."""

from __future__ import annotations

from dataclasses import dataclass

from rag.models.answers import Answer, Citation


@dataclass(frozen=True)
class Begun:
    """The rules' answer, whole and checked, while a chat model still writes."""

    answer: Answer


@dataclass(frozen=True)
class Writing:
    """What a chat model has written so far; its marks are those of `citations`."""

    verified: str  # the sentences that passed
    unverified: str  # what follows them and is not checked yet, without marks
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Finished:
    """The answer; always the last event."""

    answer: Answer


AnswerEvent = Begun | Writing | Finished
