"""Find the figures that answer a question about something without a canonical indicator."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Protocol

from rag.models import Fact
from rag.words import fold, telling_words, words
from rag.year_parts import is_year_part

_COMMON = frozenset("工作 活动 情况 全年 全镇 共 开展 组织 数量 次数 人数 多少 总".split())


class Words(Protocol):
    """Which paragraphs hold a phrase (the word index)."""

    def containing(
        self, phrase: str, *, report_ids: Collection[str] | None = None
    ) -> tuple[str, ...]: ...


_RATE = re.compile(r"[\u4e00-\u9fff]{2}率$")  # AI执法助手准确率


def paragraphs_on(topic: str, lexical: Words) -> set[str]:
    """The ids of the paragraphs that speak of every phrase of a topic, in any report."""
    found: list[set[str]] = []
    for phrase in topic.split():
        holding: set[str] = set()
        for alternative in phrase.split("|"):
            holding |= set(lexical.containing(alternative))
            parts = [word for word in telling_words(alternative) if word not in _COMMON]
            if parts:
                holding |= set.intersection(*(set(lexical.containing(part)) for part in parts))
        found.append(holding)
    return set.intersection(*found) if found else set()


def find_open_facts(topic: str, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The figures whose sentence speaks of every phrase of the topic, closest labels first.

    The figure's own clause has to speak of one of them.

    Args:
        topic: phrases joined by a space, alternatives within one by |.
    """
    phrases = [phrase.split("|") for phrase in topic.split()]
    if not phrases:
        return ()
    fitting = [
        fact
        for fact in facts
        if all(_speaks(_around(fact, phrase), phrase) for phrase in phrases)
        and any(_is_of(f"{fact.label} {fact.clause}", phrase) for phrase in phrases)
    ]
    return tuple(sorted(fitting, key=lambda fact: -_closeness(fact, phrases)))


def _around(fact: Fact, phrase: Sequence[str]) -> str:
    """Where a phrase may stand: in the sentence; a part of the year beside the figure itself."""
    return f"{fact.label} {fact.clause if is_year_part(phrase[0]) else fact.sentence}"


def _speaks(text: str, alternatives: Sequence[str]) -> bool:
    text = fold(text).lower()
    for alternative in alternatives:
        if alternative.lower() in text:
            return True
        parts = [word for word in telling_words(alternative) if word not in _COMMON]
        if parts and all(part in text for part in parts):
            return True
    return False


def _is_of(clause: str, alternatives: Sequence[str]) -> bool:
    """Whether a figure's own clause speaks of a phrase, or of the rate that it ends with."""
    if _speaks(clause, alternatives):
        return True
    rates = [rate[0] for one in alternatives if (rate := _RATE.search(one))]
    return any(rate in fold(clause) for rate in rates)


def _closeness(fact: Fact, phrases: Sequence[Sequence[str]]) -> float:
    """How much of the label the topic names, 0 to 1; achieved figures before others."""
    label = fold(fact.label).lower()
    named = {i for p in phrases for a in p for w in words(a) for i in _covered(label, w.lower())}
    return len(named) / max(len(label), 1) + (1 if fact.kind == "achieved" else 0)


def _covered(label: str, word: str) -> range:
    at = label.find(word)
    return range(at, at + len(word)) if at >= 0 else range(0)
