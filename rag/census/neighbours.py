"""The figures that stand beside those of a census and qualify them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from rag.indicators import Indicator
from rag.judgements import Judgement
from rag.models import Fact


class Figures(Protocol):
    """Where the figures of a paragraph are looked up (`rag.ledger.Ledger`)."""

    def facts_in(self, paragraphs: Collection[tuple[str, int]]) -> tuple[Fact, ...]: ...


def read_neighbours(
    judged: Sequence[Sequence[Judgement]], ledger: Figures
) -> dict[str, list[Fact]]:
    """By report, the figures of the paragraphs that its judgements rest on."""
    facts = [judgement.fact for judgements in judged for judgement in judgements if judgement.fact]
    near: dict[str, list[Fact]] = {}
    places = {(fact.report_id, fact.paragraph) for fact in facts}
    for fact in ledger.facts_in(places) if places else ():
        near.setdefault(fact.report_id, []).append(fact)
    return near


def with_neighbours(
    judgement: Judgement, near: Sequence[Fact], names: Mapping[str, Indicator]
) -> Judgement:
    """The judgement with those of its paragraph's figures that qualify its own."""
    if judgement.fact is None or judgement.state not in ("match", "other_value"):
        return judgement
    return replace(judgement, beside=beside(judgement.fact, near, names))


def beside(fact: Fact, facts: Sequence[Fact], by_name: Mapping[str, Indicator]) -> tuple[Fact, ...]:
    """Counts of the same sentence that qualify a rate, or the parts of a whole (rule 8)."""
    indicator = by_name.get(fact.indicator or "")
    counts = (*indicator.implied_by, indicator.needs_case) if indicator else ()
    if fact.unit != "%":
        return tuple(part for part in facts if part.whole == fact.value_start)
    near = [
        other
        for other in facts
        if other.paragraph == fact.paragraph
        and other.unit != "%"
        and other.kind == fact.kind
        and other.sentence == fact.sentence
        and 0 <= fact.start - other.end <= 60
        and (other.indicator in counts or _both_of_court(fact.label, other.label))
    ]
    return tuple(near)


def _both_of_court(rate: str, count: str) -> bool:
    court = ("应诉", "出庭", "诉讼")
    return any(word in rate for word in court) and any(word in count for word in court)
