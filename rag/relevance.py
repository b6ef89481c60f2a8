"""Decide what of the stored words bears on a question that names no canonical indicator."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from rag.models import Fact
from rag.words import fold, words

_ENOUGH = 0.5  # share of a topic's characters that has to stand in the reports

Holding = Callable[[str], Collection[str]]


def stored_topic(topic: str, holding: Holding) -> str:
    """The phrases of a topic that the reports in scope hold; empty where too little is left.

    Args:
        holding: the paragraphs in scope that hold a phrase.
    """
    phrases = topic.split()
    kept = [phrase for phrase in phrases if _is_stored(phrase, holding)]
    length = sum(len(phrase.split("|")[0]) for phrase in kept)
    whole = sum(len(phrase.split("|")[0]) for phrase in phrases)
    return " ".join(kept) if whole and length / whole >= _ENOUGH else ""


def _is_stored(phrase: str, holding: Holding) -> bool:
    for alternative in phrase.split("|"):
        if holding(alternative):
            return True
        parts = [word for word in words(alternative) if len(word) >= 2]
        if parts and set.intersection(*(set(holding(part)) for part in parts)):
            return True
    return False


def nearest_facts(subjects: Sequence[str], facts: Sequence[Fact], *, most: int) -> tuple[Fact, ...]:
    """The figures whose labels share most with what was asked, best first.

    Labels are compared by pairs of characters; one pair in common is the least.
    """
    asked = {pair for subject in subjects for pair in _pairs(fold(subject))}
    scored = [(_shared(asked, fact), fact) for fact in facts if fact.kind == "achieved"]
    best: dict[str, tuple[int, Fact]] = {}
    for score, fact in scored:
        if score and (fact.label not in best or best[fact.label][0] < score):
            best[fact.label] = (score, fact)
    ordered = sorted(best.values(), key=lambda item: -item[0])
    return tuple(fact for _, fact in ordered[:most])


def _shared(asked: set[str], fact: Fact) -> int:
    return len(asked & _pairs(fold(f"{fact.label} {fact.indicator or ''}")))


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1) if not text[i : i + 2].isascii()}
