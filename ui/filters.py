"""The provinces, counties, towns and years a reader can narrow questions to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag.models import ReportCard


@dataclass(frozen=True)
class Filters:
    """What is chosen at each level; nothing means all."""

    provinces: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """The most exact of the chosen places, as a question is narrowed to them."""
        return self.towns or self.counties or self.provinces


@dataclass(frozen=True)
class Choices:
    """What can be chosen at each level; a town named like another carries its county."""

    provinces: tuple[str, ...]
    counties: tuple[str, ...]
    towns: tuple[str, ...]
    years: tuple[int, ...]


def choices_of(cards: Sequence[ReportCard], chosen: Filters) -> Choices:
    """The places and years of the stored reports, each level within what is chosen above it."""
    same_name = Counter(
        town for town, _ in {(card.place.town, _above(card)) for card in cards} if town
    )
    in_province = [card for card in cards if _allows(chosen.provinces, card.place.province)]
    in_county = [card for card in in_province if _allows(chosen.counties, _county(card))]
    towns = [
        f"{_above(card)}{card.place.town}" if same_name[card.place.town] > 1 else card.place.town
        for card in in_county
        if card.place.town
    ]
    years = sorted({card.year for card in cards if card.year}, reverse=True)
    return Choices(
        _each_once([card.place.province for card in cards]),
        _each_once([_county(card) for card in in_province]),
        _each_once(towns),
        tuple(years),
    )


def kept_to(chosen: Filters, choices: Choices) -> Filters:
    """What of the chosen can still be chosen."""
    return Filters(
        tuple(name for name in chosen.provinces if name in choices.provinces),
        tuple(name for name in chosen.counties if name in choices.counties),
        tuple(name for name in chosen.towns if name in choices.towns),
        tuple(year for year in chosen.years if year in choices.years),
    )


def _county(card: ReportCard) -> str | None:
    """The county, or the city of a town that stands under a city itself."""
    return card.place.county or card.place.city


def _above(card: ReportCard) -> str:
    return card.place.county or card.place.city or card.place.province or ""


def _allows(chosen: Collection[str], name: str | None) -> bool:
    return not chosen or name in chosen


def _each_once(names: Sequence[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
