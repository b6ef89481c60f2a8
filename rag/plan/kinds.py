"""What kind of answer a question wants, and under which conditions: its Plan."""

from __future__ import annotations

import re
from typing import Literal

from rag.models import Condition, Operator, Plan, PlanKind
from rag.plan.conditions import asks_no_case, read_join
from rag.plan.reading import Reading
from rag.words import has_noun

_TOP = re.compile(
    r"最.的(?=(\d+|[一二两三四五六七八九十])(?:个|家|份|名|位|篇))|前\s*(\d+|[一二两三四五六七八九十])|\b(?:top|bottom|first|last)\s+(\d+|two|three|four|five|ten)\b",
    re.I,
)
_TOP_WORDS = {w: n for n, w in enumerate("一二三四五六七八九十", 1)} | {
    "两": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "ten": 10,
}
_ASCENDING = re.compile(
    r"最(?:低|少|小|差)|倒数|垫底|\b(?:lowest|fewest|smallest|(?<!at )least|worst|bottom)\b",
    re.IGNORECASE,
)
_MEAN = re.compile(r"平均|均值|\b(?:average|mean)\b", re.IGNORECASE)


def plan_of(reading: Reading) -> Plan:
    if reading.cues.personal.search(reading.text):
        return Plan(kind="describe", out_of_scope=True)
    kind = _kind(reading)
    indicators = tuple(dict.fromkeys(m.indicator.name for m in reading.mentions))
    topic = " ".join(reading.topics)
    if not indicators and not topic and reading.roles and kind in ("census", "lookup", "yes_no"):
        kind = "describe"
    return Plan(
        kind=kind,
        indicators=indicators,
        conditions=_conditions(reading, kind),
        join=read_join(reading.masked, reading.language),  # type: ignore[arg-type]
        order=order_of(reading.masked) if kind == "rank" else None,
        top=_top(reading.masked) if kind == "rank" else None,
        measure=_measure(reading) if kind == "aggregate" else None,
        places=reading.stored_places,
        years=reading.years,
        roles=reading.roles if kind in ("describe", "census", "yes_no") else (),
        topic=topic,
        out_of_scope=_outside(reading, indicators),
        unknown_places=_unknown(reading),
        left_out_places=tuple(m.name for m in reading.places if reading.leaves_out(m)),
    )


def _kind(reading: Reading) -> PlanKind:
    asked = bool(reading.mentions)
    named = any(len(topic) >= 4 and has_noun(topic) for topic in reading.topics)
    if reading.says("corpus") and not asked and not named:
        return "corpus"
    if asked and reading.says("rank"):
        return "rank"
    if asked and reading.says("trend"):
        return "trend"
    summed = asked and reading.says("aggregate") and not reading.conditions
    if reading.says("count") and not summed:
        return "aggregate"
    if summed and not reading.one_report:
        return "aggregate"
    several = len({place for mention in reading.places for place in mention.places}) >= 2
    if asked and several and reading.says("compare"):
        return "compare"
    if reading.cues.why.search(reading.masked) and reading.conditions:
        return "yes_no"
    if reading.says("yes_no") and not reading.says("census"):
        return "yes_no"
    if asked and reading.says("census"):
        return "census"
    if reading.roles and not asked:
        return "describe"
    if reading.says("census"):
        return "census"
    if reading.says("yes_no"):
        return "yes_no"
    if asked and reading.conditions and not reading.stored_places:
        return "census"
    if asked:
        return "lookup"
    if reading.cues.ask_value.search(reading.masked):
        return "lookup"
    return "describe"


def _conditions(reading: Reading, kind: PlanKind) -> tuple[Condition, ...]:
    """What has to hold of a report: values, values stated at all, and topics it speaks of."""
    if kind in ("describe", "corpus", "rank", "trend"):
        return ()
    if kind == "aggregate" and _measure(reading) != "count":
        return ()
    valued = {condition.indicator: condition for condition in reading.conditions}
    found: list[tuple[int, Condition]] = []
    families = {m.indicator.family for m in reading.mentions if m.indicator.name in valued}
    for mention in reading.mentions:
        name = mention.indicator.name
        if name not in valued and mention.indicator.family in families - {None}:
            continue  # said twice: leaders in court, and their appearance rate with its figure
        found.append((mention.start, valued.get(name, Condition(name, "mentions"))))
    if kind in ("lookup", "compare"):
        return tuple(dict.fromkeys(condition for _, condition in found))
    none = asks_no_case(reading.masked, reading.language) and not reading.conditions
    op: Operator = "no_case" if none else "mentions"
    if reading.amounts and not reading.mentions and len(reading.topics) == 1 and op == "mentions":
        asked = reading.amounts[0]  # a figure of something that has no indicator
        return (Condition(reading.topics[0], asked.op, asked.value, asked.value2, asked.unit),)
    for topic in reading.topics:
        at = reading.masked.find(topic.split()[0].split("|")[0])
        found.append((at if at >= 0 else len(reading.masked), Condition(topic, op)))
    return tuple(
        dict.fromkeys(condition for _, condition in sorted(found, key=lambda item: item[0]))
    )


def _unknown(reading: Reading) -> tuple[str, ...]:
    """Places no stored report is from; in English any other name beside an indicator."""
    named = tuple(m.text for m in reading.places if not m.places)
    if reading.language == "zh" or not reading.mentions:
        return named
    words = (word for topic in reading.topics for word in topic.split())
    return (
        *named,
        *(w for w in words if re.fullmatch(r"[A-Z][a-z]+", w) and w in reading.text[1:]),
    )


def _outside(reading: Reading, indicators: tuple[str, ...]) -> bool:
    """Whether nothing in a question speaks of towns, reports or their subjects.

    A topic that the reports hold still brings it back in.
    """
    if indicators or reading.roles or reading.says("corpus"):
        return False
    if any(mention.level in ("town", "county") for mention in reading.places):
        return False
    return not (reading.says("census") or reading.cues.domain.search(reading.text))


def _measure(reading: Reading) -> Literal["sum", "mean", "count"]:
    if reading.says("count") and not reading.says("aggregate"):
        return "count"
    return "mean" if _MEAN.search(reading.masked) else "sum"


def _top(text: str) -> int | None:
    match = _TOP.search(text)
    if match is None:
        return None
    word = next(group for group in match.groups() if group).lower()
    return int(word) if word.isdigit() else _TOP_WORDS[word]


def order_of(text: str) -> Literal["asc", "desc"]:
    """Whether a ranking begins with the lowest."""
    return "asc" if _ASCENDING.search(text) else "desc"
