"""The rate that goes with a count, and the count that goes with a rate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from rag.indicators import Indicator, IndicatorMention, Register

_BARE_MEASURE = re.compile(
    r"(?:satisfaction|completion|response|resolution|closure|success|reply|timeliness)(?: rates?)?|(?:how )?satisfied(?: (?:were|are|was))?(?: the)?(?: residents| people| callers| citizens| masses)?",
    re.IGNORECASE,
)
_OF_ANYTHING = frozenset("案件 行政 执法 数量 次数 人员 工作".split())
_CASES, _LOST_CASES = "行政诉讼案件数", "败诉案件数"
_LOST = re.compile(r"[输败]|\b(?:lose|lost|losing|losses)\b", re.IGNORECASE)
_STAGES = re.compile(r"立案|结案|受理|办结|成功|调成|审结|答复|签订")
_STAGES_EN = (
    (re.compile(r"\b(?:conclud|clos|finish|complet|settl|wound up)\w*", re.IGNORECASE), "结案"),
    (re.compile(r"\b(?:success|succeed)\w*", re.IGNORECASE), "成功"),
    (re.compile(r"\b(?:fil|open)(?:ed|ing)\b", re.IGNORECASE), "立案"),
)


def rate_of(count: Indicator, register: Register) -> Indicator | None:
    """The rate whose numerator or denominator a count is, else one named alike.

    信访件数 has 信访办结率: the first rate of the register that shares its subject.
    """
    rates = [other for other in register.indicators if other.unit == "rate"]
    for position in (0, 1):
        for rate in rates:
            if rate.implied_by[position : position + 1] == (count.name,):
                return rate
    return _named_alike(count, rates)


def count_of(rate: Indicator, register: Register) -> Indicator | None:
    """The number of cases that a rate is a share of."""
    wholes = (rate.needs_case, *reversed(rate.implied_by))
    named = [register.get(name) for name in wholes if name]
    # Of what was taken in and what was dealt with, people ask for what has stages: 纠纷调解数.
    staged = [one for one in named if one.stages]
    if named:
        return (staged or named)[0]
    counts = [other for other in register.indicators if other.unit != "rate"]
    return _named_alike(rate, counts)


def stage_of(count: Indicator, text: str, register: Register) -> Indicator | None:
    """The stage of a count that a text names: of 行政处罚案件 how many are 结案."""
    if count.name == _CASES and _LOST.search(text):
        return register.get(_LOST_CASES)
    asked = {*_STAGES.findall(text), *(word for said, word in _STAGES_EN if said.search(text))}
    groups = [one for one in register.indicators if count.name in (one.name, *one.stages)]
    names = dict.fromkeys(name for group in groups for name in group.stages)
    for name in names:
        if name != count.name and asked & set(_STAGES.findall(name)):
            return register.get(name)
    return None


def is_bare_measure(words: str) -> bool:
    """Whether English words measure without saying what: how satisfied, completion rate."""
    return _BARE_MEASURE.fullmatch(words.strip()) is not None


def named_after(name: str, before: str, register: Register) -> str:
    """The indicator of the subject before that measures the same: 满意率 after 热线工单数."""
    for start in range(len(name) - 2, 1, -1):
        for subject in (before[:2], before[:4]):
            if subject + name[start:] in register and name[:2] != subject[:2]:
                return subject + name[start:]
    return name


def with_shared_subject(
    mentions: Sequence[IndicatorMention], register: Register
) -> tuple[IndicatorMention, ...]:
    """The mentions, an English measure alone being of the first one's subject.

    A completion rate for the hotline but no satisfaction rate: that of the hotline as well.
    """
    if len(mentions) < 2 or not mentions[0].text.isascii():
        return tuple(mentions)
    first, *others = mentions

    def of_first(mention: IndicatorMention) -> IndicatorMention:
        if not is_bare_measure(mention.text):
            return mention
        name = named_after(mention.indicator.name, first.indicator.name, register)
        return replace(mention, indicator=register.get(name))

    return (first, *map(of_first, others))


def _named_alike(one: Indicator, others: list[Indicator]) -> Indicator | None:
    """The first of those that share the most characters at the beginning, two at least."""
    shared = [_shared(one.name, other.name) for other in others]
    most = max(shared, default=0)
    if most >= 2:
        return others[shared.index(most)]
    pairs = {one.name[at : at + 2] for at in range(len(one.name) - 2)} - _OF_ANYTHING
    return next((o for o in others if any(o.name.startswith(pair) for pair in pairs)), None)


def _shared(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
