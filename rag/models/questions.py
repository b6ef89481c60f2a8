"""What a question is made of: its plan, its conditions and the turns before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag.models.kinds import FactKind, Number, Operator, PlanKind, SectionRole


@dataclass(frozen=True)
class Turn:
    """One earlier question of the conversation."""

    question: str


@dataclass(frozen=True)
class Condition:
    indicator: str
    op: Operator
    value: Number | None = None
    value2: Number | None = None
    unit: str | None = None  # of "mentions": the indicator is reported, or the phrase stands there
    negated: bool = False  # wanted are the reports for which it does not hold: 没有推行…的镇
    named: bool = False  # with negated: not even named, be it as a plan: 没有提到…的镇
    than_place: str | None = None  # value None: compared with what this place reports itself
    than_indicator: str | None = None  # value None: compared with another figure of the report
    than_wider: bool = False  # value None: compared with the county's or city's figure beside it
    # value None: compared with the place's own figure of that year, or of the year before
    than_year: int | Literal["before"] | None = None
    of: FactKind = "achieved"  # the figures it is about: of 定为目标 the targets


@dataclass(frozen=True)
class Share:
    """How many of the reports a yes-or-no question asks about: most is > 50 %."""

    op: Operator
    value: Number
    unit: Literal["%", "份"]


@dataclass(frozen=True)
class Sought:
    """Sentences of one kind that a question is after: why something is so, who does it, or how
    a town was placed in an assessment.
    """

    what: Literal["reason", "person", "placing"]
    of: str  # as a plan's topic: phrases joined by a space, alternatives by a bar


@dataclass(frozen=True)
class Plan:
    """What a question asks: a kind, conditions, and a scope of places and years."""

    kind: PlanKind
    indicators: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    join: Literal["and", "or", "and_not"] = "and"
    order: Literal["desc", "asc"] | None = None
    top: int | None = None
    measure: Literal["sum", "mean", "count"] | None = None  # of an aggregate
    places: tuple[str, ...] = ()  # as understood: 马武镇, 石柱土家族自治县, 重庆市 …
    years: tuple[int, ...] = ()
    roles: tuple[SectionRole, ...] = ()  # of a describe question
    topic: str = ""  # what is left of the question: the phrase that it is about
    unread: tuple[str, ...] = ()  # words beside an indicator that were not understood
    respelled: tuple[tuple[str, str], ...] = ()  # words typed wrong: as typed, as meant
    unknown_places: tuple[str, ...] = ()  # named in the question, not stored
    left_out_places: tuple[str, ...] = ()  # named to be left out: 除了马武镇
    out_of_scope: bool = False
    parts: tuple[Plan, ...] = ()
    town_kinds: tuple[str, ...] = ()  # 街道 or 民族乡, where a question keeps to them
    share: Share | None = None  # of a yes-or-no question: how many reports it must hold of
    by: Literal["province", "city", "county"] | None = None  # whose sums a ranking is of
    standing_of: tuple[str, ...] = ()  # of a ranking: the towns whose place in it is asked
    among: Plan | None = None  # only the reports that match this census: 这些镇里哪个罚款最多
    sought: Sought | None = None
    alternatives: tuple[Plan, ...] = ()  # other things the question may ask, likelier first


@dataclass(frozen=True)
class Scope:
    """Which stored reports a question is about; empty tuples mean all."""

    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
