"""What a chart of an indicator is drawn from: values on one scale, and years in a row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from rag.census import Matrix
from rag.judgements import Judgement
from rag.models import ReportCard

_MONEY = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}


@dataclass(frozen=True)
class Bar:
    """One report; `share` is its part of the largest value, None where it has no value."""

    card: ReportCard
    judgement: Judgement
    share: float | None  # 0 to 1


@dataclass(frozen=True)
class Line:
    """One town over all years of its reports, the years without a value among them."""

    name: str
    points: tuple[Bar, ...]  # by year


def bars_of(matrix: Matrix, indicator: str) -> tuple[Bar, ...]:
    """All reports, the largest stated value first, those without a value last."""
    judged = [(card, matrix.cell(card, indicator)) for card in matrix.cards]
    sizes = {card.id: size for card, one in judged if (size := _size(one)) is not None}
    largest = max(sizes.values(), default=0) or 1
    bars = [
        Bar(card, one, sizes[card.id] / largest if card.id in sizes else None)
        for card, one in judged
    ]
    return tuple(sorted(bars, key=lambda bar: -1 if bar.share is None else bar.share, reverse=True))


def lines_of(bars: tuple[Bar, ...]) -> tuple[Line, ...]:
    """The towns that report of several years and give a value in one of them, by name."""
    by_town: dict[tuple[str, str, str, str], list[Bar]] = defaultdict(list)
    for bar in bars:
        place = bar.card.place
        if place.town and bar.card.year:
            town = (place.province or "", place.city or "", place.county or "", place.town)
            by_town[town].append(bar)
    found = []
    for town, of_town in sorted(by_town.items(), key=lambda item: item[0]):
        if len(of_town) > 1 and any(bar.share is not None for bar in of_town):
            ordered = sorted(of_town, key=lambda bar: bar.card.year or 0)
            found.append(Line(town[-1], tuple(ordered)))
    return tuple(found)


def _size(judgement: Judgement) -> float | None:
    """The stated value on a common scale; a range by its upper end, a gap by none."""
    fact = judgement.fact
    if judgement.state != "match" or fact is None:
        return None
    value = fact.value if fact.value is not None else fact.high
    return None if value is None else float(value) * _MONEY.get(fact.unit, 1)
