"""Judge all reports in scope for a condition on one indicator."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from rag.census.judge import judge
from rag.census.mentions import Texts, Words, find_mentions, find_near
from rag.census.outcomes import outcomes, tells_outcomes
from rag.indicators import Indicator, Register
from rag.judgements import Judgement, Span
from rag.models import Condition, Fact, Removal, ReportCard
from rag.reports import Reports
from rag.words import field_terms

T = TypeVar("T")
_TERM = 4  # characters
Column = dict[str, Judgement]  # by report id; a report about which nothing was found is missing


class Figures(Texts, Protocol):
    """Where figures are looked up (`rag.ledger.Ledger`)."""

    def cards(self, *, places: Collection[str] = (), years: Collection[int] = ()) -> Reports: ...

    def once(self, key: Hashable, make: Callable[[], T]) -> T: ...

    def facts_of(self, indicator: str) -> Mapping[str, tuple[Fact, ...]]: ...

    def facts(self, report_ids: Collection[str]) -> tuple[Fact, ...]: ...

    def facts_in(self, paragraphs: Collection[tuple[str, int]]) -> tuple[Fact, ...]: ...

    def sources(
        self, report_ids: Collection[str]
    ) -> Iterable[tuple[str, str, tuple[Removal, ...]]]: ...

    def remember(
        self,
        question: Hashable,
        report_ids: Collection[str],
        find: Callable[[Collection[str]], Mapping[str, T]],
    ) -> dict[str, T]: ...


def _readable(reports: Reports) -> tuple[ReportCard, ...]:
    return tuple(card for card in reports if not card.unreadable)


def _readable_ids(reports: Reports) -> tuple[str, ...]:
    return tuple(card.id for card in reports if not card.unreadable)


def asks_whether_any(condition: Condition) -> bool:
    """Whether a condition asks only if there was any case at all."""
    return condition.op == ">" and condition.value == 0


class IndicatorColumns:
    """Judges the same reports by the figures of one indicator after another."""

    def __init__(
        self, ledger: Figures, lexical: Words, register: Register, cards: Sequence[ReportCard]
    ) -> None:
        self.reports = cards if isinstance(cards, Reports) else Reports(cards)
        self.ledger = ledger
        self.lexical = lexical
        self.register = register
        self.names = {indicator.name: indicator for indicator in register.indicators}
        self.cards = self.reports.once(_readable)
        self.ids = self.reports.once(_readable_ids)

    def by_indicator(self, condition: Condition) -> Column:
        indicator = self.names[condition.indicator]
        family = self.register.family_of(indicator.name)
        column: Column = {}
        for report_id, facts in self.facts_on(indicator, family).items():
            judgement = judge(condition, indicator, family, facts, by_name=self.names)
            if judgement is not None:
                column[report_id] = judgement
        if tells_outcomes(indicator.name):
            column |= self._told_outcomes(condition, column)
        if asks_whether_any(condition):
            column = self._by_rate(indicator) | column
        missing = [report_id for report_id in self.ids if report_id not in column]
        return column | self._subject_mentions(indicator, missing)

    def _by_rate(self, indicator: Indicator) -> Column:
        """The reports whose rate above zero says that there were such cases: 纠错率9.1%."""
        rate = self.names.get(f"{indicator.name.removesuffix('数')}率")
        facts = self.ledger.facts_of(rate.name) if rate and rate.unit == "rate" else {}
        above = {
            report_id: [f for f in facts.get(report_id, ()) if f.kind == "achieved" and f.value]
            for report_id in self.ids
        }
        return {name: Judgement("match", fact=found[0]) for name, found in above.items() if found}

    def _told_outcomes(self, condition: Condition, column: Column) -> Column:
        """How the cases ended of the reports that have no figure for it."""
        own = (condition.indicator, None)
        counted = {i for i, j in column.items() if j.fact and j.fact.indicator in own}
        bare = [report_id for report_id in self.ids if report_id not in counted]
        return outcomes(condition, texts=self.ledger, lexical=self.lexical, report_ids=bare)

    def facts_on(self, indicator: Indicator, family: Sequence[Indicator]) -> dict[str, list[Fact]]:
        """By report, the figures that decide a condition on an indicator, in order."""
        by_indicator = self.by_indicator_facts(indicator, family)
        by_report: dict[str, list[Fact]] = {}
        for report_id in self.ids:
            facts = [fact for found in by_indicator for fact in found.get(report_id, ())]
            if facts:
                facts.sort(key=lambda fact: (fact.start, fact.value_start))
                by_report[report_id] = facts
        return by_report

    def by_indicator_facts(
        self, indicator: Indicator, family: Sequence[Indicator]
    ) -> list[Mapping[str, tuple[Fact, ...]]]:
        """The facts by report of each indicator that decides a condition on this one."""
        wanted = {member.name for member in family} | set(indicator.stages)
        wanted |= {name for member in family for name in member.implied_by}
        wanted |= {indicator.needs_case} if indicator.needs_case else set()
        return [self.ledger.facts_of(name) for name in sorted(wanted)]

    def _subject_mentions(self, indicator: Indicator, report_ids: Sequence[str]) -> Column:
        """Reports that speak of an indicator's subject without a figure for it."""
        spans = self.subject_spans(indicator, report_ids)
        return {name: Judgement("mentioned", spans=(span,)) for name, span in spans.items()}

    def subject_spans(self, indicator: Indicator, report_ids: Sequence[str]) -> dict[str, Span]:
        """By report that speaks of an indicator's subject, where it does."""
        if not report_ids:
            return {}
        subject = indicator.subject

        def find(unknown: Collection[str]) -> Mapping[str, Span]:
            where: Any = {"texts": self.ledger, "lexical": self.lexical, "report_ids": unknown}
            spans = find_near(subject, **where)
            mentions = find_mentions("|".join((subject, *_practices(indicator))), **where)
            return spans | {name: found[0].span for name, found in mentions.items()}

        return self.ledger.remember(("subject", subject), report_ids, find)


def _practices(indicator: Indicator) -> tuple[str, ...]:
    """The terms of the field that name what an indicator counts: 首违不罚 of 免罚案件数."""
    terms = field_terms()
    return tuple(
        name
        for name in indicator.synonyms
        if len(name) >= _TERM and name in terms and indicator.subject not in name
    )
