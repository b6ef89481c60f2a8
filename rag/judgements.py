"""What a census comes to: a judgement of each report for each condition, in one table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.indicators import Indicator
from rag.models import Census, Condition, Contradiction, Fact, LeftOut, Number, ReportCard, State


@dataclass(frozen=True)
class Span:
    """A stretch of a report's stored text that is to be quoted."""

    report_id: str
    paragraph: int
    start: int
    end: int
    section: tuple[str, ...] | None = None  # where known; else it is looked up
    raw: str = ""  # where known; else it is read
    quote: str = ""  # where known; else it is read


@dataclass(frozen=True)
class Judgement:
    """One report's state for one condition, and what it rests on."""

    state: State
    fact: Fact | None = None  # the figure that decides
    others: tuple[Fact, ...] = ()  # further figures to show: disagreeing, or not counted
    beside: tuple[Fact, ...] = ()  # figures of the same sentence that qualify this one
    not_counted: tuple[Fact, ...] = ()  # targets, earlier years' and others' figures for it
    spans: tuple[Span, ...] = ()  # where the subject stands, without a figure
    value: Number | None = None  # computed, for `implied`
    derivation: str | None = None
    contradictions: tuple[Contradiction, ...] = ()  # where its figures disagree with others
    reference: tuple[Fact, ...] = ()  # the figure that this one is compared with rests on these
    reference_card: ReportCard | None = None  # where that is another report's

    @property
    def holds(self) -> bool:
        return self.state == "match"

    @property
    def conflict(self) -> bool:
        return bool(self.contradictions)


@dataclass(frozen=True)
class Row:
    """One report of a census: a judgement for each condition, and the state they make."""

    card: ReportCard
    state: State
    judgements: tuple[Judgement, ...]

    @property
    def first(self) -> Judgement:
        return self.judgements[0]


@dataclass(frozen=True)
class CensusTable:
    """Every report in scope with its state; conditions in the order of the judgements."""

    conditions: tuple[Condition, ...]
    rows: tuple[Row, ...]
    left_out: LeftOut
    names: Mapping[str, Indicator] = field(default_factory=dict)

    @property
    def counts(self) -> Census:
        states = Counter(row.state for row in self.rows)
        return Census(in_scope=len(self.rows), **dict(states))

    def in_state(self, *states: State) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.state in states)
