"""Which figures an ingest made appear, change or vanish, town by town."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rag.database import Database
from rag.errors import ReportNotFound
from rag.models import Fact, FactKind, Number, Qualifier, ReportCard

_Key = tuple[str | float | None, ...]
_KeyOf = Callable[["Figure"], _Key]


@dataclass(frozen=True)
class Figure:
    """What a fact says, without where it stands."""

    indicator: str | None
    label: str
    value: Number | None
    low: Number | None
    high: Number | None
    unit: str
    qualifier: Qualifier
    kind: FactKind
    actor: str | None
    period: str | None
    quote: str

    @classmethod
    def of(cls, fact: Fact) -> Figure:
        return cls(
            fact.indicator,
            fact.label,
            fact.value,
            fact.low,
            fact.high,
            fact.unit,
            fact.qualifier,
            fact.kind,
            fact.actor,
            fact.period,
            fact.quote,
        )


@dataclass(frozen=True)
class FigureChange:
    before: Figure
    after: Figure


@dataclass(frozen=True)
class TownChanges:
    """What is said of a town and year now that was not before; `ingest --json` prints it.

    `source` and `report_id` name the report that answers now, None where none does.
    """

    town: str | None
    county: str | None
    city: str | None
    province: str | None
    year: int | None
    report_id: str | None
    source: str | None
    appeared: tuple[Figure, ...]
    changed: tuple[FigureChange, ...]
    vanished: tuple[Figure, ...]


class Ledgers:
    """The figures of towns as they were before a run first touched them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._before: dict[_Key, tuple[ReportCard, tuple[Fact, ...]]] = {}

    def note(self, card: ReportCard) -> None:
        """Keep what answers for the card's town and year; to be called before it changes."""
        if _key(card) not in self._before:
            answering = self._answering(card)
            self._before[_key(card)] = card, self._facts(answering)

    def changes(self) -> tuple[TownChanges, ...]:
        """What differs now, by place and year; towns of which all is as before are left out."""
        found = (self._changes(card, before) for card, before in self._before.values())
        named = [changes for changes in found if changes is not None]
        return tuple(sorted(named, key=_by_place_and_year))

    def _changes(self, noted: ReportCard, before: Sequence[Fact]) -> TownChanges | None:
        answering = self._answering(noted)
        appeared, changed, vanished = compare(before, self._facts(answering))
        if not (appeared or changed or vanished):
            return None
        card = answering[0] if answering else None
        place = (card or noted).place
        return TownChanges(
            place.town,
            place.county,
            place.city,
            place.province,
            noted.year,
            card.id if card else None,
            card.source if card else None,
            appeared,
            changed,
            vanished,
        )

    def _answering(self, card: ReportCard) -> list[ReportCard]:
        """The reports that answer for the card's town and year, or for it alone."""
        if card.place.town is None or card.year is None:
            return [one for one in self._stored(card.id) if _answers(one)]
        return [one for one in self._database.rivals(card) if _answers(one)]

    def _stored(self, report_id: str) -> list[ReportCard]:
        try:
            return [self._database.card(report_id)]
        except ReportNotFound:
            return []

    def _facts(self, cards: Iterable[ReportCard]) -> tuple[Fact, ...]:
        ids = [card.id for card in cards]
        return self._database.facts(report_ids=ids) if ids else ()


def compare(
    before: Iterable[Fact], after: Iterable[Fact]
) -> tuple[tuple[Figure, ...], tuple[FigureChange, ...], tuple[Figure, ...]]:
    """The figures that appeared, those whose value changed, and those that vanished.

    Two figures are one that changed where indicator (or label), kind, actor and period are
    the same, or failing that indicator (or label) and kind; in the order in which they stand.
    """
    old = [Figure.of(fact) for fact in before]
    new = [Figure.of(fact) for fact in after]
    _matched(old, new, lambda figure: (*_said(figure), figure.label))
    changed: list[FigureChange] = []
    for of_figure in (_said_of, _name_and_kind):
        changed += (FigureChange(*pair) for pair in _matched(old, new, of_figure))
    return tuple(new), tuple(changed), tuple(old)


def _matched(old: list[Figure], new: list[Figure], key_of: _KeyOf) -> list[tuple[Figure, Figure]]:
    """Pairs with the same key, each figure in one at most; they are taken out of the lists."""
    waiting: dict[_Key, list[Figure]] = {}
    for figure in new:
        waiting.setdefault(key_of(figure), []).append(figure)
    pairs = []
    for figure in old:
        candidates = waiting.get(key_of(figure))
        if candidates:
            pairs.append((figure, candidates.pop(0)))
    taken = {id(figure) for pair in pairs for figure in pair}
    old[:] = [figure for figure in old if id(figure) not in taken]
    new[:] = [figure for figure in new if id(figure) not in taken]
    return pairs


def _said(figure: Figure) -> _Key:
    """All that a figure says."""
    value = (figure.value, figure.low, figure.high, figure.unit, figure.qualifier)
    return (*_said_of(figure), *value)


def _said_of(figure: Figure) -> _Key:
    """What a figure is about."""
    return figure.indicator or figure.label, figure.kind, figure.actor, figure.period


def _name_and_kind(figure: Figure) -> _Key:
    return figure.indicator or figure.label, figure.kind


def _answers(card: ReportCard) -> bool:
    return card.type == "report" and card.superseded_by is None


def _key(card: ReportCard) -> _Key:
    place = card.place
    if place.town is None or card.year is None:
        return (card.id,)
    return place.town, place.county, place.city, place.province, card.year


def _by_place_and_year(changes: TownChanges) -> tuple[str, str, str, str, int]:
    names = (changes.province, changes.city, changes.county, changes.town)
    province, city, county, town = (name or "" for name in names)
    return province, city, county, town, changes.year or 0
