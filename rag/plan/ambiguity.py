"""Words that several indicators share: which of them a question may mean."""

from __future__ import annotations

from dataclasses import replace

from rag.indicators import IndicatorMention, Register
from rag.models import Condition, Plan

_OFTEN_ASKED = ("行政诉讼应诉率", "纠纷调解成功率", "法律顾问覆盖率", "信访办结率")
_ALL_AT_ONCE = ("lookup", "yes_no")


def umbrella(mention: IndicatorMention, register: Register) -> tuple[str, ...]:
    """The indicators whose names all end in what a question says: 考试合格率 of two exams."""
    if mention.text in register or mention.text == mention.indicator.name:
        return ()
    ends = [one.name for one in register.indicators if one.name.endswith(mention.text)]
    return tuple(ends) if len(ends) >= 2 and len(mention.text) >= 4 else ()


def with_readings(
    plan: Plan, mentions: tuple[IndicatorMention, ...], register: Register, *, bare_rate: bool
) -> Plan:
    """The plan for everything an umbrella word covers, or with its other readings offered.

    A question after a value is answered for every indicator that its words may mean; one that
    compares or ranks for the likelier, and the others are its alternatives.
    """
    if bare_rate and not plan.indicators and not plan.topic:
        return replace(plan, alternatives=tuple(_asking(plan, name) for name in _OFTEN_ASKED))
    if len(mentions) != 1 or plan.parts:
        return plan
    mention = mentions[0]
    shared = umbrella(mention, register)
    if shared and plan.kind in (*_ALL_AT_ONCE, "census"):
        return _over(plan, shared)
    tied = tuple(other.name for other in mention.tied if other.unit == mention.indicator.unit)
    if not tied or mention.indicator.name not in plan.indicators:
        return plan
    if plan.kind in _ALL_AT_ONCE:
        return _over(plan, (mention.indicator.name, *tied))
    return replace(plan, alternatives=tuple(_instead(plan, name) for name in tied))


def _over(plan: Plan, names: tuple[str, ...]) -> Plan:
    conditions = tuple(
        replace(condition, indicator=name) for name in names for condition in plan.conditions
    )
    return replace(plan, indicators=names, conditions=conditions, join="or")


def _instead(plan: Plan, name: str) -> Plan:
    old = plan.indicators[0]
    conditions = tuple(
        replace(condition, indicator=name) if condition.indicator == old else condition
        for condition in plan.conditions
    )
    return replace(plan, indicators=(name,), conditions=conditions)


def _asking(plan: Plan, name: str) -> Plan:
    return replace(plan, indicators=(name,), conditions=(Condition(name, "mentions"),))
