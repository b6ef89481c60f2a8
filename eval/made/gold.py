"""What is known of a made report, and whether a condition holds for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rag.models import Number, Place, State

Way = Literal["stated", "counted", "target", "previous", "other", "none"]
Practised = Literal["done", "planned"]


@dataclass(frozen=True)
class MadeFact:
    """A figure that was put into a report."""

    indicator: str
    value: Number
    unit: str
    at_least: bool
    way: Way
    sentence: str  # as put in, before the layout was damaged


@dataclass(frozen=True)
class MadeGold:
    """What is known of one made report; what is not in it was not put in."""

    source: str
    place: Place
    year: int
    facts: tuple[MadeFact, ...]
    no_case: frozenset[str]  # indicators of the counts of which it says that none arose
    counted: frozenset[str]  # indicators of the rates that its counts imply
    practices: Mapping[str, Practised] = field(default_factory=dict)
    title: str = ""
    headings: tuple[str, ...] = ()  # as printed, numbers in front included


def holds(fact: MadeFact, op: str, value: Number) -> bool:
    """Whether a stated figure meets the condition, by the counting rules of the design.

    "More than 98%" meets >= and > at or under 98, and never ==, < or <=.

    >>> fact = MadeFact("热线办结率", 98, "%", True, "stated", "98%以上")
    >>> holds(fact, ">=", 98), holds(fact, ">=", 99), holds(fact, "<", 100)
    (True, False, False)
    """
    if fact.at_least:
        return op in (">=", ">") and fact.value >= value
    return {
        "==": fact.value == value,
        ">=": fact.value >= value,
        ">": fact.value > value,
        "<": fact.value < value,
        "<=": fact.value <= value,
    }[op]


def state_of(gold: MadeGold, indicators: Sequence[str], op: str, value: Number) -> State | None:
    """The state of the report for "indicator op value"; None where the gold does not settle it.

    Args:
        indicators: the indicator, and the count whose absence makes it a case that never arose.
    """
    named = [fact for fact in gold.facts if fact.indicator == indicators[0]]
    stated = [fact for fact in named if fact.way == "stated"]
    if stated:
        return "match" if any(holds(fact, op, value) for fact in stated) else "other_value"
    if indicators[0] in gold.no_case:  # a count of none is 0
        return "match" if op in ("<", "<=") else "other_value"
    if indicators[0] in gold.counted:
        return "implied"
    if gold.no_case & set(indicators):
        return "no_case"
    return "mentioned" if named else None
