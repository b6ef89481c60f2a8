"""Does the ledger hold every figure of the reports, and each as what it is?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.dataset import span_offsets
from eval.fact_gold import GoldFact
from eval.metrics.fact_match import (
    Matched,
    PlacedGold,
    differences,
    figure_of_fact,
    figure_of_gold,
    match_facts,
    overlap,
    same_figure,
    same_label,
)
from rag.models import Fact

NOT_FOUND = "not found"
TWICE = "taken down twice"
NO_GOLD = "no such figure"


@dataclass(frozen=True)
class Tally:
    """Counts of required gold facts and of facts found."""

    gold: int
    found: int
    right: int  # gold facts that were found

    @property
    def precision(self) -> float:
        """Of the facts found, the share that is right: 0 to 1, and 1 where none is found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Of the gold facts, the share that was found: 0 to 1, and 1 where there is none."""
        return self.right / self.gold if self.gold else 1.0


@dataclass(frozen=True)
class Mismatch:
    """A gold fact that was not found, or a fact found that is not gold."""

    source: str
    text: str  # the gold text, or the quote of the fact
    figure: str  # value, unit, qualifier, kind and indicator or label
    reasons: tuple[str, ...]  # what the nearest fact of the other side has otherwise
    start: int  # offset in the stored text


@dataclass(frozen=True)
class FactScore:
    """How a ledger compares with the gold."""

    total: Tally
    by_source: Mapping[str, Tally]
    by_kind: Mapping[str, Tally]
    misses: tuple[Mismatch, ...]
    extras: tuple[Mismatch, ...]


def score_facts(
    gold: Sequence[GoldFact], found: Mapping[str, Sequence[Fact]], texts: Mapping[str, str]
) -> FactScore:
    """Precision and recall of a ledger against hand-checked facts.

    A fact is right when value, unit, qualifier and kind are right, its span overlaps the
    gold span, and its canonical indicator (for an open label: the head noun) is the gold
    one. Each gold fact makes one found fact right, so a figure taken down twice costs
    precision. 万 and 亿 are multiplied out, and 3.3万份 is 33000份; nothing else about a value
    is forgiven. A fact with the value and place of a gold fact that is not required is
    counted nowhere.

    Example: gold 结案7宗, 在办7宗, 应诉率100%; found 结案7宗, 应诉率100% as a target:
    precision 1/2, recall 1/3.

    Args:
        found: the ledger's facts by source; a source without an entry has none.
        texts: stored text by source.

    Raises:
        ValueError: a gold text does not stand in its report.
    """
    placed: dict[str, list[PlacedGold]] = {source: [] for source in found}
    for fact in gold:
        place = PlacedGold(fact, *span_offsets(fact.span, texts[fact.source]))
        placed.setdefault(fact.source, []).append(place)
    results = {
        source: match_facts(placed[source], found.get(source, ())) for source in sorted(placed)
    }
    by_source = {source: _tally(matched) for source, matched in results.items()}
    return FactScore(
        total=_sum(by_source.values()),
        by_source=by_source,
        by_kind=_by_kind(results.values()),
        misses=tuple(miss for item in results.items() for miss in _misses(*item)),
        extras=tuple(extra for item in results.items() for extra in _extras(*item)),
    )


def _sum(tallies: Iterable[Tally]) -> Tally:
    listed = list(tallies)
    return Tally(
        gold=sum(tally.gold for tally in listed),
        found=sum(tally.found for tally in listed),
        right=sum(tally.right for tally in listed),
    )


def _tally(matched: Matched) -> Tally:
    right = len(matched.right)
    return Tally(right + len(matched.missed), right + len(matched.extra), right)


def _by_kind(results: Iterable[Matched]) -> dict[str, Tally]:
    gold, found, right = Counter[str](), Counter[str](), Counter[str]()
    for matched in results:
        right.update(fact.kind for _, fact in matched.right)
        gold.update(item.fact.kind for item in matched.missed)
        found.update(fact.kind for fact in matched.extra)
    kinds = sorted({*right, *gold, *found})
    return {
        kind: Tally(right[kind] + gold[kind], right[kind] + found[kind], right[kind])
        for kind in kinds
    }


def _misses(source: str, matched: Matched) -> list[Mismatch]:
    misses: list[Mismatch] = []
    for item in matched.missed:
        near = [fact for fact in matched.extra if overlap(item, fact)]
        reasons = _nearest((item.fact, fact) for fact in near)
        figure = figure_of_gold(item.fact)
        misses.append(Mismatch(source, item.fact.text, figure, reasons or (NOT_FOUND,), item.start))
    return misses


def _extras(source: str, matched: Matched) -> list[Mismatch]:
    extras: list[Mismatch] = []
    for fact in matched.extra:
        reasons = _nearest((item.fact, fact) for item in matched.missed if overlap(item, fact))
        if not reasons and any(
            overlap(item, fact) and same_figure(item.fact, fact) for item, _ in matched.right
        ):
            reasons = (TWICE,)
        figure = f"{figure_of_fact(fact)} [{fact.rule}]"
        extras.append(Mismatch(source, fact.quote, figure, reasons or (NO_GOLD,), fact.start))
    return extras


def _nearest(pairs: Iterable[tuple[GoldFact, Fact]]) -> tuple[str, ...]:
    """What the pair that is most alike differs in; none where no pair shares value or label."""
    alike = [pair for pair in pairs if same_figure(*pair) or same_label(*pair)]
    return min((differences(*pair) for pair in alike), key=len, default=())
