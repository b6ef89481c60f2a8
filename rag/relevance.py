"""Decide what of the stored words bears on a question that names no canonical indicator."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from rag.models import Fact
from rag.words import fold, telling_words

_COMMON = frozenset(
    "行政 执法 法律 法治 政府 工作 案件 情况 数量 件数 次数 人数 镇镇 办理 活动 开展".split()
)

Holding = Callable[[str], Collection[str]]


def is_stored(topic: str, holding: Holding) -> bool:
    """Whether the reports in scope hold every phrase of a topic, or all words of each.

    Args:
        topic: phrases joined by a space, alternatives within one by |.
        holding: the paragraphs in scope that hold a phrase.
    """
    return all(
        any(_holds(alternative, holding) for alternative in phrase.split("|"))
        for phrase in topic.split()
    )


def _holds(phrase: str, holding: Holding) -> bool:
    if holding(phrase):
        return True
    parts = telling_words(phrase)
    return bool(parts) and bool(set.intersection(*(set(holding(part)) for part in parts)))


def nearest_facts(subjects: Sequence[str], facts: Sequence[Fact], *, most: int) -> tuple[Fact, ...]:
    """The figures whose labels share most with what was asked, best first.

    Labels are compared by pairs of characters; pairs that most labels have count nothing.
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
    pairs = {text[i : i + 2] for i in range(len(text) - 1) if not text[i : i + 2].isascii()}
    return pairs - _COMMON
