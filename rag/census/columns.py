"""Judge all reports in scope for one condition: a column of the census table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from rag.census.earlier import earlier_figures, judged_by_change, year_before
from rag.census.judge import holds, judge
from rag.census.mentions import Mention, Texts, Words, find_mentions, find_near
from rag.census.open_labels import find_open_facts, paragraphs_on
from rag.census.outcomes import LOST_CASES, outcomes
from rag.census.references import Reference, compared
from rag.indicators import Indicator, Register
from rag.judgements import Judgement, Span
from rag.models import Condition, Fact, Plan, ReportCard, SectionRole, State

FEW = 200  # reports of which all figures are read for one answer
_COUNTED_ALIKE = tuple(  # printed units that may answer a question after one of them
    frozenset(units.split())
    for units in (
        "场 场次 次 期 堂 轮",
        "件 起 宗 例 桩 个",
        "份 册 本 张 套 条 余份",
        "人 名 位 人次 个",
        "元 万元 亿元",
    )
)
_OF_VALUES = frozenset({"lookup", "compare", "rank", "aggregate", "trend"})

T = TypeVar("T")
Column = dict[str, Judgement]  # by report id; a report about which nothing was found is missing


class Figures(Texts, Protocol):
    """Where figures are looked up (`rag.ledger.Ledger`)."""

    def facts_of(self, indicator: str) -> Mapping[str, tuple[Fact, ...]]: ...

    def facts(self, report_ids: Collection[str]) -> tuple[Fact, ...]: ...

    def facts_in(self, paragraphs: Collection[tuple[str, int]]) -> tuple[Fact, ...]: ...

    def remember(
        self,
        question: Hashable,
        report_ids: Collection[str],
        find: Callable[[Collection[str]], Mapping[str, T]],
    ) -> dict[str, T]: ...


class Columns:
    """Judges the same reports for one condition after another."""

    def __init__(
        self, ledger: Figures, lexical: Words, register: Register, cards: Sequence[ReportCard]
    ) -> None:
        self.ledger = ledger
        self.lexical = lexical
        self.register = register
        self.names = {indicator.name: indicator for indicator in register.indicators}
        self.cards = [card for card in cards if not card.unreadable]
        self.ids = [card.id for card in self.cards]

    def further(self, plan: Plan) -> tuple[Condition, ...]:
        """What else a question after values names, where a figure in scope is called so."""
        facts = self.ledger.facts(self.ids) if len(self.ids) <= FEW else ()
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

    def of(self, condition: Condition, plan: Plan) -> Column:
        if condition.negated:
            return self._negated(self.of(replace(condition, negated=False), plan), condition)
        if condition.indicator in self.names:
            in_roles = {"shortcomings", "plans"} & set(plan.roles) and plan.kind != "lookup"
            if condition.op == "mentions" and in_roles:
                return self._by_mention(
                    replace(condition, indicator=self.names[condition.indicator].subject),
                    plan.roles,
                )
            if condition.than_year:
                return self._beside_earlier(condition)
            if condition.than_place or condition.than_indicator or condition.than_wider:
                return self._compared(condition)
            return self._by_indicator(condition)
        if condition.op == "no_case":
            return self._by_event(condition)
        of_values = plan.kind in _OF_VALUES and plan.measure != "count"
        if condition.value is not None or of_values or condition.than_year:
            return self._by_open_label(condition)
        mentioned = self._by_mention(condition, plan.roles)
        return mentioned | self._by_event(condition) if plan.kind == "yes_no" else mentioned

    def _negated(self, column: Column, condition: Condition) -> Column:
        """What is wanted is that a condition does not hold; of a subject, that it is absent."""
        valued = condition.value is not None or condition.op == "no_case"
        found: Column = {}
        for report_id in self.ids:
            judgement = column.get(report_id)
            if valued:
                if judgement is not None:
                    found[report_id] = _turned(judgement)
            elif judgement is None:
                found[report_id] = Judgement("match")
            elif judgement.state == "mentioned" and not condition.named:
                found[report_id] = replace(judgement, state="match")
            else:
                found[report_id] = replace(judgement, state="other_value")
        return found

    def _compared(self, condition: Condition) -> Column:
        """Reports compared with another place's figure, or with another figure of their own."""
        asked = Condition(condition.indicator, "mentions")
        stated = self._by_indicator(asked)
        if condition.than_indicator:
            other = self._by_indicator(Condition(condition.than_indicator, "mentions"))
            references = {card.id: Reference.of(other.get(card.id)) for card in self.cards}
            return compared(condition, stated, references)
        if condition.than_wider:
            return compared(condition, stated, self._wider(condition.indicator))
        place = condition.than_place or ""
        theirs = [card for card in self.ledger.cards(places=[place]) if not card.unreadable]
        columns = Columns(self.ledger, self.lexical, self.register, theirs)
        figures = columns.of(asked, Plan("lookup"))
        by_year = {
            card.year: Reference.of(figures.get(card.id), card)
            for card in theirs
            if figures.get(card.id) is not None
        }
        last = by_year[max(by_year, key=lambda year: year or 0)] if by_year else None
        references = {card.id: by_year.get(card.year, last) for card in self.cards}
        own = {card.id for card in theirs}
        return compared(condition, stated, references, without=own)

    def _beside_earlier(self, condition: Condition) -> Column:
        """Reports compared with the figure of an earlier year that they or another one give."""
        asked = Condition(condition.indicator, "mentions")
        indicator = self.names[condition.indicator]
        family = self.register.family_of(indicator.name)
        stated = self._by_indicator(asked)
        for report_id, facts in self._facts(indicator, family).items():
            judgement = stated.get(report_id)
            own = judgement.fact if judgement and judgement.state == "match" else None
            told = earlier_figures(own, facts, {member.name for member in family})
            if own is None and told:
                stated[report_id] = Judgement("match", fact=told[0])
            elif judgement is not None and told:
                stated[report_id] = replace(judgement, reference=told)
        before = self._of_year_before(condition, stated)
        return {
            report_id: judged_by_change(condition, judgement, before.get(report_id))
            for report_id, judgement in stated.items()
        }

    def _of_year_before(
        self, condition: Condition, stated: Column
    ) -> dict[str, tuple[Judgement, ReportCard]]:
        """By report that tells no earlier figure, the one of its town's report before it."""
        bare = [c for c in self.cards if c.id in stated and not stated[c.id].reference]
        years = {year_before(card, condition) for card in bare} - {0}
        if not bare or not years:
            return {}
        earlier = [card for card in self.ledger.cards(years=years) if not card.unreadable]
        columns = Columns(self.ledger, self.lexical, self.register, earlier)
        figures = columns.of(Condition(condition.indicator, "mentions"), Plan("lookup"))
        by_town = {(card.place, card.year): card for card in earlier if card.id in figures}
        found = {}
        for card in bare:
            other = by_town.get((card.place, year_before(card, condition)))
            if other is not None:
                found[card.id] = (figures[other.id], other)
        return found

    def _wider(self, name: str) -> dict[str, Reference | None]:
        """By report, the figure that it gives for its county or city."""
        family = self.register.family_of(name)
        found: dict[str, Reference | None] = {}
        for report_id, facts in self._facts(self.names[name], family).items():
            named = {member.name for member in family}
            others = [f for f in facts if f.kind == "other_actor" and f.indicator in named]
            figures = (Reference(f.value, f.unit, (f,)) for f in others if f.value is not None)
            found[report_id] = next(figures, None)
        return found

    def _by_indicator(self, condition: Condition) -> Column:
        indicator = self.names[condition.indicator]
        family = self.register.family_of(indicator.name)
        column: Column = {}
        for report_id, facts in self._facts(indicator, family).items():
            judgement = judge(condition, indicator, family, facts, by_name=self.names)
            if judgement is not None:
                column[report_id] = judgement
        if indicator.name == LOST_CASES:
            column |= self._told_outcomes(condition, column)
        missing = [report_id for report_id in self.ids if report_id not in column]
        return column | self._subject_mentions(indicator, missing)

    def _told_outcomes(self, condition: Condition, column: Column) -> Column:
        """How the cases ended of the reports that have no figure for it."""
        own = (LOST_CASES, None)
        counted = {i for i, j in column.items() if j.fact and j.fact.indicator in own}
        bare = [report_id for report_id in self.ids if report_id not in counted]
        return outcomes(condition, texts=self.ledger, lexical=self.lexical, report_ids=bare)

    def _facts(self, indicator: Indicator, family: Sequence[Indicator]) -> dict[str, list[Fact]]:
        """By report, the figures that decide a condition on an indicator, in order."""
        wanted = {member.name for member in family} | set(indicator.stages)
        wanted |= {name for member in family for name in member.implied_by}
        wanted |= {indicator.needs_case} if indicator.needs_case else set()
        by_indicator = [self.ledger.facts_of(name) for name in sorted(wanted)]
        by_report: dict[str, list[Fact]] = {}
        for report_id in self.ids:
            facts = [fact for found in by_indicator for fact in found.get(report_id, ())]
            if facts:
                facts.sort(key=lambda fact: (fact.start, fact.value_start))
                by_report[report_id] = facts
        return by_report

    def _subject_mentions(self, indicator: Indicator, report_ids: Sequence[str]) -> Column:
        """Reports that speak of an indicator's subject without a figure for it."""
        if not report_ids:
            return {}
        subject = indicator.subject

        def find(unknown: Collection[str]) -> Mapping[str, Span]:
            where: Any = {"texts": self.ledger, "lexical": self.lexical, "report_ids": unknown}
            spans = find_near(subject, **where)
            mentions = find_mentions(subject, **where)
            return spans | {name: found[0].span for name, found in mentions.items()}

        spans = self.ledger.remember(("subject", subject), report_ids, find)
        return {name: Judgement("mentioned", spans=(span,)) for name, span in spans.items()}

    def _by_mention(self, condition: Condition, roles: Collection[SectionRole]) -> Column:
        found = find_mentions(
            "|".join(self._names(condition.indicator, self._named(condition.indicator))),
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

    def _names(self, subject: str, indicator: Indicator | None) -> tuple[str, ...]:
        """The subject with its other names; a part of what is counted (民法典宣传) has none."""
        synonyms = indicator.synonyms if indicator and subject in indicator.synonyms else ()
        return tuple(dict.fromkeys((subject, *(name for name in synonyms if len(name) >= 4))))

    def _counted(self, subject: str) -> Column:
        """Reports that count what a practice comes to: more than none is done, none is not."""
        indicator = self._named(subject)
        if indicator is None:
            return {}
        names = self._names(subject, indicator)
        column: Column = {}
        by_report = self.ledger.facts_of(indicator.name)
        for report_id in self.ids:
            for fact in by_report.get(report_id, ()):
                said = any(name in fact.label or name in fact.quote for name in names)
                if said and fact.kind == "achieved" and fact.actor is None:
                    state: State = "other_value" if fact.value == 0 else "match"
                    column.setdefault(report_id, Judgement(state, fact=fact))
        return column

    def _open_facts(self, topic: str) -> tuple[Fact, ...]:
        """The figures that speak of a topic, of the paragraphs that do."""
        if len(self.ids) <= FEW:
            return find_open_facts(topic, self.ledger.facts(self.ids))
        wanted = set(self.ids)
        ids = {i for i in paragraphs_on(topic, self.lexical) if i.rpartition("#")[0] in wanted}
        facts = self.ledger.facts({name.rpartition("#")[0] for name in ids})
        return find_open_facts(
            topic, [fact for fact in facts if f"{fact.report_id}#{fact.paragraph}" in ids]
        )

    def _by_open_label(self, condition: Condition) -> Column:
        by_report: dict[str, list[Fact]] = defaultdict(list)
        for fact in self._open_facts(condition.indicator):
            if _is_counted_in(fact.unit, condition):
                by_report[fact.report_id].append(fact)
        judged = {report_id: _open(found, condition) for report_id, found in by_report.items()}
        if not condition.than_year:
            return judged
        return {
            report_id: judged_by_change(condition, _beside_told(one, by_report[report_id]), None)
            for report_id, one in judged.items()
        }

    def _by_event(self, condition: Condition) -> Column:
        """Reports that say of an event that it did not happen."""
        column: Column = {}
        for fact in self._open_facts(condition.indicator):
            if fact.rule.startswith("no_event") and fact.kind == "achieved":
                column.setdefault(fact.report_id, Judgement("match", fact=fact))
        return column


def _beside_told(judgement: Judgement, facts: Sequence[Fact]) -> Judgement:
    """The judgement of an open label with what is told of the year before under the same label."""
    own = judgement.fact
    named = [fact for fact in facts if own is None or fact.label == own.label]
    told = earlier_figures(own, named, {None, *(fact.indicator for fact in named)})
    if judgement.state == "mentioned" and told:
        return Judgement("match", fact=told[0])
    return replace(judgement, reference=told) if told else judgement


def _is_counted_in(unit: str, condition: Condition) -> bool:
    """Whether a figure's unit is one that a question after a value asks for: 多少场."""
    if condition.op != "mentions" or condition.unit is None:
        return True
    return any({unit, condition.unit} <= alike for alike in _COUNTED_ALIKE)


def _turned(judgement: Judgement) -> Judgement:
    if judgement.state == "match":
        return replace(judgement, state="other_value")
    return replace(judgement, state="match") if judgement.state == "other_value" else judgement


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
    if condition.value is None or condition.than_year:
        return Judgement("match", fact=stated[0], others=tuple(stated[1:3]))
    fitting = [fact for fact in stated if holds(condition, fact)]
    return Judgement("match" if fitting else "other_value", fact=(fitting or stated)[0])
