"""Judge all reports in scope for one condition: a column of the census table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from rag.census.citing import quoted
from rag.census.compared_columns import ComparedColumns, is_compared
from rag.census.earlier import earlier_figures, judged_by_change
from rag.census.indicator_columns import Column, asks_whether_any
from rag.census.judge import holds
from rag.census.mentions import Mention, find_mentions, says_none
from rag.census.open_labels import find_open_facts, paragraphs_on
from rag.census.outcomes import tells_outcomes
from rag.indicators import Indicator
from rag.judgements import Judgement
from rag.models import Condition, Fact, Plan, SectionRole, State

LACKS: tuple[SectionRole, ...] = ("shortcomings",)
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


class Columns(ComparedColumns):
    """Judges the same reports for one condition after another."""

    def further(self, plan: Plan) -> tuple[Condition, ...]:
        """What else a question after values names, where a figure in scope is called so."""
        facts = self.ledger.facts(self.ids) if len(self.ids) <= FEW else ()
        labels = [
            fact.clause
            for fact in facts
            if fact.indicator not in plan.indicators or fact.kind != "achieved"
        ]
        return tuple(
            Condition(phrase, "mentions")
            for phrase in plan.topic.split()
            if any(alternative in label for label in labels for alternative in phrase.split("|"))
        )

    def is_on_value(self, condition: Condition, plan: Plan) -> bool:
        """Whether a condition is judged by an indicator's figures and the value asked for alone."""
        in_roles = {"shortcomings", "plans"} & set(plan.roles) and plan.kind != "lookup"
        return (
            condition.indicator in self.names
            and not tells_outcomes(condition.indicator)
            and not asks_whether_any(condition)
            and not condition.negated
            and not is_compared(condition)
            and condition.of == "achieved"
            and not (condition.op == "mentions" and in_roles)
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
            if is_compared(condition):
                return self.by_comparison(condition)
            return self.by_indicator(condition)
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
            elif judgement.fact is not None and judgement.fact.rule.startswith("no_event"):
                found[report_id] = judgement  # 未发生投诉: said not to be
            elif judgement.state == "mentioned" and not condition.named:
                found[report_id] = replace(judgement, state="match")
            else:
                found[report_id] = replace(judgement, state="other_value")
        return found

    def _by_mention(self, condition: Condition, roles: Collection[SectionRole]) -> Column:
        subject = "|".join(self._names(condition.indicator, self._named(condition.indicator)))

        def find(unknown: Collection[str]) -> Column:
            where: Any = {"texts": self.ledger, "lexical": self.lexical, "report_ids": unknown}
            found = find_mentions(subject, roles=roles, **where)
            judged = {report_id: _mentioned(mentions) for report_id, mentions in found.items()}
            return quoted(judged, self.ledger)

        column = self.ledger.remember(("mentions", subject, tuple(roles)), self.ids, find)
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
        alike = (name for name in synonyms if len(name) >= 4 and _alike(name, subject))
        return tuple(dict.fromkeys((subject, *alike)))

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
                said = any(name in fact.label or name in fact.clause for name in names)
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

    def _by_lack(self, condition: Condition) -> Column:
        """Reports that say themselves that they have none of something."""
        found = find_mentions(
            condition.indicator,
            texts=self.ledger,
            lexical=self.lexical,
            report_ids=self.ids,
            roles=LACKS,
        )
        lacking = {
            report_id: [one.span for one in mentions if says_none(one.span.quote)]
            for report_id, mentions in found.items()
        }
        return {name: Judgement("match", spans=(s[0],)) for name, s in lacking.items() if s}

    def _by_event(self, condition: Condition) -> Column:
        """Reports that say of an event that it did not happen."""
        column = self._by_lack(condition) if condition.named else {}
        for fact in self._open_facts(condition.indicator):
            if fact.rule.startswith("no_event") and fact.kind == "achieved":
                column.setdefault(fact.report_id, Judgement("match", fact=fact))
        return column


def _alike(name: str, subject: str) -> bool:
    """Whether another name of a count is one of the practice: 联合执法 is no 综合查一次."""
    return 2 * len({*name} & {*subject}) >= len(subject)


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
