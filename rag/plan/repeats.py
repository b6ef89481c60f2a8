"""The earlier question asked anew, with another figure, kind or subject: 达到90%的呢？"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from rag.indicators import Register
from rag.models import Condition, Operator, Plan, PlanKind
from rag.plan.asked_places import full_name
from rag.plan.plan import order_of
from rag.plan.reading import Reading
from rag.plan.siblings import count_of, rate_of, stage_of
from rag.plan.wanted import Join

_COUNT = re.compile(
    r"(?:多少|(?<!哪)几)[个家份](?:[镇乡报]\w*)?[??。]?$|\bhow many\b", re.IGNORECASE
)
_AS_RATE = re.compile(
    r"(?:换成|按|看)?(?:比率|比例|百分比|率)(?:呢|来看)?[??。]?$|\bas a (?:rate|share|percentage)\b|"
    r"百分之(?:几|多少)|\b(?:how many|what) per ?cent(?:age)?\b|\bwhat (?:share|proportion)\b",
    re.IGNORECASE,
)
_AS_COUNT = re.compile(
    r"件数|(?:换成|按|看)(?:数量|次数|数)|数量呢|多少[件起宗次][??。]?$|"
    r"\b(?:in (?:absolute )?numbers|the (?:actual )?(?:number|count)|how many cases)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"^(?:那么?)?(?:没有?|未)(?!\d)|^(?:and )?(?:which|who|what about those that|those that)? ?"
    r"\b(?:don't|do not|doesn't|didn't|did not|not)\b",
    re.IGNORECASE,
)
_AFFIRMED = re.compile(
    r"^(?:那么?|那)?(?:有|是)?(?:[^没未无不]{1,4}了|有|发生过?|[^没未无不]{1,4}过)的|"
    r"^(?:and )?(?:which|who|what about those that|those that)? ?\b(?:did|do|does|have|has|had)\b(?! not|n't)",
    re.IGNORECASE,
)
_OPPOSITE: dict[Operator, Operator] = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
_BESIDE = re.compile(r"比|差多少|相差|\bcompared?\b|\bthan\b|\bversus\b|\bvs\b", re.IGNORECASE)
_NTH = re.compile(
    r"第([二三四五六七八九十])(?:名|位|高|多|低|少|个)|\b(second|third|fourth|fifth)\b", re.I
)
_NTH_WORDS = {word: number for number, word in enumerate("二三四五六七八九十", 2)} | {
    word: number for number, word in enumerate(("second", "third", "fourth", "fifth"), 2)
}


def speaks_of_unit(text: str) -> bool:
    """Whether a question asks for a count in place of a rate, or the other way round."""
    return bool(_AS_RATE.search(text) or _AS_COUNT.search(text))


def in_other_unit(before: Plan, reading: Reading, register: Register) -> Plan | None:
    """The earlier question of the count behind its rate, or of the rate over its count."""
    if len(before.indicators) != 1 or reading.mentions:
        return None
    asked = register.get(before.indicators[0])
    other = stage_of(asked, reading.masked, register)
    if other is None and asked.unit == "rate" and _AS_COUNT.search(reading.text):
        other = count_of(asked, register)
    elif asked.unit != "rate" and _AS_RATE.search(reading.text):
        other = rate_of(asked, register)
    if other is None:
        return None
    kind: PlanKind = "lookup" if before.kind in ("census", "yes_no") else before.kind
    conditions = (Condition(other.name, "mentions"),) if kind in ("lookup", "compare") else ()
    return replace(before, kind=kind, indicators=(other.name,), conditions=conditions, topic="")


def with_subject(before: Plan, reading: Reading, register: Register) -> Plan | None:
    """The earlier question about what this one names: 综合查一次呢？ What about fines?"""
    names = tuple(dict.fromkeys(mention.indicator.name for mention in reading.named))
    topic = " ".join(topic.text for topic in reading.topics)
    valued = before.conditions[0] if len(before.conditions) == 1 else None
    if names and before.indicators:
        one, other = register.get(names[0]), register.get(before.indicators[0])
        if valued is not None and valued.value is not None and one.unit == other.unit:
            changed = replace(valued, indicator=names[0])
            return replace(before, indicators=names[:1], conditions=(changed,), topic="")
        kind: PlanKind = "lookup" if before.kind in ("census", "yes_no") else before.kind
        stated = tuple(Condition(name, "mentions") for name in names)
        stated = stated if kind in ("lookup", "compare") else ()
        return replace(before, kind=kind, indicators=names, conditions=stated, topic="")
    if topic and valued is not None and valued.value is None and not before.indicators:
        changed = replace(valued, indicator=topic)
        return replace(before, conditions=(changed,), topic=topic)
    if topic and before.kind == "describe":
        return replace(before, topic=topic)
    return None


def asked_again(plan: Plan, before: Plan, reading: Reading, among: Plan | None) -> Plan:
    """The earlier question with the figure, order or kind that this one names."""
    if reading.compared and len(before.indicators) == 1 and reading.says("yes_no"):
        place, op = reading.compared
        than = Condition(before.indicators[0], op, than_place=full_name(place))
        return replace(before, kind="yes_no", conditions=(than,), order=None, top=None)
    kind = _kind(plan, before, reading)
    conditions: tuple[Condition, ...] = ()
    if kind in ("census", "yes_no") or (kind == "aggregate" and _COUNT.search(reading.text)):
        conditions = _asked_anew(before, reading)
    elif kind in ("lookup", "compare"):
        conditions = tuple(Condition(name, "mentions") for name in before.indicators)
    counts = kind == "aggregate" and bool(conditions)
    ranked = kind == "rank"
    return replace(
        before,
        kind=kind,
        conditions=conditions,
        join=_join(before, conditions),
        order=order_of(reading.masked) if ranked and reading.says("rank") else _order(before, kind),
        top=(_nth(reading.text) or plan.top) if ranked else None,
        measure="count" if counts else (plan.measure or "sum") if kind == "aggregate" else None,
        among=among if ranked or kind == "aggregate" else before.among,
    )


def _join(before: Plan, conditions: Sequence[Condition]) -> Join:
    """How conditions are joined: none that is denied, where what was denied is asked for now."""
    if before.join == "and_not" and not any(condition.negated for condition in conditions):
        return "and"
    return before.join


def _order(before: Plan, kind: PlanKind) -> Literal["asc", "desc"] | None:
    return (before.order or "desc") if kind == "rank" else None


def _kind(plan: Plan, before: Plan, reading: Reading) -> PlanKind:
    names = bool(before.indicators)
    if _COUNT.search(reading.text) and before.conditions:
        return "aggregate"
    if names and (reading.says("rank") or _NTH.search(reading.text)):
        return "rank"
    if names and (plan.kind == "aggregate" or reading.says("aggregate")):
        return "aggregate"
    if names and _BESIDE.search(reading.text) and not reading.amounts:
        return "compare" if plan.places else "trend"
    if names and reading.amounts and before.kind not in ("census", "yes_no"):
        if reading.says("census") or reading.says("set") or not reading.says("yes_no"):
            return "census"
        return "yes_no"
    one_town = len(plan.places) == 1 and _is_town(reading)
    if before.kind in ("rank", "compare", "aggregate", "census", "trend") and one_town and names:
        return "trend" if before.kind == "trend" else "lookup"
    return before.kind


def _is_town(reading: Reading) -> bool:
    return all(mention.level == "town" for mention in reading.places if mention.places)


def _asked_anew(before: Plan, reading: Reading) -> tuple[Condition, ...]:
    """The earlier conditions with the figure that this question names: 达到90%的呢？"""
    stated = before.conditions or tuple(Condition(n, "mentions") for n in before.indicators)
    if len(stated) != 1:
        return before.conditions
    condition = stated[0]
    if reading.amounts:
        asked = reading.amounts[0]
        unit = asked.unit or condition.unit
        changed = replace(condition, op=asked.op, value=asked.value, value2=asked.value2, unit=unit)
        return (changed,)
    if _DENIED.search(reading.text) and condition.op in _OPPOSITE:
        return (replace(condition, op=_OPPOSITE[condition.op]),)
    if _AFFIRMED.search(reading.text) and (condition.negated or condition.op == "no_case"):
        op: Operator = ">" if condition.op == "no_case" else condition.op
        value = 0 if condition.op == "no_case" else condition.value
        return (replace(condition, op=op, value=value, negated=False, named=False),)
    if _DENIED.search(reading.text) and condition.value is None:
        return (replace(condition, negated=not condition.negated, named=True),)
    return before.conditions


def _nth(text: str) -> int | None:
    match = _NTH.search(text)
    return _NTH_WORDS[(match[1] or match[2]).lower()] if match else None
