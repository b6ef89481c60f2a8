"""Take the census of a plan: every report in scope, in exactly one state."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from rag.census.columns import Columns
from rag.census.disagreeing import with_contradictions
from rag.census.indicator_columns import Figures
from rag.census.judge import beside
from rag.census.leaders import leaders
from rag.census.mentions import Words
from rag.indicators import Indicator, Register
from rag.judgements import CensusTable, Judgement, Row
from rag.models import Condition, Contradiction, Fact, LeftOut, Plan, ReportCard, State

_NOTHING = Judgement("not_reported")
_SHOWN_BESIDE = 60  # reports whose neighbouring figures are looked up for one answer
_EACH_ITS_OWN = ("lookup", "compare", "aggregate", "trend", "rank")  # kinds that ask for values


class Ledger(Figures, Protocol):
    """What a census reads (`rag.ledger.Ledger`)."""

    def cards(
        self, *, places: Collection[str] = (), years: Collection[int] = ()
    ) -> tuple[ReportCard, ...]: ...

    def left_out(self) -> LeftOut: ...

    def contradictions(self) -> Mapping[str, tuple[Contradiction, ...]]: ...


def take_census(plan: Plan, *, ledger: Ledger, lexical: Words, register: Register) -> CensusTable:
    """The state of every report in the plan's scope.

    A plan without conditions is judged by whether its indicators are reported at all;
    a plan without indicators by figures and sentences that speak of its topic.
    """
    cards = _in_scope(plan, ledger, lexical, register)
    conditions = plan.conditions or tuple(Condition(n, "mentions") for n in plan.indicators)
    if not conditions and plan.topic and plan.kind not in ("describe", "corpus"):
        conditions = (Condition(plan.topic, "mentions"),)
    left_out = ledger.left_out()
    names = {indicator.name: indicator for indicator in register.indicators}
    if not conditions or (plan.unknown_places and not plan.places):
        rows = tuple(Row(card, _without_condition(card), (_NOTHING,)) for card in cards)
        return CensusTable((), rows, left_out, names)
    columns = Columns(ledger, lexical, register, cards)
    if plan.kind == "lookup" and plan.indicators and plan.topic:
        conditions = (*conditions, *columns.further(plan))
    judged = [columns.of(condition, plan) for condition in conditions]
    rows = tuple(
        _row(card, tuple(column.get(card.id, _NOTHING) for column in judged), plan)
        for card in cards
    )
    rows = _with_contradictions(rows, ledger.contradictions())
    return CensusTable(conditions, _with_neighbours(rows, ledger, names), left_out, names)


def _in_scope(
    plan: Plan, ledger: Ledger, lexical: Words, register: Register
) -> tuple[ReportCard, ...]:
    """The reports a question is about: of its places and years, less those it leaves out."""
    cards = ledger.cards(places=plan.places, years=plan.years)
    if plan.left_out_places:
        left_out = {card.id for card in ledger.cards(places=plan.left_out_places)}
        cards = tuple(card for card in cards if card.id not in left_out)
    if plan.town_kinds:
        endings = tuple("族乡" if kind == "民族乡" else kind for kind in plan.town_kinds)
        cards = tuple(card for card in cards if (card.place.town or "").endswith(endings))
    if plan.among is not None:
        first = take_census(plan.among, ledger=ledger, lexical=lexical, register=register)
        match = first.in_state("match")
        rows = leaders(plan.among, match) if plan.among.kind == "rank" else match
        matched = {row.card.id for row in rows}
        cards = tuple(card for card in cards if card.id in matched)
    return cards


def _without_condition(card: ReportCard) -> State:
    return "unreadable" if card.unreadable else "not_reported"


def _row(card: ReportCard, judgements: tuple[Judgement, ...], plan: Plan) -> Row:
    if card.unreadable:
        return Row(card, "unreadable", (Judgement("unreadable"),) * len(judgements))
    denied = any(condition.negated for condition in plan.conditions)
    join = "and" if plan.join == "and_not" and denied else plan.join  # judged as denied already
    return Row(card, _joined(judgements, join, plan.kind), judgements)


def _joined(judgements: Sequence[Judgement], join: str, kind: str) -> State:
    """The state of a report for all conditions together."""
    if len(judgements) == 1:
        state = judgements[0].state
        if join == "and_not":  # 没有提到X的镇: those in which nothing of it stands
            return "match" if state == "not_reported" else "other_value"
        return state
    held = [judgement.holds for judgement in judgements]
    if kind in _EACH_ITS_OWN:
        join = "or"
    if join == "or":
        whole = any(held)
    elif join == "and_not":
        whole = held[0] and not any(held[1:])
    else:
        whole = all(held)
    if whole:
        return "match"
    # A match that rests on no words is of something absent, as was wanted: it reports nothing.
    states = [j.state for j in judgements if not j.holds or j.fact or j.spans]
    order: tuple[State, ...] = ("other_value", "match", "implied", "no_case", "mentioned")
    for state in order:
        if state in states:
            return "other_value" if state == "match" else state
    return "not_reported"


def _with_contradictions(
    rows: tuple[Row, ...], contradictions: Mapping[str, tuple[Contradiction, ...]]
) -> tuple[Row, ...]:
    """The rows with the contradictions that concern the figures they rest on."""

    def completed(row: Row) -> Row:
        found = contradictions.get(row.card.id, ())
        if not found:
            return row
        return replace(
            row, judgements=tuple(with_contradictions(one, found) for one in row.judgements)
        )

    return tuple(completed(row) for row in rows)


def _with_neighbours(
    rows: tuple[Row, ...], ledger: Ledger, names: dict[str, Indicator]
) -> tuple[Row, ...]:
    """The rows with the figures that stand beside theirs, matches first and only so many."""
    stated = [row for row in rows if any(judgement.fact for judgement in row.judgements)]
    shown = sorted(stated, key=lambda row: row.state != "match")[:_SHOWN_BESIDE]
    facts: dict[str, list[Fact]] = {row.card.id: [] for row in shown}
    places = {(j.fact.report_id, j.fact.paragraph) for r in shown for j in r.judgements if j.fact}
    for fact in ledger.facts_in(places) if places else ():
        facts[fact.report_id].append(fact)

    def completed(row: Row) -> Row:
        near = facts.get(row.card.id)
        if not near:
            return row
        judgements = tuple(
            replace(judgement, beside=beside(judgement.fact, near, names))
            if judgement.fact is not None and judgement.state in ("match", "other_value")
            else judgement
            for judgement in row.judgements
        )
        return replace(row, judgements=judgements)

    return tuple(completed(row) for row in rows)
