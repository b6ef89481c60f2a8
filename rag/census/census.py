"""Take the census of a plan: every report in scope, in exactly one state."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rag.census.citing import citable_of, quoted
from rag.census.columns import FEW, Columns
from rag.census.judging import Ledger, citable, disagreeing, judging
from rag.census.leaders import leaders
from rag.census.mentions import Words
from rag.census.outcome import SILENT, Judged, Outcome, joined_states, state_numbers
from rag.census.standing import Standing, Stood, take_standing
from rag.indicators import Register
from rag.judgements import CensusTable, Judgement, Numbers, StateNumbers
from rag.models import STATES, Condition, Plan, ReportCard, State
from rag.reports import Reports

_PART = 8  # of the stored reports: a question about less of them judges its own one by one
_EACH_ITS_OWN = ("lookup", "compare", "aggregate", "trend", "rank")  # kinds that ask for values


def take_census(plan: Plan, *, ledger: Ledger, lexical: Words, register: Register) -> CensusTable:
    """The state of every report in the plan's scope.

    A plan without conditions is judged by whether its indicators are reported at all;
    a plan without indicators by figures and sentences that speak of its topic.
    """
    reports = _in_scope(plan, ledger, lexical, register)
    conditions = plan.conditions or tuple(Condition(n, "mentions") for n in plan.indicators)
    if not conditions and plan.topic and plan.kind not in ("describe", "corpus"):
        conditions = (Condition(plan.topic, "mentions"),)
    left_out = ledger.left_out()
    names = {indicator.name: indicator for indicator in register.indicators}
    if not conditions or (plan.unknown_places and not plan.places):
        states = state_numbers([_without_condition(card) for card in reports])
        return CensusTable((), reports, states, lambda _: (SILENT,), left_out, names)
    columns = Columns(ledger, lexical, register, reports)
    if plan.kind == "lookup" and plan.indicators and plan.topic:
        conditions = (*conditions, *columns.further(plan))
    outcomes = [_outcome(condition, plan, columns) for condition in conditions]
    states = _states(reports, outcomes, plan)
    judged, beside = judging(reports, states, outcomes, ledger, names)
    return CensusTable(
        conditions,
        reports,
        states,
        judged,
        left_out,
        names,
        disagreeing(reports, ledger),
        beside,
        citable(outcomes, ledger),
    )


def _in_scope(plan: Plan, ledger: Ledger, lexical: Words, register: Register) -> Reports:
    """The reports a question is about: of its places and years, less those it leaves out."""
    reports = ledger.cards(places=plan.places, years=plan.years)
    if not (plan.left_out_places or plan.town_kinds or plan.among):
        return reports
    cards: Sequence[ReportCard] = reports
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
    return Reports(cards)


def _without_condition(card: ReportCard) -> State:
    return "unreadable" if card.unreadable else "not_reported"


def _outcome(condition: Condition, plan: Plan, columns: Columns) -> Outcome:
    """How the reports come out for a condition: many by what is known of all, few one by one."""
    ledger, reports = columns.ledger, columns.reports
    every = ledger.cards()
    if len(reports) <= max(FEW, len(every) // _PART) or not columns.is_on_value(condition, plan):
        column = columns.of(condition, plan)
        if len(reports) <= FEW or reports.scope is None:
            return Judged(reports, column)
        column = quoted(column, ledger)
        key = (condition, plan.kind, plan.roles, plan.measure, reports.scope)
        return Judged(reports, column, citable_of(column, key, reports, ledger))

    def take() -> Standing:
        of_all = Columns(ledger, columns.lexical, columns.register, every)
        return take_standing(condition, every, of_all)

    asked = ("standing", condition.indicator, condition.op == "no_case")
    standing = ledger.once(asked, take)
    return Stood(condition, standing, reports, reports.once(every.numbers_of), columns)


def _states(reports: Reports, outcomes: Sequence[Outcome], plan: Plan) -> StateNumbers:
    """The state of each report for all conditions."""
    denied = any(condition.negated for condition in plan.conditions)
    join = "and" if plan.join == "and_not" and denied else plan.join  # judged as denied already
    states = joined_states(outcomes, lambda judged: _joined(judged, join, plan.kind))
    states[reports.once(_unreadable)] = STATES.index("unreadable")
    return states


def _unreadable(reports: Reports) -> Numbers:
    return np.flatnonzero([card.unreadable for card in reports])


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
