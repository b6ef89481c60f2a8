"""Judge all reports in scope by how an indicator's figure stands to another figure."""

from __future__ import annotations

from dataclasses import replace

from rag.census.earlier import earlier_figures, judged_by_change, of_year, year_before
from rag.census.indicator_columns import Column, IndicatorColumns
from rag.census.references import Reference, compared
from rag.judgements import Judgement
from rag.models import Condition, ReportCard


def is_compared(condition: Condition) -> bool:
    """Whether a condition is on how a figure stands to another one, not to a value."""
    return bool(
        condition.than_place
        or condition.than_indicator
        or condition.than_wider
        or condition.than_year
    )


class ComparedColumns(IndicatorColumns):
    """Compares figures with another town's, the county's, another indicator's, another year's."""

    def by_comparison(self, condition: Condition) -> Column:
        return (self._beside_earlier if condition.than_year else self._compared)(condition)

    def _compared(self, condition: Condition) -> Column:
        """Reports compared with another place's figure, or with another figure of their own."""
        asked = Condition(condition.indicator, "mentions")
        stated = self.by_indicator(asked)
        if condition.than_indicator:
            other = self.by_indicator(Condition(condition.than_indicator, "mentions"))
            references = {card.id: Reference.of(other.get(card.id)) for card in self.cards}
            return compared(condition, stated, references)
        if condition.than_wider:
            return compared(condition, stated, self._wider(condition.indicator))
        place = condition.than_place or ""
        theirs = [card for card in self.ledger.cards(places=[place]) if not card.unreadable]
        columns = IndicatorColumns(self.ledger, self.lexical, self.register, theirs)
        figures = columns.by_indicator(asked)
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
        stated = self.by_indicator(asked)
        cards = {card.id: card for card in self.cards}
        for report_id, facts in self.facts_on(indicator, family).items():
            judgement = stated.get(report_id)
            own = judgement.fact if judgement and judgement.state == "match" else None
            told = earlier_figures(own, facts, {member.name for member in family})
            told = of_year(told, cards[report_id], condition)
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
        columns = IndicatorColumns(self.ledger, self.lexical, self.register, earlier)
        figures = columns.by_indicator(Condition(condition.indicator, "mentions"))
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
        for report_id, facts in self.facts_on(self.names[name], family).items():
            named = {member.name for member in family}
            others = [f for f in facts if f.kind == "other_actor" and f.indicator in named]
            figures = (Reference(f.value, f.unit, (f,)) for f in others if f.value is not None)
            found[report_id] = next(figures, None)
        return found
