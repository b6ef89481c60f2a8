"""Finding indicators in a Chinese question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.homophones import syllables
from rag.indicator_entries import Indicator, IndicatorMention, Recognition
from rag.indicator_patterns import LABEL_WEIGHT, NAME_BONUS, CompiledIndicator, as_today

WIDEST_GAP = 10  # characters between the words of one indicator
HOMOPHONE_PENALTY = 4
LONG_NAME = 5  # characters of a name in which any one may be wrong
_SEPARATOR = re.compile(
    r"[、，,；;。？?！!：:]|而?且|同时|但(?!书)|以及|还有|(?<!平)和(?!谐|解|睦)|(?<!参)与|(?<!涉)(?<!以)及(?!时|格)|跟|或者?|(?<![对占])比(?![例率重较对])"
)
_SKIPPED = frozenset("的之“”\"'‘’「」『』《》〈〉()（）[]【】")


@dataclass(frozen=True)
class _Candidate:
    start: int
    end: int
    score: int
    entry: CompiledIndicator
    how: Recognition


class ChineseMentions:
    """Finds names, loose wordings and, as a last resort, names with a wrong character."""

    def __init__(self, entries: Sequence[CompiledIndicator]) -> None:
        self._entries = tuple(entries)
        self._sounds: tuple[tuple[str, tuple[str, ...], CompiledIndicator], ...] | None = None

    def find(self, question: str) -> tuple[IndicatorMention, ...]:
        """The mentions in the order of the question, not overlapping."""
        text, offsets = _folded(question)
        candidates = [*_narrowed(list(self._named(text))), *self._worded(text)]
        chosen = _choose(candidates)
        if _something_is_left(text, chosen):
            candidates.extend(self._homophones(text))
            chosen = _choose(candidates)
        return tuple(_mention(question, offsets, best, tied) for best, tied in chosen)

    def _named(self, text: str) -> Iterator[_Candidate]:
        for entry in self._entries:
            spans = [
                (start, start + len(literal), NAME_BONUS)
                for literal in entry.literals
                for start in _occurrences(text, literal)
            ]
            spans += [(m.start(), m.end(), 0) for ask in entry.asks for m in ask.finditer(text)]
            for start, end, bonus in spans:
                if end > start and not _is_part_of_rate(text, end, entry):
                    score = LABEL_WEIGHT * (end - start) + bonus
                    yield _Candidate(start, end, score, entry, "name")

    def _worded(self, text: str) -> Iterator[_Candidate]:
        cuts = [0, *(m.start() for m in _SEPARATOR.finditer(text)), len(text)]
        for start, end in pairwise(cuts):
            for entry in self._entries:
                for parts in entry.patterns:
                    found = _parts_in(parts, text, start, end)
                    if found and not self._is_excluded(entry, text, found):
                        yield _Candidate(*found, entry, "pattern")

    @staticmethod
    def _is_excluded(entry: CompiledIndicator, text: str, found: tuple[int, int, int]) -> bool:
        start, end, _ = found
        if _is_part_of_rate(text, end, entry):
            return True
        return bool(entry.excluded and entry.excluded.search(text[start : end + 2]))

    def _homophones(self, text: str) -> Iterator[_Candidate]:
        if self._sounds is None:
            self._sounds = tuple(
                (literal, syllables(literal), entry)
                for entry in self._entries
                for literal in entry.literals
                if len(literal) >= 3
            )
        sounds = syllables(text)
        for literal, wanted, entry in self._sounds:
            size = len(literal)
            for start in range(len(text) - size + 1):
                if not _alike(literal, wanted, text[start:], sounds[start:]):
                    continue
                if not _is_part_of_rate(text, start + size, entry):
                    score = LABEL_WEIGHT * size - HOMOPHONE_PENALTY
                    yield _Candidate(start, start + size, score, entry, "homophone")


def _alike(literal: str, wanted: Sequence[str], text: str, sounds: Sequence[str]) -> bool:
    """Whether a text begins with a name but for wrong characters of the same sound.

    In a name of five characters or more one character may be any other.
    """
    wrong = [number for number, character in enumerate(literal) if text[number] != character]
    if 2 * len(wrong) > len(literal):
        return False
    unlike = sum(sounds[number] != wanted[number] for number in wrong)
    return unlike == 0 or (len(literal) >= LONG_NAME and len(wrong) == unlike == 1)


def _narrowed(candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates without those that a longer name runs into: 口头|调解了多少宗."""
    names = [one for one in candidates if one.end - one.start == 4]
    return [
        one
        for one in candidates
        if not any(name.start < one.start < name.end < one.end for name in names)
    ]


