"""From a question to a verified answer: plan → census and retrieve → compose → verify."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import replace

from rag.census import take_census
from rag.compose import compose, join_answers
from rag.judgements import CensusTable
from rag.models import Answer, Fact, Paragraph, Plan, Removal, ReportCard, Turn
from rag.plan import Known, language_of, plan_question
from rag.relevance import is_stored, nearest_facts
from rag.retrieve import retrieve
from rag.stores import Stores
from rag.verify import verify

_EVIDENCE = 30  # paragraphs retrieved for an open question
_SEARCHED = 200  # reports whose figures are compared with what was asked


def answer(
    question: str,
    *,
    history: Sequence[Turn] = (),
    stores: Stores,
    places: Collection[str] = (),
    years: Collection[int] = (),
) -> Answer:
    """Answer from the stored reports, citing the words each claim rests on.

    Args:
        history: the earlier questions of the conversation, oldest first.
        places: full names of towns, counties, cities or provinces to keep to.
        years: years to keep to.

    Returns:
        An Answer; status "not_found" when no report in scope states what was asked.

    Raises:
        StoreUnavailable: the database or an index cannot be opened.
    """
    started = time.perf_counter()
    with stores.snapshot() as snapshot:
        known = _known(snapshot)
        plan = plan_question(
            question,
            history=history,
            register=snapshot.register,
            known=known,
            places=tuple(places),
            years=tuple(years),
        )
        planned = time.perf_counter()
        found = _answer_plan(question, plan, snapshot)
    total = time.perf_counter() - started
    timings = {"plan": _ms(planned - started), "total": _ms(total)}
    return replace(found, timings_ms=timings)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _known(stores: Stores) -> Known:
    cards = stores.database.cards()
    places = tuple(dict.fromkeys(card.place for card in cards))
    reports = frozenset(
        (name, card.year)
        for card in cards
        for name in (card.place.town, card.place.county, card.place.city, card.place.province)
        if name and card.year
    )
    return Known(places, reports)


def _answer_plan(question: str, plan: Plan, stores: Stores) -> Answer:
    if plan.parts:
        answers = [_answer_plan(question, part, stores) for part in plan.parts]
        return join_answers(question, plan, answers)
    database = stores.database
    report_ids = [card.id for card in database.cards(places=plan.places, years=plan.years)]
    if plan.topic:
        plan = _with_stored_topic(plan, report_ids, stores)
    table = take_census(plan, ledger=database, lexical=stores.lexical, register=stores.register)
    written = compose(
        question,
        plan,
        table,
        language=language_of(question),
        sources=database,
        evidence=_evidence(question, plan, report_ids, stores),
        nearest=_nearest(plan, table, stores),
    )

    def read_source(report_id: str) -> tuple[str, tuple[Removal, ...]]:
        return database.stored_text(report_id), database.removals(report_id)

    return verify(written, read_source=read_source)


def _with_stored_topic(plan: Plan, report_ids: Sequence[str], stores: Stores) -> Plan:
    """The plan about what of its topic the reports in scope hold; else as nothing it can find."""

    def holding(phrase: str) -> Collection[str]:
        return stores.lexical.containing(phrase, report_ids=report_ids)

    if is_stored(plan.topic, holding):
        return replace(plan, out_of_scope=False)
    if plan.roles and plan.kind == "describe":
        return replace(plan, topic="")  # words that no report uses ask, they do not name
    return plan


def _evidence(
    question: str, plan: Plan, report_ids: Sequence[str], stores: Stores
) -> tuple[Paragraph, ...]:
    """Paragraphs for an open question: those that hold its topic, else the nearest ones.

    Where more hold it than can be told, the best of them by words and meaning.
    """
    if plan.kind != "describe" or not plan.topic or plan.out_of_scope or not report_ids:
        return ()
    phrases = [alternative for phrase in plan.topic.split() for alternative in phrase.split("|")]
    ids = dict.fromkeys(
        name
        for phrase in phrases
        for name in stores.lexical.containing(phrase, report_ids=report_ids)
    )
    if 0 < len(ids) <= _EVIDENCE or (ids and len(report_ids) == 1):
        return stores.database.paragraphs(ids=list(ids))
    found = retrieve(
        f"{question} {' '.join(phrases)}",
        vectors=stores.vectors,
        lexical=stores.lexical,
        k=_EVIDENCE,
        report_ids=report_ids,
    )
    return stores.database.paragraphs(ids=[evidence.paragraph_id for evidence in found])


def _nearest(plan: Plan, table: CensusTable, stores: Stores) -> tuple[tuple[ReportCard, Fact], ...]:
    """What is reported nearest to a question that may go unanswered."""
    if plan.kind in ("describe", "corpus") or table.in_state("match", "other_value", "implied"):
        return ()
    cards = {row.card.id: row.card for row in table.rows[:_SEARCHED]}
    subjects = [*plan.indicators, *plan.topic.replace("|", " ").split()]
    facts = nearest_facts(subjects, stores.database.facts(report_ids=list(cards)), most=3)
    return tuple((cards[fact.report_id], fact) for fact in facts)
