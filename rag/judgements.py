"""What a census comes to: the state of every report, and a judgement of each where it is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import overload

import numpy as np
from numpy.typing import NDArray

from rag.indicators import Indicator
from rag.models import (
    STATES,
    Census,
    Citation,
    Condition,
    Contradiction,
    Fact,
    Finding,
    LeftOut,
    Number,
    ReportCard,
    State,
)
from rag.reports import Reports

Numbers = NDArray[np.int64]
StateNumbers = NDArray[np.int8]  # of STATES, by position of the report
Placed = Mapping[str, tuple[tuple[str, ...], int | None]]  # section and page, by paragraph


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
class Citable:
    """What the findings of a table may cite, known before they are made."""

    key: Hashable  # the same for the same words, while nothing changes
    words: Callable[[], Iterable[Fact | Span]]
    placed: Placed  # of the paragraphs of reports with pages


@dataclass(frozen=True)
class Grounds:
    """What the text of an answer rests on, where the findings are made later."""

    citations: tuple[Citation, ...]  # those of the text
    findings: tuple[Finding, ...]  # of the reports that they are of
    reports: Reports  # all in scope
    beside: tuple[Fact, ...] = ()  # figures that only the findings may cite


@dataclass(frozen=True)
class CensusTable:
    """Every report in scope with its state; conditions in the order of the judgements.

    The states of all are known at once; a row is made when it is read, for of thousands of
    reports an answer shows some dozens.
    """

    conditions: tuple[Condition, ...]
    reports: Reports
    states: StateNumbers
    judged: Callable[[int], tuple[Judgement, ...]]  # by position; the same each time
    left_out: LeftOut
    names: Mapping[str, Indicator] = field(default_factory=dict)
    disagreeing: tuple[int, ...] = ()  # positions of the reports with figures that disagree
    beside: tuple[Fact, ...] = ()  # figures beside those of the reports shown first
    citable: tuple[Citable, ...] | None = None  # what the findings cite besides, where known

    @property
    def rows(self) -> Rows:
        return Rows(self, np.arange(len(self.reports)))

    @property
    def counts(self) -> Census:
        found = np.bincount(self.states, minlength=len(STATES)).tolist()
        return Census(len(self.reports), **dict(zip(STATES, found, strict=True)))

    def in_state(self, *states: State) -> Rows:
        """The rows of the reports in any of these states, in order."""
        return Rows(self, self.positions(*states))

    def in_disagreement(self, *states: State) -> Rows:
        """Of the rows in any of these states those of reports with figures that disagree."""
        return Rows(self, np.intersect1d(self.disagreeing, self.positions(*states)))

    def positions(self, *states: State) -> Numbers:
        """Which reports are in any of these states."""
        return np.flatnonzero(np.isin(self.states, [STATES.index(state) for state in states]))

    def with_matches(self, report_ids: Collection[str], *, others: State) -> CensusTable:
        """The table with these reports as its matches.

        Args:
            others: the state of those that were matches and are none now.
        """
        states = self.states.copy()
        states[self.positions("match")] = STATES.index(others)
        states[[self.reports.positions[name] for name in report_ids]] = STATES.index("match")
        return replace(self, states=states)

    def row(self, position: int) -> Row:
        state = STATES[self.states[position]]
        return Row(self.reports[position], state, self.judged(position))


class Rows(Sequence[Row]):
    """Some rows of a table in order, each made when it is read."""

    def __init__(self, table: CensusTable, positions: Numbers) -> None:
        self._table = table
        self._positions = positions

    def __len__(self) -> int:
        return len(self._positions)

    def __iter__(self) -> Iterator[Row]:
        return (self._table.row(position) for position in self._positions.tolist())

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> Rows: ...

    def __getitem__(self, index: int | slice) -> Row | Rows:
        if isinstance(index, slice):
            return Rows(self._table, self._positions[index])
        return self._table.row(int(self._positions[index]))