def _folded(question: str) -> tuple[str, list[int]]:
    """The question without what may be put between words, and each character's offset in it."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(question):
        for folded in unicodedata.normalize("NFKC", character).lower():
            if folded not in _SKIPPED and not folded.isspace():
                characters.append(folded)
                offsets.append(offset)
    return as_today("".join(characters)), offsets


def _occurrences(text: str, literal: str) -> Iterator[int]:
    start = text.find(literal)
    while start >= 0:
        yield start
        start = text.find(literal, start + 1)


def _is_part_of_rate(text: str, end: int, entry: CompiledIndicator) -> bool:
    """Whether a count's words go on to a rate: 调解成功 in 调解成功率."""
    return entry.indicator.unit != "rate" and text[end : end + 1] == "率"


def _parts_in(
    parts: Sequence[re.Pattern[str]], text: str, start: int, end: int
) -> tuple[int, int, int] | None:
    """Span and score of the parts in text[start:end]; missing ones may stand elsewhere.

    The last part must stand there; a part from elsewhere weighs one a character.
    """
    spans: list[tuple[int, int]] = []
    context = 0
    for position, part in enumerate(parts):
        if found := part.search(text, start, end):
            spans.append(found.span())
        elif position + 1 < len(parts) and (found := part.search(text)):
            context += found.end() - found.start()
        else:
            return None
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    words = sum(e - s for s, e in spans)
    if context and words < 2:
        return None  # 件 behind a figure counts whatever is named there
    gap = max(0, last - first - words)
    if gap > WIDEST_GAP:
        return None
    return first, last, max(1, LABEL_WEIGHT * words + context - gap)


def _choose(
    candidates: Sequence[_Candidate],
) -> list[tuple[_Candidate, tuple[Indicator, ...]]]:
    """The best candidates that do not overlap, each with those its words may as well mean."""
    ranked = sorted(candidates, key=lambda c: (-c.score, c.start, c.entry.order))
    chosen: list[_Candidate] = []
    tied: dict[int, dict[str, Indicator]] = {}
    for candidate in ranked:
        rivals = [c for c in chosen if c.start < candidate.end and candidate.start < c.end]
        if not rivals:
            chosen.append(candidate)
            tied[id(candidate)] = {}
        elif _ties(rivals[0], candidate):
            indicator = candidate.entry.indicator
            tied[id(rivals[0])][indicator.name] = indicator
    chosen.sort(key=lambda c: c.start)
    return [(c, tuple(tied[id(c)].values())) for c in chosen]


def _ties(best: _Candidate, other: _Candidate) -> bool:
    one, two = best.entry.indicator, other.entry.indicator
    same_span = (best.start, best.end, best.score) == (other.start, other.end, other.score)
    return same_span and one.name != two.name and (not one.family or one.family != two.family)


def _something_is_left(
    text: str, chosen: Sequence[tuple[_Candidate, tuple[Indicator, ...]]]
) -> bool:
    """Whether no indicator was found, or a rate stands outside those found."""
    if not chosen:
        return True
    return any(
        character in "率律" and not any(c.start <= place < c.end for c, _ in chosen)
        for place, character in enumerate(text)
    )


def _mention(
    question: str, offsets: Sequence[int], best: _Candidate, tied: tuple[Indicator, ...]
) -> IndicatorMention:
    start, end = offsets[best.start], offsets[best.end - 1] + 1
    return IndicatorMention(start, end, question[start:end], best.entry.indicator, tied, best.how)
