"""How every report stands to an indicator, found out once for whatever is asked of its value.

Of thousands of reports most state one of a few figures, so that a condition is held against
each different figure once, and which report states which is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from rag.census.citing import placed, with_quotes
from rag.census.indicator_columns import IndicatorColumns
from rag.census.judge import deciding, holds, judge
from rag.census.outcome import SILENT, state_numbers
from rag.indicators import Indicator
from rag.judgements import Citable, Judgement, Numbers, Placed, Span
from rag.models import STATES, Condition, Fact, ReportCard, State
from rag.reports import Reports

Case = tuple[Fact, ...] | State  # figures of which one has to satisfy a condition, or a state
_ON_FIGURES = tuple(STATES.index(state) for state in ("match", "other_value", "no_case"))


@dataclass(frozen=True)
class Standing:
    """What decides a condition on an indicator, in every report of a generation."""

    case_of: NDArray[np.int32]  # by number of the report
    cases: tuple[Case, ...]
    spans: Mapping[str, Span]  # by report without figures for it: where it speaks of the subject
    placed: Placed

    def states(self, condition: Condition) -> NDArray[np.int8]:
        """The state of each report, by its number."""
        return state_numbers([_state(case, condition) for case in self.cases])[self.case_of]


def _state(case: Case, condition: Condition) -> State:
    if isinstance(case, str):
        return case
    return "match" if any(holds(condition, fact) for fact in case) else "other_value"


def take_standing(condition: Condition, reports: Reports, columns: IndicatorColumns) -> Standing:
    """The standing of all reports for conditions such as this one, which differ in value alone.

    Args:
        columns: judges these reports.
    """
    indicator = columns.names[condition.indicator]
    family = columns.register.family_of(indicator.name)
    facts = columns.facts_on(indicator, family)
    cases: dict[object, int] = {}
    kept: list[Case] = []
    case_of = np.zeros(len(reports), dtype=np.int32)
    found = [_case(condition, card, facts.get(card.id, []), columns) for card in reports]
    silent = [card.id for card, case in zip(reports, found, strict=True) if case is None]
    spans = columns.subject_spans(indicator, silent)
    read = with_quotes(spans.values(), columns.ledger)
    spans = {report_id: read.get(span, span) for report_id, span in spans.items()}
    for number, (card, case) in enumerate(zip(reports, found, strict=True)):
        told = case or ("mentioned" if card.id in spans else "not_reported")
        key = told if isinstance(told, str) else tuple(map(_asked_of, told))
        if key not in cases:
            cases[key] = len(kept)
            kept.append(told)
        case_of[number] = cases[key]
    words: Iterable[Fact | Span] = chain(*facts.values(), spans.values())
    return Standing(case_of, tuple(kept), spans, placed(words, reports, columns.ledger))


def _case(
    condition: Condition, card: ReportCard, facts: list[Fact], columns: IndicatorColumns
) -> Case | None:
    if card.unreadable:
        return "unreadable"
    if not facts:
        return None
    indicator = columns.names[condition.indicator]
    family = columns.register.family_of(indicator.name)
    if condition.op != "no_case":
        return deciding(indicator, family, facts, by_name=columns.names)
    judgement = judge(condition, indicator, family, facts, by_name=columns.names)
    return judgement.state if judgement else None


def _asked_of(fact: Fact) -> tuple[object, ...]:
    """All that a condition looks at in a figure (`holds`)."""
    return fact.value, fact.low, fact.high, fact.unit, fact.qualifier


class Stood:
    """The outcome of a condition by a standing; a report is judged when it is read."""

    def __init__(
        self,
        condition: Condition,
        standing: Standing,
        reports: Reports,
        numbers: Numbers,
        columns: IndicatorColumns,
    ) -> None:
        self.states = standing.states(condition)[numbers]
        self.figured = np.isin(self.states, _ON_FIGURES)
        self.worded = np.zeros(len(reports), dtype=np.bool_)
        self._condition = condition
        self._spans = standing.spans
        self._reports = reports
        self._indicator: Indicator = columns.names[condition.indicator]
        self._family = columns.register.family_of(self._indicator.name)
        self._by_name = columns.names
        self._facts = columns.by_indicator_facts(self._indicator, self._family)
        if standing.spans:
            mentioned = self.states == STATES.index("mentioned")
            spoken = [self._reports[n].id in standing.spans for n in np.flatnonzero(mentioned)]
            self.worded[mentioned] = spoken
        key = ("standing", condition.indicator, condition.op == "no_case")
        self.citable: Citable | None = Citable(key, self._words, standing.placed)

    def _words(self) -> Iterator[Fact | Span]:
        for found in self._facts:
            yield from chain.from_iterable(found.values())
        yield from self._spans.values()

    def judgement(self, position: int) -> Judgement:
        report_id = self._reports[position].id
        facts = [fact for found in self._facts for fact in found.get(report_id, ())]
        facts.sort(key=lambda fact: (fact.start, fact.value_start))
        judgement = (
            judge(self._condition, self._indicator, self._family, facts, by_name=self._by_name)
            if facts
            else None
        )
        if judgement is None and report_id in self._spans:
            return Judgement("mentioned", spans=(self._spans[report_id],))
        return judgement or SILENT
