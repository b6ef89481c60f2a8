"""The state of one report for one condition, by the counting rules of the design."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rag.census.computed import implied, is_count
from rag.indicators import Indicator
from rag.judgements import Judgement
from rag.models import Condition, Fact, Number, State

_MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}


def holds(condition: Condition, fact: Fact) -> bool:
    """Whether a figure satisfies a condition, by counting rule 2.

    `at_least` satisfies >= and > at or under its bound, never ==, < or <=; `about`
    never satisfies ==; `less_than` x satisfies < and <= x.
    """
    if condition.op in ("mentions", "no_case"):
        return condition.op == "mentions" or fact.value == 0
    if condition.value is None:
        return False
    asked = to_unit(condition.value, condition.unit, fact.unit)
    asked2 = (
        to_unit(condition.value2, condition.unit, fact.unit)
        if condition.value2 is not None
        else None
    )
    if fact.value is None:
        return _range_holds(condition, fact, asked, asked2)
    if fact.qualifier == "at_least":
        return condition.op in (">=", ">") and asked <= fact.value
    if fact.qualifier == "less_than":
        return condition.op in ("<", "<=") and fact.value <= asked
    return _compares(condition.op, fact.value, asked, asked2, exact=fact.qualifier == "exact")


def _range_holds(condition: Condition, fact: Fact, asked: float, asked2: float | None) -> bool:
    low, high = fact.low or 0, fact.high or 0
    if condition.op == "between" and asked2 is not None:
        return asked <= low and high <= asked2
    ends = [_compares(condition.op, end, asked, asked2, exact=False) for end in (low, high)]
    return all(ends)


def _compares(op: str, value: Number, asked: float, asked2: float | None, *, exact: bool) -> bool:
    if op == "==":
        return exact and value == asked
    if op == "between":
        return asked2 is not None and asked <= value <= asked2
    outcomes = {">=": value >= asked, ">": value > asked, "<=": value <= asked, "<": value < asked}
    return outcomes.get(op, False)


def to_unit(value: Number, unit: str | None, wanted: str) -> float:
    """A value of money in another unit of money; any other value unchanged.

    >>> to_unit(20, "万元", "元")
    200000.0
    """
    if unit in _MONEY and wanted in _MONEY:
        return value * _MONEY[unit] / _MONEY[wanted]
    return float(value)


def judge(
    condition: Condition,
    indicator: Indicator,
    family: Sequence[Indicator],
    facts: Sequence[Fact],
    *,
    by_name: dict[str, Indicator],
) -> Judgement | None:
    """The judgement that a report's figures allow; None where they say nothing.

    Args:
        family: the indicators that answer this one's questions, itself first.
        facts: the report's figures of the family, and of what implies or needs it.
        by_name: every indicator of the register.
    """
    names = [member.name for member in family]
    related = [fact for fact in facts if fact.indicator in names]
    own = [fact for fact in related if fact.kind == condition.of and fact.actor is None]
    if condition.op == "no_case":
        return _no_case(indicator, own, facts, by_name)
    if condition.of != "achieved":
        aimed = _stated(condition, indicator, own, facts)
        return aimed or (Judgement("mentioned", others=tuple(related)) if related else None)
    for named, counted in _stages(indicator, own, facts, by_name):
        judgement = _stated(condition, named, counted, facts)
        if judgement is not None:
            return judgement
    return _unstated(indicator, family, facts, related)


def deciding(
    indicator: Indicator,
    family: Sequence[Indicator],
    facts: Sequence[Fact],
    *,
    by_name: Mapping[str, Indicator],
) -> tuple[Fact, ...] | State | None:
    """What decides any condition on the value of an indicator, as `judge` would.

    The figures of which one has to satisfy it for a match; or, where none is stated, the
    state that the report is in whatever the value; None where its figures say nothing.
    """
    names = [member.name for member in family]
    related = [fact for fact in facts if fact.indicator in names]
    own = [fact for fact in related if fact.kind == "achieved" and fact.actor is None]
    for named, counted in _stages(indicator, own, facts, by_name):
        stated, _ = _stating(named, counted)
        if stated:
            return tuple(_decisive(stated))
    rest = _unstated(indicator, family, facts, related)
    return rest.state if rest else None


def _stages(
    indicator: Indicator,
    own: Sequence[Fact],
    facts: Sequence[Fact],
    by_name: Mapping[str, Indicator],
) -> Iterator[tuple[Indicator, Sequence[Fact]]]:
    """The indicator with its figures, then what a report may say of one stage only.

    Of penalty cases: how many it opened or closed.
    """
    yield indicator, own
    for name in indicator.stages:
        counted = [f for f in facts if f.indicator == name and f.kind == "achieved" and not f.actor]
        yield by_name[name], counted


def _unstated(
    indicator: Indicator,
    family: Sequence[Indicator],
    facts: Sequence[Fact],
    related: Sequence[Fact],
) -> Judgement | None:
    """What the figures say where none states the indicator: computed, no case, or mentioned."""
    for member in family:
        derived = implied(member, facts)
        if derived is not None:
            return derived
    none = _case_fact(indicator, facts)
    if none is not None:
        return Judgement("no_case", fact=none)
    return Judgement("mentioned", others=tuple(related)) if related else None


def _stated(
    condition: Condition,
    indicator: Indicator,
    own: Sequence[Fact],
    facts: Sequence[Fact],
) -> Judgement | None:
    stated, whole = _stating(indicator, own)
    if not stated:
        return None
    fitting = [one for one in _decisive(stated) if holds(condition, one)]
    fact = (fitting or stated)[0]
    return Judgement(
        "match" if fitting else "other_value",
        fact=fact,
        others=tuple(other for other in whole if other is not fact),
        not_counted=tuple(f for f in facts if f.indicator == fact.indicator and f not in own),
    )


def _stating(indicator: Indicator, own: Sequence[Fact]) -> tuple[list[Fact], list[Fact]]:
    """The figures that state an indicator, the main one first; and all that are no parts."""
    whole = [f for f in own if f.whole is None or not _whole_is_same(f, own)]
    exact = [f for f in whole if f.indicator == indicator.name]
    return _main_first(exact or whole), whole


def _decisive(stated: Sequence[Fact]) -> Sequence[Fact]:
    """Of rates any may decide, of counts the main one."""
    return stated if stated[0].unit == "%" else stated[:1]


def _main_first(stated: Sequence[Fact]) -> list[Fact]:
    """The figures of one indicator, what a report gives for all of it first.

    Of counts, exact ones before bounds and the largest before what may be parts of it.
    """

    def order(fact: Fact) -> tuple[int, float]:
        if fact.unit == "%" or fact.value is None:
            return 0, 0.0
        return int(fact.qualifier != "exact"), -to_unit(fact.value, fact.unit, "元")

    return sorted(stated, key=order)


def _whole_is_same(fact: Fact, own: Sequence[Fact]) -> bool:
    return any(other.value_start == fact.whole for other in own)


def _case_fact(indicator: Indicator, facts: Sequence[Fact]) -> Fact | None:
    """The statement that none of what a rate is a share of arose, which leaves it undefined."""
    for fact in facts:
        needed = indicator.needs_case and fact.indicator == indicator.needs_case
        if needed and fact.value == 0 and fact.kind == "achieved":
            return fact
    wholes = indicator.implied_by[1:]
    none = [fact for fact in facts if fact.indicator in wholes and is_count(fact, wholes[0])]
    return next((fact for fact in none if fact.value == 0), None)


def _no_case(
    indicator: Indicator,
    own: Sequence[Fact],
    facts: Sequence[Fact],
    by_name: dict[str, Indicator],
) -> Judgement | None:
    if indicator.unit != "rate" and own:  # a count of cases has its own zero
        zero = [fact for fact in own if fact.value == 0]
        return Judgement("match" if zero else "other_value", fact=(*zero, *own)[0])
    cases = by_name.get(indicator.needs_case or "", indicator)
    counted = [
        fact
        for fact in facts
        if fact.indicator == cases.name and fact.kind == "achieved" and fact.actor is None
    ]
    zero = [fact for fact in counted if fact.value == 0]
    if zero:
        return Judgement("match", fact=zero[0])
    if indicator.unit != "rate" and cases is not indicator:
        return None  # that cases arose says nothing of how many were lost
    staged = [
        f for f in facts if f.indicator in indicator.stages and f.kind == "achieved" and f.value
    ]
    if counted or own or staged:
        return Judgement("other_value", fact=(*counted, *own, *staged)[0])
    return None
