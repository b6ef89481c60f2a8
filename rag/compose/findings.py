"""Turn the rows of a census into the findings of an answer."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import cached_property

from rag.compose.draft import Draft
from rag.judgements import CensusTable, Grounds, Judgement, Row
from rag.models import Citation, ConditionResult, Fact, Finding, Number


class Appendix:
    """The findings of all reports and all citations of an answer, made when they are read."""

    def __init__(self, table: CensusTable, draft: Draft) -> None:
        self._table = table
        self._draft = draft
        self._making = threading.Lock()

    def findings(self) -> tuple[Finding, ...]:
        return self._made[0]

    def citations(self) -> tuple[Citation, ...]:
        return self._made[1]

    @property
    def _made(self) -> tuple[tuple[Finding, ...], tuple[Citation, ...]]:
        with self._making:
            return self._together

    @cached_property
    def _together(self) -> tuple[tuple[Finding, ...], tuple[Citation, ...]]:
        found = findings(self._table, self._draft)
        return found, self._draft.citations()


def grounds(table: CensusTable, draft: Draft) -> Grounds:
    """What the text written so far rests on."""
    positions = table.reports.positions
    cited = dict.fromkeys(span.report_id for span in draft.spans)
    rows = [table.row(positions[name]) for name in cited if name in positions]
    told = _findings(rows, table, draft.aside())
    return Grounds(draft.citations(), told, table.reports, table.beside)


def findings(table: CensusTable, draft: Draft) -> tuple[Finding, ...]:
    """One finding for each report in scope, matches first; what they rest on gets marks."""
    rows = sorted(table.rows, key=lambda row: row.state != "match")
    return _findings(rows, table, draft)


def _findings(rows: Iterable[Row], table: CensusTable, draft: Draft) -> tuple[Finding, ...]:
    written: dict[str, list[int]] = {}
    for mark, span in enumerate(draft.spans, 1):
        written.setdefault(span.report_id, []).append(mark)
    return tuple(_finding(row, written.get(row.card.id, []), table, draft) for row in rows)


def _finding(row: Row, written: list[int], table: CensusTable, draft: Draft) -> Finding:
    if not written and len(row.judgements) == 1 and not _rests(row.first):
        return _silent(row, table)
    chosen = next((j for j in row.judgements if j.state == row.state), row.first)
    index = row.judgements.index(chosen)
    fact = chosen.fact or (chosen.others[0] if row.state == "mentioned" and chosen.others else None)
    place = row.card.place
    marks = [mark for judgement in row.judgements for mark in judgement_marks(judgement, draft)]
    if not marks and row.state == "match":  # a described report rests on its bullets
        marks = written
    results = tuple(
        _result(table.conditions[i].indicator, judgement, draft)
        for i, judgement in enumerate(row.judgements)
        if len(row.judgements) > 1
    )
    return Finding(
        report_id=row.card.id,
        source=row.card.source,
        town=place.town,
        county=place.county,
        city=place.city,
        province=place.province,
        year=row.card.year,
        state=row.state,
        indicator=_indicator(fact, table, index),
        label=fact.label if fact else None,
        value=_value(chosen, fact),
        low=fact.low if fact else None,
        high=fact.high if fact else None,
        unit="%" if chosen.state == "implied" else (fact.unit if fact else None),
        qualifier=fact.qualifier if fact else None,
        kind=fact.kind if fact else None,
        derivation=chosen.derivation,
        conflict=any(judgement.conflict for judgement in row.judgements),
        conditions=results,
        citations=tuple(dict.fromkeys(marks)),
    )


def _rests(judgement: Judgement) -> bool:
    """Whether a judgement rests on any words of its report."""
    return bool(judgement.fact or judgement.others or judgement.spans or judgement.beside)


def _silent(row: Row, table: CensusTable) -> Finding:
    """The finding of a report that says nothing: most of many are such."""
    place = row.card.place
    return Finding(
        row.card.id,
        row.card.source,
        place.town,
        place.county,
        place.city,
        place.province,
        row.card.year,
        row.state,
        _indicator(None, table, 0),
        value=row.first.value if row.first.state == "implied" else None,
        unit="%" if row.first.state == "implied" else None,
        derivation=row.first.derivation,
        conflict=row.first.conflict,
    )


def _value(chosen: Judgement, fact: Fact | None) -> Number | None:
    """The figure; what did not happen has none, its words say so."""
    if chosen.state == "implied":
        return chosen.value
    return None if fact is None or fact.rule.startswith("no_event") else fact.value


def _indicator(fact: Fact | None, table: CensusTable, index: int) -> str | None:
    if fact is not None and fact.indicator:
        return fact.indicator
    return table.conditions[index].indicator.split("|")[0] if table.conditions else None


def _result(indicator: str, judgement: Judgement, draft: Draft) -> ConditionResult:
    fact = judgement.fact
    return ConditionResult(
        indicator=indicator.partition("|")[0],
        label=fact.label if fact else None,
        value=_value(judgement, fact) if fact else judgement.value,
        unit="%" if judgement.derivation else (fact.unit if fact else None),
        qualifier=fact.qualifier if fact else None,
        kind=fact.kind if fact else None,
        holds=judgement.holds,
        citations=judgement_marks(judgement, draft),
    )


def judgement_marks(judgement: Judgement, draft: Draft) -> tuple[int, ...]:
    """Marks of what a judgement rests on, the deciding figure first."""
    if not _rests(judgement):
        return ()
    facts: tuple[Fact, ...] = (judgement.fact,) if judgement.fact else ()
    facts += tuple(fact for found in judgement.contradictions for fact in found.facts)
    if judgement.state == "implied":
        facts += judgement.others
    elif judgement.fact is None:
        facts += judgement.others[:1]
    marks = [draft.cite_fact(fact) for fact in (*facts, *judgement.beside)]
    marks += [draft.cite(span) for span in judgement.spans]
    return tuple(dict.fromkeys(marks))
