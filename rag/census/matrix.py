"""Every report against every indicator: a census for each column at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.census.columns import Columns
from rag.census.disagreeing import with_contradictions
from rag.census.judging import Ledger
from rag.census.mentions import Words
from rag.indicators import Register
from rag.judgements import Judgement
from rag.models import Condition, Plan, ReportCard

_SILENT = Judgement("not_reported")
_UNREADABLE = Judgement("unreadable")


@dataclass(frozen=True)
class Matrix:
    """Reports as rows, indicators as columns; each cell is what a census would judge."""

    cards: tuple[ReportCard, ...]
    indicators: tuple[str, ...]
    columns: Mapping[str, Mapping[str, Judgement]]  # by indicator and report id; silent ones miss

    def cell(self, card: ReportCard, indicator: str) -> Judgement:
        """Of state "match" where the figure is stated; a gap in the state that it is one of."""
        if card.unreadable:
            return _UNREADABLE
        return self.columns[indicator].get(card.id, _SILENT)


def take_matrix(
    indicators: Sequence[str],
    cards: Sequence[ReportCard],
    *,
    ledger: Ledger,
    lexical: Words,
    register: Register,
) -> Matrix:
    """What each of these reports states of each of these canonical indicators.

    Raises:
        KeyError: there is no such indicator.
    """
    judging = Columns(ledger, lexical, register, cards)
    found = ledger.contradictions()
    columns: dict[str, Mapping[str, Judgement]] = {}
    for name in indicators:
        register.get(name)
        plan = Plan("lookup", indicators=(name,))
        column = judging.of(Condition(name, "mentions"), plan)
        columns[name] = {
            report_id: with_contradictions(judgement, found.get(report_id, ()))
            for report_id, judgement in column.items()
        }
    return Matrix(tuple(cards), tuple(indicators), columns)
