"""Cut a paragraph's reading into sentences and clauses, keeping offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_SENTENCE_END = re.compile(  # parts that are listed behind a semicolon belong to their whole
    r"[。!?\n]|;(?!\s*(?:其中|包括))|(?<=[\u4e00-\u9fff])\.(?=\D)"
)
_CLAUSE_END = re.compile(r"[,:(){}【】]|;(?=\s*(?:其中|包括))|——|-{2,}")
_SHORT_BRACKETS = re.compile(r"\([^()\d]{1,6}\)")  # 村(居), 村(社区): part of the phrase
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@dataclass(frozen=True)
class Span:
    """A stretch of a paragraph's reading, half-open."""

    start: int
    end: int


def sentences(reading: str) -> Iterator[Span]:
    """The sentences of a reading in order, each with its end mark.

    >>> [(s.start, s.end) for s in sentences("立案3件。结案2件")]
    [(0, 5), (5, 9)]
    """
    start = 0
    for match in _SENTENCE_END.finditer(reading):
        yield Span(start, match.end())
        start = match.end()
    if start < len(reading):
        yield Span(start, len(reading))


def clause_starts(reading: str, sentence: Span) -> tuple[int, ...]:
    """Offsets at which the clauses of a sentence begin, the first being the sentence's own."""
    ends = _clause_ends(reading[sentence.start : sentence.end])
    return (sentence.start, *(sentence.start + end for end in ends))


@lru_cache(maxsize=256)  # asked for several times a figure
def _clause_ends(text: str) -> tuple[int, ...]:
    inside: set[int] = set()
    if "," in text:
        inside = {match.start() for match in _THOUSANDS.finditer(text)}
    if "(" in text:
        for match in _SHORT_BRACKETS.finditer(text):
            inside |= {match.start(), match.end() - 1}
    return tuple(m.end() for m in _CLAUSE_END.finditer(text) if m.start() not in inside)
