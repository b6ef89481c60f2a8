"""From a question to a verified answer: plan → census and retrieve → compose or write → verify."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rag.census import take_census
from rag.compose import compose, join_answers
from rag.compose.phrases import texts
from rag.ledger import Ledger
from rag.looser import label_in, looser_topics
from rag.meaning import without_meaning
from rag.models import Answer, Condition, Plan, Turn, altered
from rag.models.events import AnswerEvent, Finished
from rag.plan import Known, known_terms, language_of, plainly, plan_question
from rag.relevance import is_stored
from rag.reports import Reports
from rag.retrieve import containing, evidence_for, nearest_reported
from rag.stores import Stores
from rag.verify import Evidence, check_text, reread_citable, verify
from rag.words import field_terms, has_noun, telling_words

if TYPE_CHECKING:
    from rag.chat_model import ChatModel
    from rag.write import Material


_FEW = 12  # reports whose every figure is looked through for a label


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
        StoreUnavailable: the database or the word index cannot be opened; without the vector
            index paragraphs are found by their words alone, and a note says so.
    """
    events = stream_answer(question, history=history, stores=stores, places=places, years=years)
    return next(event.answer for event in events if isinstance(event, Finished))


def stream_answer(
    question: str,
    *,
    history: Sequence[Turn] = (),
    stores: Stores,
    places: Collection[str] = (),
    years: Collection[int] = (),
) -> Iterator[AnswerEvent]:
    """What `answer` gives, as it is made; the last event holds it.

    Without a chat model there is that one event. With one, the rules' whole answer comes
    first where the model has something to word, then its words, unverified until checked.
    """
    started = time.perf_counter()
    material: Material | None = None
    with stores.snapshot() as snapshot:
        ledger = Ledger(snapshot.database)
        known = _known(ledger, question, history)
        plan = plan_question(
            question,
            history=history,
            register=snapshot.register,
            known=known,
            places=tuple(places),
            years=tuple(years),
        )
        planned = time.perf_counter()
        found = altered(_answer_plan(plainly(question), plan, ledger, snapshot), question=question)
        if stores.chat_model:
            found = _reread(found, ledger, snapshot, stores.chat_model)
            material = _material(found, ledger, snapshot)
        if snapshot.meaning.lost:
            found = altered(found, notes=(*found.notes, without_meaning(found.language)))
    timings = {"plan": _ms(planned - started), "total": _ms(time.perf_counter() - started)}
    found = altered(found, timings_ms=timings)
    if material is None or stores.chat_model is None:
        yield Finished(found)
        return
    for event in _worded(found, material, known, stores.chat_model, stores):
        if isinstance(event, Finished):
            total = timings | {"total": _ms(time.perf_counter() - started)}
            event = Finished(replace(event.answer, timings_ms=total))  # noqa: PLW2901
        yield event


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _known(ledger: Ledger, question: str, history: Sequence[Turn]) -> Known:
    """What is stored, of its places those that the questions may name."""
    asked = (question, *(turn.question for turn in history))
    holdings = ledger.holdings
    return Known(holdings.nameable.in_question(*asked), holdings.years_of_places)


def _answer_plan(question: str, plan: Plan, ledger: Ledger, stores: Stores) -> Answer:
    if plan.parts:
        answers = [_answer_plan(question, part, ledger, stores) for part in plan.parts]
        return join_answers(question, plan, answers)
    cards = ledger.cards(places=plan.places, years=plan.years)
    report_ids = cards.ids
    if plan.topic:
        plan = _with_stored_topic(plan, cards, ledger, stores)
    table = take_census(plan, ledger=ledger, lexical=stores.lexical, register=stores.register)
    written = compose(
        question,
        plan,
        table,
        language=language_of(question),
        sources=ledger,
        evidence=evidence_for(question, plan, report_ids, ledger, stores),
        nearest=nearest_reported(plan, table, ledger, stores),
    )
    answer = verify(written.answer, read_sources=ledger.sources, grounds=written.grounds)
    if written.grounds:
        reread_citable(table.citable or (), ledger)
    if answer.status == "not_found" and plan.indicators:
        return _read_otherwise(question, plan, ledger, stores) or answer
    if answer.status == "not_found" and plan.topic:
        return (
            _by_known_term(question, plan, cards, ledger, stores)
            or _asked_looser(question, plan, cards, ledger, stores)
            or answer
        )
    return answer


def _asked_looser(
    question: str, plan: Plan, cards: Reports, ledger: Ledger, stores: Stores
) -> Answer | None:
    """The answer about less than what was asked, which the scope line tells; None without one."""
    if plan.kind == "lookup" and not plan.indicators and len(cards.ids) <= _FEW:
        label = label_in(question, ledger.facts(cards.ids))
        rest = tuple(p.partition("|")[0] for p in plan.topic.split() if p not in label)
        stated = replace(
            plan,
            topic=label,
            conditions=(Condition(label, "mentions"),),
            unread=(*plan.unread, *rest),
        )
        found = _answer_plan(question, stated, ledger, stores) if label != plan.topic else None
        return found if label and found and found.status == "answered" else None
    if plan.kind != "describe" or plan.sought:
        return None
    every = ledger.cards().ids

    def holding(phrase: str) -> Collection[str]:
        return {name.rpartition("#")[0] for name in containing(phrase, every, stores)}

    for topic in looser_topics(plan.topic, holding, len(every)):
        left = tuple(p.partition("|")[0] for p in plan.topic.split() if p not in topic.split("|"))
        looser = replace(plan, topic=topic, unread=(*plan.unread, *left))
        found = _answer_plan(question, looser, ledger, stores)
        if found.status == "answered":
            return found
    return None


