"""Finding indicators in an English question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.indicator_entries import Indicator, IndicatorMention
from rag.spelling import nearest_word

_AGAINST = re.compile(r"\b(?:nor|than)\b", re.IGNORECASE)
WIDEST_GAP = 2  # words between the words of one indicator
_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_COUNT = re.compile(r"(?<![\d.,])(?!12345\b)\d[\d,]*(?:\.\d+)?(?!\s*(?:%|percent|\d))")
_SAME_THING = re.compile(
    r"(?:\s|\b(?:in|under|of|by|from|for|on|the|a|an|its|their|all|did|was|were)\b)*"
)
_IGNORED = """
    a an the of in on at by for to from about with and or per that which who what whose how many
    much did do does done was were is are be been being there they their its it this these those have
    has had any all each every total number numbers count counts up report reports
    reported reporting township townships town towns government governments year years
    me than more less over under as not no carried out made held received
"""
_STOP = frozenset(_IGNORED.split())
_SUFFIXES = (
    ("ies", "y", 3), ("ied", "y", 3), ("ations", "", 4), ("ation", "", 4), ("ated", "", 4),
    ("ating", "", 4), ("ates", "", 4), ("ate", "", 4), ("ances", "", 4), ("ance", "", 4),
    ("ions", "", 4), ("ion", "", 4), ("ings", "", 4), ("ing", "", 4), ("ures", "", 4),
    ("ure", "", 4), ("ed", "", 3), ("es", "", 3), ("s", "", 3), ("e", "", 3),
)  # fmt: skip


@dataclass(frozen=True)
class _Word:
    stem: str
    start: int
    end: int
    joined: int  # how many times "and", "or" or "but" stands before it


@dataclass(frozen=True)
class _Candidate:
    first: int  # numbers of the first and last word
    last: int
    score: tuple[int, int]  # words found, minus words between
    exact: bool  # the question has the phrase letter by letter
    order: int
    indicator: Indicator


class EnglishMentions:
    """Finds names and phrases by their words, in any order and inflection."""

    def __init__(self, indicators: Sequence[Indicator], equal: Mapping[str, str]) -> None:
        self._equal = {_stem(word): _stem(other) for word, other in equal.items()}
        self._phrases = tuple(
            (order, indicator, frozenset(w.stem for w in self._words(phrase)), phrase.lower())
            for order, indicator in enumerate(indicators)
            for phrase in dict.fromkeys((indicator.en, *indicator.english))
        )
        self._spellings = {
            question[word.start : word.end].lower(): word.stem
            for indicator in indicators
            for question in (indicator.en, *indicator.english)
            for word in self._words(question)
        }
        self._stems = frozenset(self._spellings.values())

    def find(self, question: str) -> tuple[IndicatorMention, ...]:
        """The mentions in the order of the question, not overlapping."""
        words = [self._spelled(question, word) for word in self._words(question)]
        stems = [word.stem for word in words]
        present = frozenset(stems)
        lower = question.lower()
        candidates = [
            _Candidate(
                first, last, (len(phrase), -(last - first)), written in lower, order, indicator
            )
            for order, indicator, phrase, written in self._phrases
            if phrase and phrase <= present
            for first, last in _windows(stems, phrase)
            if " and " in written or words[first].joined == words[last].joined
            if indicator.unit == "rate" or "rat" not in stems[first : last + 2]
            if indicator.unit != "rate" or not _spans_count(question, words, first, last)
        ]
        return _choose(question, words, candidates)

    def _spelled(self, question: str, word: _Word) -> _Word:
        """The word as it should have been spelled; names, with their capital, stay."""
        written = question[word.start : word.end]
        if word.stem in self._stems or not written.islower() or not written.isalpha():
            return word
        known = nearest_word(written, self._spellings)
        return replace(word, stem=self._spellings[known]) if known else word

    def _words(self, text: str) -> list[_Word]:
        words: list[_Word] = []
        joined = 0
        for found in _TOKEN.finditer(text.lower()):
            word = found[0].removesuffix("'s")
            joined += word in ("and", "or", "but") and not _between_names(text, *found.span())
            if word not in _STOP:
                stem = _stem(word)
                stem = self._equal.get(stem, stem)
                words.append(_Word(stem, found.start(), found.end(), joined))
        return words


def _spans_count(question: str, words: Sequence[_Word], first: int, last: int) -> bool:
    """Whether words stand on both sides of a count, or of two things held against each other.

    200 disputes with a success rate above 97%; neither a lawsuit nor a reconsideration case.
    """
    inner = question[words[first].end : words[last].start]
    return bool(_COUNT.search(inner) or _AGAINST.search(inner))


def _between_names(text: str, start: int, end: int) -> bool:
    """Whether what stands around a word was blanked out, as the names of places are."""
    return text[max(0, start - 3) : start].isspace() and text[end : end + 3].isspace()


def _stem(word: str) -> str:
    """The word without its inflection; crude, but the same on both sides."""
    if word.endswith("ss"):  # discuss, success
        return word
    for suffix, put, shortest in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= shortest:
            return word[: len(word) - len(suffix)] + put
    return word


def _windows(stems: Sequence[str], phrase: frozenset[str]) -> list[tuple[int, int]]:
    """First and last word of each narrow stretch that holds the whole phrase."""
    windows = []
    for first, stem in enumerate(stems):
        if stem not in phrase:
            continue
        missing = set(phrase)
        for last in range(first, min(len(stems), first + len(phrase) + WIDEST_GAP)):
            missing.discard(stems[last])
            if not missing:
                windows.append((first, last))
                break
    return windows


def _choose(
    question: str, words: Sequence[_Word], candidates: Sequence[_Candidate]
) -> tuple[IndicatorMention, ...]:
    chosen: list[_Candidate] = []
    tied: dict[int, dict[str, Indicator]] = {}
    for candidate in sorted(candidates, key=_rank):
        rivals = [c for c in chosen if c.first <= candidate.last and candidate.first <= c.last]
        if not rivals:
            chosen.append(candidate)
            tied[id(candidate)] = {}
        elif _ties(rivals[0], candidate):
            tied[id(rivals[0])][candidate.indicator.name] = candidate.indicator
    mentions = []
    for best in sorted(_without_context(question, words, chosen), key=lambda c: c.first):
        start, end = words[best.first].start, words[best.last].end
        others = tuple(tied[id(best)].values())
        mentions.append(
            IndicatorMention(start, end, question[start:end], best.indicator, others, "name")
        )
    return tuple(mentions)


def _without_context(
    question: str, words: Sequence[_Word], chosen: Sequence[_Candidate]
) -> list[_Candidate]:
    """Those chosen, without a word that only goes on with the phrase beside it.

    In "minor violations exempted from penalty" no number of penalties is asked for.
    """
    kept = []
    for one in chosen:
        beside = [
            question[words[first.last].end : words[second.first].start]
            for other in chosen
            if one.score[0] == 1 and other.score[0] > 1
            for first, second in (sorted((one, other), key=lambda c: c.first),)
        ]
        if not any(_SAME_THING.fullmatch(between) for between in beside):
            kept.append(one)
    return kept


def _rank(candidate: _Candidate) -> tuple[int, ...]:
    """Best first; of equal ones a rate, as mediation success is one, then the earlier entry."""
    words, gaps = candidate.score
    counts = candidate.indicator.unit != "rate"
    exact = int(not candidate.exact)
    return -words, -gaps, candidate.first, exact, int(counts), candidate.order


def _ties(best: _Candidate, other: _Candidate) -> bool:
    one, two = best.indicator, other.indicator
    same = (best.first, best.last, best.score) == (other.first, other.last, other.score)
    return same and one.name != two.name and (not one.family or one.family != two.family)
