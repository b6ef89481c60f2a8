"""Take the census of a plan: every report in scope, in exactly one state."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Protocol

from rag.census.judge import holds, judge
from rag.census.mentions import Mention, Texts, Words, find_mentions
from rag.census.open_labels import find_open_facts
from rag.indicators import Indicator, Register
from rag.judgements import CensusTable, Judgement, Row
from rag.models import (
    Condition,
    Fact,
    LeftOut,
    Plan,
    ReportCard,
    SectionRole,
    State,
)

_SHOWN_BESIDE = 200  # reports whose neighbouring figures are looked up for one answer
_MEASURE = re.compile(
    r"(?:成功|覆盖|满意|合格|完成|办理|及时)?(?:率|件数|次数|人数|条数|份数|户数|场次|人次|金额|数)$"
)
_OF_VALUES = frozenset({"lookup", "compare", "rank", "aggregate", "trend"})
_NOTHING = Judgement("not_reported")


class Ledger(Texts, Protocol):
    """What a census reads (the database)."""

    def cards(
        self, *, places: Collection[str] = (), years: Collection[int] = ()
    ) -> tuple[ReportCard, ...]: ...

    def facts(
        self,
        *,
        indicators: Collection[str] | None = None,
        report_ids: Collection[str] | None = None,
    ) -> tuple[Fact, ...]: ...

    def left_out(self) -> LeftOut: ...


def take_census(plan: Plan, *, ledger: Ledger, lexical: Words, register: Register) -> CensusTable:
    """The state of every report in the plan's scope.

    A plan without conditions is judged by whether its indicators are reported at all;
    a plan without indicators by figures and sentences that speak of its topic.
    """
    cards = ledger.cards(places=plan.places, years=plan.years)
    if plan.left_out_places:
        left_out_ids = {card.id for card in ledger.cards(places=plan.left_out_places)}
        cards = tuple(card for card in cards if card.id not in left_out_ids)
    conditions = plan.conditions or tuple(Condition(n, "mentions") for n in plan.indicators)
    if not conditions and plan.topic and plan.kind not in ("describe", "corpus"):
        conditions = (Condition(plan.topic, "mentions"),)
    left_out = ledger.left_out()
    names = {indicator.name: indicator for indicator in register.indicators}
    if not conditions or (plan.unknown_places and not plan.places):
        rows = tuple(Row(card, _without_condition(card), (_NOTHING,)) for card in cards)
        return CensusTable((), rows, left_out, names)
    judged = _Judging(ledger, lexical, register, cards)
    if plan.kind == "lookup" and plan.indicators and plan.topic:
        conditions = (*conditions, *judged.further(plan))
    columns = [judged.column(condition, plan) for condition in conditions]
    rows = tuple(
        _row(card, tuple(column.get(card.id, _NOTHING) for column in columns), plan)
        for card in cards
    )
    return CensusTable(conditions, rows, left_out, names)


def _without_condition(card: ReportCard) -> State:
    return "unreadable" if card.unreadable else "not_reported"


def _row(card: ReportCard, judgements: tuple[Judgement, ...], plan: Plan) -> Row:
    if card.unreadable:
        return Row(card, "unreadable", (Judgement("unreadable"),) * len(judgements))
    return Row(card, _joined(judgements, plan.join, plan.kind), judgements)


def _joined(judgements: Sequence[Judgement], join: str, kind: str) -> State:
    """The state of a report for all conditions together."""
    if len(judgements) == 1:
        state = judgements[0].state
        if join == "and_not":  # 没有提到X的镇: those in which nothing of it stands
            return "match" if state == "not_reported" else "other_value"
        return state
    held = [judgement.holds for judgement in judgements]
    if kind in ("lookup", "compare", "aggregate", "trend", "rank"):
        join = "or"  # each asks for a value of its own
    if join == "or":
        whole = any(held)
    elif join == "and_not":
        whole = held[0] and not any(held[1:])
    else:
        whole = all(held)
    if whole:
        return "match"
    states = [judgement.state for judgement in judgements]
    order: tuple[State, ...] = ("other_value", "match", "implied", "no_case", "mentioned")
    for state in order:
        if state in states:
            return "other_value" if state == "match" else state
    return "not_reported"


class _Judging:
    """Judges all reports in scope for one condition after another."""

    def __init__(
        self, ledger: Ledger, lexical: Words, register: Register, cards: Sequence[ReportCard]
    ) -> None:
        self.ledger = ledger
        self.lexical = lexical
        self.register = register
        self.names = {indicator.name: indicator for indicator in register.indicators}
        self.ids = [card.id for card in cards if not card.unreadable]

    def further(self, plan: Plan) -> tuple[Condition, ...]:
        """What else a question after values names, where a figure in scope is called so."""
        facts = self.ledger.facts(report_ids=self.ids) if len(self.ids) <= _SHOWN_BESIDE else ()
        labels = [
            fact.quote
            for fact in facts
            if fact.indicator not in plan.indicators or fact.kind != "achieved"
        ]
        return tuple(
            Condition(phrase, "mentions")
            for phrase in plan.topic.split()
            if any(alternative in label for label in labels for alternative in phrase.split("|"))
        )

    def column(self, condition: Condition, plan: Plan) -> dict[str, Judgement]:
        """By report id; a report about which nothing was found is missing."""
        if condition.indicator in self.names:
            return self._by_indicator(condition)
        if condition.op == "no_case":
            return self._by_event(condition)
        if condition.value is not None or plan.kind in _OF_VALUES:
            return self._by_open_label(condition)
        mentioned = self._by_mention(condition, plan.roles)
        return mentioned | self._by_event(condition) if plan.kind == "yes_no" else mentioned

    def _by_indicator(self, condition: Condition) -> dict[str, Judgement]:
        indicator = self.names[condition.indicator]
        family = self.register.family_of(indicator.name)
        by_report = self._facts(indicator, family)
        column = {}
        for report_id, facts in by_report.items():
            judgement = judge(condition, indicator, family, facts, by_name=self.names)
            if judgement is not None:
                column[report_id] = judgement
        missing = [report_id for report_id in self.ids if report_id not in column]
        return column | self._subject_mentions(indicator, missing)

    def _facts(self, indicator: Indicator, family: Sequence[Indicator]) -> dict[str, list[Fact]]:
        wanted = {member.name for member in family} | set(indicator.implied_by)
        wanted |= {indicator.needs_case} if indicator.needs_case else set()
        facts = self.ledger.facts(indicators=wanted, report_ids=self.ids)
        reports = list(dict.fromkeys(fact.report_id for fact in facts))
        if len(reports) <= _SHOWN_BESIDE:
            facts = self.ledger.facts(report_ids=reports) if reports else ()
        by_report: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            by_report[fact.report_id].append(fact)
        return by_report

    def _subject_mentions(
        self, indicator: Indicator, report_ids: Sequence[str]
    ) -> dict[str, Judgement]:
        """Reports that speak of an indicator's subject without a figure for it."""
        found: dict[str, tuple[Mention, ...]] = {}
        if report_ids:
            found = find_mentions(
                _subject(indicator), texts=self.ledger, lexical=self.lexical, report_ids=report_ids
            )
        return {
            report_id: Judgement("mentioned", spans=(mentions[0].span,))
            for report_id, mentions in found.items()
        }

    def _by_mention(
        self, condition: Condition, roles: Collection[SectionRole]
    ) -> dict[str, Judgement]:
        subject = self._with_synonyms(condition.indicator)
        found = find_mentions(
            subject,
            texts=self.ledger,
            lexical=self.lexical,
            report_ids=self.ids,
            roles=roles,
        )
        column = {report_id: _mentioned(mentions) for report_id, mentions in found.items()}
        return column if roles else column | self._counted(condition.indicator)

    def _named(self, subject: str) -> Indicator | None:
        """The count that a subject is the practice of: 首违不罚 → 免罚案件数."""
        if " " in subject or "|" in subject:
            return None
        for mention in self.register.find(subject, language="zh"):
            if mention.indicator.unit != "rate" and len(mention.text) >= len(subject) - 1:
                return mention.indicator
        return None

    def _with_synonyms(self, subject: str) -> str:
        indicator = self._named(subject)
        names = (name for name in indicator.synonyms if len(name) >= 4) if indicator else ()
        return "|".join(dict.fromkeys((subject, *names)))

    def _counted(self, subject: str) -> dict[str, Judgement]:
        """Reports that count what a practice comes to: more than none is done, none is not."""
        indicator = self._named(subject)
        if indicator is None:
            return {}
        column: dict[str, Judgement] = {}
        for fact in self.ledger.facts(indicators=[indicator.name], report_ids=self.ids):
            if fact.kind == "achieved" and fact.actor is None:
                state: State = "other_value" if fact.value == 0 else "match"
                column.setdefault(fact.report_id, Judgement(state, fact=fact))
        return column

    def _by_open_label(self, condition: Condition) -> dict[str, Judgement]:
        facts = self.ledger.facts(report_ids=self.ids)
        by_report: dict[str, list[Fact]] = defaultdict(list)
        for fact in find_open_facts(condition.indicator, facts):
            by_report[fact.report_id].append(fact)
        return {report_id: _open(found, condition) for report_id, found in by_report.items()}

    def _by_event(self, condition: Condition) -> dict[str, Judgement]:
        """Reports that say of an event that it did not happen."""
        column: dict[str, Judgement] = {}
        for fact in find_open_facts(condition.indicator, self.ledger.facts(report_ids=self.ids)):
            if fact.rule.startswith("no_event") and fact.kind == "achieved":
                column.setdefault(fact.report_id, Judgement("match", fact=fact))
        return column


def _subject(indicator: Indicator) -> str:
    """What an indicator measures, without the measure: 行政诉讼应诉率 → 行政诉讼应诉."""
    return _MEASURE.sub("", indicator.name) or indicator.name


def _mentioned(mentions: Sequence[Mention]) -> Judgement:
    done = [mention for mention in mentions if mention.done]
    state: State = "match" if done else "mentioned"
    return Judgement(state, spans=tuple(mention.span for mention in (done or mentions)[:3]))


def _open(facts: Sequence[Fact], condition: Condition) -> Judgement:
    stated = [fact for fact in facts if fact.kind == "achieved" and fact.actor is None]
    if not stated:  # 上年结转0件 is of the year before, and is what was asked for by its name
        stated = [fact for fact in facts if condition.indicator in fact.label]
    if not stated:
        return Judgement("mentioned", others=tuple(facts))
    if condition.value is None:
        return Judgement("match", fact=stated[0], others=tuple(stated[1:3]))
    fitting = [fact for fact in stated if holds(condition, fact)]
    return Judgement("match" if fitting else "other_value", fact=(fitting or stated)[0])
