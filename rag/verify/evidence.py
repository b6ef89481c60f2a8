"""What an answer's claims may rest on: its quotes, and what the census itself counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from rag.judgements import Grounds
from rag.models import STATES, Answer, Citation, ConditionResult, Finding, Plan, Qualifier
from rag.reports import Reports
from rag.verify.figures import Figure, figure_of, is_unit, read_figures, read_quoted
from rag.verify.naming import by_start, called, names_of
from rag.words import fold

_CELLS = re.compile(r"\s*[|\t]\s*")


@dataclass(frozen=True)
class Evidence:
    """Citations by mark, the findings, and the plan that the answer answers.

    Also usable for a text that others wrote about the same findings and citations.
    """

    citations: Mapping[int, Citation]
    findings: Sequence[Finding] = ()
    plans: Sequence[Plan] = ()
    counts: frozenset[int] = frozenset()  # numbers of reports that the census has
    reports: Reports | None = None  # all in scope, where the findings are of those cited alone
    whole: Answer | None = None  # then: what has the findings of all

    @classmethod
    def of(cls, answer: Answer, grounds: Grounds | None = None) -> Evidence:
        """The evidence that an answer carries.

        Args:
            grounds: what its text rests on, where its findings are not to be made for it.
        """
        plans = (answer.plan, *answer.plan.parts)
        if grounds is None:
            by_mark = {citation.mark: citation for citation in answer.citations}
            return cls(by_mark, answer.findings, plans, _counts(answer))
        by_mark = {citation.mark: citation for citation in grounds.citations}
        counts = frozenset(getattr(answer.census, state) for state in (*STATES, "in_scope"))
        return cls(by_mark, grounds.findings, plans, counts, grounds.reports, answer)

    @property
    def every_finding(self) -> Sequence[Finding]:
        """Those of all reports in scope."""
        return self.whole.findings if self.whole else self.findings

    def counts_reports(self, number: int) -> bool:
        """Whether a number is one of the numbers of reports and places there are of each kind."""
        return number in self.counts or number in self._further_counts

    @cached_property
    def _further_counts(self) -> frozenset[int]:
        return _counts(self.whole) if self.whole else frozenset()

    def stated(self, marks: Iterable[int]) -> tuple[Figure, ...]:
        """The figures that the quotes of these marks state, with their headings' numbers."""
        return tuple(figure for mark in marks for figure in self._stated_by(mark))

    def _stated_by(self, mark: int) -> tuple[Figure, ...]:
        if mark not in self._figures:
            citation = self.citations[mark]
            quoted = read_quoted(fold(citation.quote))
            headings = _of_headings(citation.section)
            self._figures[mark] = quoted + headings + self._of_table(mark, quoted)
        return self._figures[mark]

    def _of_table(self, mark: int, quoted: Sequence[Figure]) -> tuple[Figure, ...]:
        """Ledger figures whose number stands bare in the quote, the unit in its table's head."""
        bare = {figure.low for figure in quoted if not figure.family}
        if not bare:
            return ()
        units = {cell for cell in _CELLS.split(fold(self.citations[mark].quote)) if is_unit(cell)}
        if len(units) == 1:  # | 罚没金额 | 万元 | 902.4 |
            unit = next(iter(units))
            return tuple(figure_of(float(number), unit) for number in bare)
        known = [
            figure_of(part.value, part.unit, part.qualifier or "exact")
            for part in self._ledger.get(mark, ())
            if part.value is not None
        ]
        return tuple(f for f in known if f.low in bare or (f.family and f.low / 10_000 in bare))

    @cached_property
    def _figures(self) -> dict[int, tuple[Figure, ...]]:
        return {}

    @cached_property
    def _ledger(self) -> dict[int, list[Finding | ConditionResult]]:
        """By mark, the parts of findings that give a value for it."""
        found: dict[int, list[Finding | ConditionResult]] = {}
        for finding in self.findings:
            parts: tuple[Finding | ConditionResult, ...] = (finding, *finding.conditions)
            for part in parts:
                if part.value is not None and part.citations:
                    found.setdefault(part.citations[0], []).append(part)
        return found

    @cached_property
    def asked(self) -> tuple[Figure, ...]:
        """The figures that the question itself names."""
        found: list[Figure] = []
        for plan in self.plans:
            for condition in plan.conditions:
                found += [
                    figure_of(value, condition.unit)
                    for value in (condition.value, condition.value2)
                    if value is not None
                ]
            words = " ".join((plan.topic, *plan.indicators, *plan.places))
            words += " ".join(condition.indicator for condition in plan.conditions)
            found += [*read_figures(fold(words)), *([figure_of(plan.top, "")] if plan.top else [])]
        return tuple(found)

    @cached_property
    def asked_places(self) -> tuple[str, ...]:
        """The places that the question names, stored or not, the longest first."""
        named = {place for plan in self.plans for place in (*plan.places, *plan.unknown_places)}
        return tuple(sorted(map(fold, named), key=lambda place: (-len(place), place)))

    @cached_property
    def years(self) -> frozenset[int]:
        """The years of the reports in scope and of the question."""
        asked = (year for plan in self.plans for year in plan.years)
        years = self.reports.years if self.reports else (f.year for f in self.findings if f.year)
        return frozenset({*asked, *years})

    def towns_and_years(self) -> Iterator[tuple[str | None, int | None]]:
        """Of which town and year each report in scope is."""
        if self.reports is not None:
            return ((card.place.town, card.year) for card in self.reports)
        return ((finding.town, finding.year) for finding in self.findings)

    @cached_property
    def totals(self) -> tuple[Figure, ...]:
        """Sums and means of the figures of the reports that the answer rests on, done again."""
        by_family: dict[str, list[Figure]] = {}
        for finding in self.every_finding:
            if finding.state == "match" and finding.value is not None:
                figure = figure_of(finding.value, finding.unit)
                by_family.setdefault(figure.family, []).append(figure)
        found = []
        together = [figure for figures in by_family.values() for figure in figures]
        parted = [*by_family.items()]
        if len(by_family) > 1:  # 场 and 个 may be one kind: compose adds only what is
            parted += [(family, together) for family in by_family if family != "%"]
        for family, figures in parted:
            total = sum((figure.low for figure in figures), Decimal(0))
            bounds: tuple[Qualifier, ...] = ("exact", "at_least", "about")
            for worth in (total, round(total / len(figures), 2)):
                found += [Figure(0, 0, worth, worth, family, bound) for bound in bounds]
        return tuple(found)

    @cached_property
    def standings(self) -> frozenset[int]:
        """At which places the matches stand in the asked order, and in that of their year.

        Those that tie share one.
        """
        order = next((plan.order for plan in self.plans if plan.standing_of), None)
        if order is None:
            return frozenset()
        sign = 1 if order == "desc" else -1
        worth = {
            id(f): figure_of(f.value, f.unit).low * sign
            for f in self.every_finding
            if f.value is not None and f.state in ("match", "other_value")
        }
        found = set()
        for one in self.every_finding:
            if one.state == "match" and id(one) in worth:
                of_year = [
                    worth[id(f)]
                    for f in self.every_finding
                    if id(f) in worth and f.year == one.year
                ]
                for others in (worth.values(), of_year):
                    found.add(1 + sum(other > worth[id(one)] for other in others))
        return frozenset(found)

    @cached_property
    def towns_by_start(self) -> Mapping[str, tuple[str, ...]]:
        """The names that reports go by, by their first two characters, longest first."""
        cited = {called(citation) for citation in self.citations.values()}
        if self.reports is None:
            return by_start({*cited, *map(called, self.findings)})
        known = self.reports.once(names_of)
        missing = cited - known.names
        return by_start(known.names | missing) if missing else known.by_start


@lru_cache(maxsize=4096)  # what stands under one heading shares it
def _of_headings(headings: tuple[str, ...]) -> tuple[Figure, ...]:
    return read_figures(fold(" ".join(headings)))


def _counts(answer: Answer) -> frozenset[int]:
    """How many reports and places there are of each kind."""
    census = answer.census
    stated = sum(finding.value is not None for finding in answer.findings)
    places = {(f.province, f.county, f.town) for f in answer.findings}
    matched = {(f.province, f.county, f.town) for f in answer.findings if f.state == "match"}
    ranked = (f.value is not None and f.state in ("match", "other_value") for f in answer.findings)
    by_year = Counter(finding.year for finding in answer.findings)
    numbers = {*by_year.values(), sum(ranked)} | {
        getattr(census, state) for state in (*STATES, "in_scope")
    }
    return frozenset(numbers | {stated, census.in_scope - stated, len(places), len(matched)})