def _read_otherwise(question: str, plan: Plan, ledger: Ledger, stores: Stores) -> Answer | None:
    """The answer to the first other reading of a question that the reports do answer."""
    for other in plan.alternatives:
        rest = (replace(plan, alternatives=()), *(a for a in plan.alternatives if a is not other))
        found = _answer_plan(question, replace(other, alternatives=()), ledger, stores)
        if found.status == "answered":
            return _answer_plan(question, replace(other, alternatives=rest), ledger, stores)
    return None


def _by_known_term(
    question: str, plan: Plan, cards: Reports, ledger: Ledger, stores: Stores
) -> Answer | None:
    """The answer about the term of the field that a topic holds, where nothing has all of it.

    Not where another such term is in no report; and what holds of a part is no yes to it all.
    """
    terms = known_terms(plan.topic)
    plain = all(c.op in ("mentions", "no_case") and not c.negated for c in plan.conditions)
    if plan.kind == "describe" or not plain:
        return None
    held = [any(containing(t, cards.ids, stores) for t in term.split("|")) for term in terms]
    for term in terms if all(held) else ():
        if term == plan.topic:
            continue
        conditions = tuple(replace(c, indicator=term) for c in plan.conditions[:1])
        rest = tuple(p.partition("|")[0] for p in plan.topic.split() if p != term)
        narrowed = replace(plan, topic=term, conditions=conditions, unread=(*plan.unread, *rest))
        found = _answer_plan(question, narrowed, ledger, stores)
        affirmed = found.text.startswith(texts(found.language)["yes"])
        if found.status == "answered" and not (plan.kind == "yes_no" and affirmed):
            return found
    return None


def _with_stored_topic(plan: Plan, cards: Reports, ledger: Ledger, stores: Stores) -> Plan:
    """The plan about what of its topic the reports in scope hold; else as nothing it can find."""

    def holding(phrase: str) -> Collection[str]:
        return containing(phrase, cards.ids, stores)

    asked = ("stored", plan.topic, cards.scope)
    if ledger.once(asked, lambda: is_stored(plan.topic, holding)):
        return replace(plan, out_of_scope=False)
    named = field_terms()
    if plan.kind != "describe" or not plan.roles or {*plan.topic.split("|")} & named:
        return plan
    stored = [word for word in telling_words(plan.topic) if word in named and holding(word)]
    # The head of 民族地区普法; a noun that no report uses is not answered with something else.
    if stored or not has_noun(plan.topic) or plan.roles != ("achievements",):
        return replace(plan, topic=stored[-1] if stored else "")
    return plan


def _reread(found: Answer, ledger: Ledger, stores: Stores, model: ChatModel) -> Answer:
    """The answer to the question as a chat model reads it, where the rules are unsure of it."""
    from rag.plan.model_reading import is_unsure, reread  # noqa: PLC0415  only with a chat model

    if not is_unsure(found):
        return found

    def answer_plan(plan: Plan) -> Answer:
        return _answer_plan(found.question, plan, ledger, stores)

    return reread(found, model, stores.register, stores.embedder, answer_plan)


def _material(found: Answer, ledger: Ledger, stores: Stores) -> Material | None:
    """What a chat model may word an answer from; None where words are the rules' alone."""
    from rag.write import gather, is_prose  # noqa: PLC0415  only with a chat model

    if not is_prose(found):
        return None
    in_scope = {finding.report_id for finding in found.findings}
    cards = {card.id: card for card in ledger.cards() if card.id in in_scope}
    names = dict.fromkeys(f"{c.report_id}#{c.paragraph}" for c in found.citations)
    paragraphs = {p.id: p for p in ledger.paragraphs(ids=names)}
    for plan in found.plan.parts or (found.plan,):
        retrieved = evidence_for(found.question, plan, list(cards), ledger, stores)
        paragraphs |= {paragraph.id: paragraph for paragraph in retrieved}
    return gather(found.citations, tuple(paragraphs.values()), cards, ledger.removals(cards))


def _worded(
    found: Answer, material: Material, known: Known, model: ChatModel, stores: Stores
) -> Iterator[AnswerEvent]:
    """The answer in a chat model's words, each sentence checked as every answer is, and more."""
    from rag.write import check_of, write  # noqa: PLC0415  only with a chat model

    citations = {citation.mark: citation for citation in material.citations}
    evidence = Evidence(citations, found.findings)  # neither the question nor a count supports

    def supported(sentence: str) -> str | None:
        checked = check_text(sentence, evidence, cut=lambda text: [text])
        return checked.dropped[0].reason if checked.dropped else None

    check = check_of(found, material, supported, known.places, stores.register, stores.embedder)
    yield from write(found, material, model=model, fault=check.fault)
