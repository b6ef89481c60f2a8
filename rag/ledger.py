"""The ledger as questions read it: what many of them need stays in memory while nothing changes.

A census over thousands of reports reads the cards and the facts of an indicator once; the
next question about it reads none. What is kept is of one generation of the database, so a
question never mixes two states of it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from rag.database import Database
from rag.database.sources import read_facts_in, read_removals, read_sources
from rag.models import Contradiction, Fact, LeftOut, Paragraph, Removal, ReportCard, Section
from rag.nameable import NameablePlaces
from rag.remembered import Remembered
from rag.reports import Reports

MOST_FACTS = 200_000  # kept in memory, about 1 KB each
MOST_ANSWERS = 200_000  # of what was looked up about a report, about 0.5 KB where there is any
MOST_REPORTS = 3_000  # whose removals are kept, about 10 KB each
MOST_SCOPES = 32  # of which the reports are kept, with what is made of them
MOST_THINGS = 256  # made once of many reports, at most about 100 KB each of 10,000

T = TypeVar("T")
FactsByReport = Mapping[str, tuple[Fact, ...]]


class Holdings:
    """The cards of one generation by place, and its facts by indicator, the last asked for."""

    def __init__(self, generation: int, cards: tuple[ReportCard, ...]) -> None:
        self.generation = generation
        self.cards = Reports(cards)
        self.cards.scope = (frozenset[str](), frozenset[int]())
        self.remembered = Remembered(MOST_ANSWERS)
        self.removals = Remembered(MOST_REPORTS)
        self._facts: OrderedDict[str, FactsByReport] = OrderedDict()
        self._scopes: OrderedDict[Hashable, Reports] = OrderedDict()
        self._made: OrderedDict[Hashable, Any] = OrderedDict()
        self._contradictions: Mapping[str, tuple[Contradiction, ...]] | None = None
        self._lock = threading.Lock()

    @cached_property
    def numbers_by_place(self) -> Mapping[str, tuple[int, ...]]:
        """By full name of a town, county, city or province, which cards lie there."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, card in enumerate(self.cards):
            place = card.place
            uppers = {upper for upper in (place.county, place.city, place.province) if upper}
            names = uppers | {place.town or ""} | {f"{upper}{place.town}" for upper in uppers}
            for name in names - {""}:
                found[name].append(number)
        return {name: tuple(numbers) for name, numbers in found.items()}

    @cached_property
    def nameable(self) -> NameablePlaces:
        """The places of the reports, by how their names sound and are spelt."""
        return NameablePlaces(card.place for card in self.cards)

    @cached_property
    def years_of_places(self) -> frozenset[tuple[str, int]]:
        """Every place's full name with the years there are reports of."""
        return frozenset(
            (name, card.year)
            for card in self.cards
            for name in (card.place.town, card.place.county, card.place.city, card.place.province)
            if name and card.year
        )

    def reports(self, places: Collection[str], years: Collection[int]) -> Reports:
        """The reports of these places and years; the same ones each time, while they are kept."""
        if not places and not years:
            return self.cards
        scope = (frozenset(places), frozenset(years))
        with self._lock:
            if scope in self._scopes:
                self._scopes.move_to_end(scope)
                return self._scopes[scope]
        by_place = self.numbers_by_place if places else {}
        numbers = sorted({n for place in places for n in by_place.get(place, ())})
        cards = [self.cards[number] for number in numbers] if places else self.cards
        found = Reports(card for card in cards if not years or card.year in years)
        found.scope = scope
        with self._lock:
            self._scopes[scope] = found
            while len(self._scopes) > MOST_SCOPES:
                self._scopes.popitem(last=False)
        return found

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made under a key, made when it is first asked for; the longest unasked go."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                kept: T = self._made[key]
                return kept
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > MOST_THINGS:
                self._made.popitem(last=False)
        return made

    def contradictions(self, database: Database) -> Mapping[str, tuple[Contradiction, ...]]:
        """Those of every report, read once."""
        if self._contradictions is None:
            self._contradictions = database.contradictions()
        return self._contradictions

    def facts(self, indicator: str, database: Database) -> FactsByReport:
        """The indicator's facts by report, from memory where they are there."""
        with self._lock:
            if indicator in self._facts:
                self._facts.move_to_end(indicator)
                return self._facts[indicator]
        by_report: dict[str, list[Fact]] = defaultdict(list)
        for fact in database.facts(indicators=[indicator]):
            by_report[fact.report_id].append(fact)
        found = {report_id: tuple(facts) for report_id, facts in by_report.items()}
        with self._lock:
            self._facts[indicator] = found
            while len(self._facts) > 1 and sum(map(len, self._facts.values())) > MOST_FACTS:
                self._facts.popitem(last=False)
        return found


class Ledger:
    """What a census reads of one state of the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.holdings = _holdings_of(database)

    def cards(self, *, places: Collection[str] = (), years: Collection[int] = ()) -> Reports:
        """The answering reports of these places and years, by place, then year."""
        return self.holdings.reports(places, years)

    def facts_of(self, indicator: str) -> FactsByReport:
        """The facts of an indicator in every answering report, by report, in order."""
        return self.holdings.facts(indicator, self._database)

    def facts(self, report_ids: Collection[str]) -> tuple[Fact, ...]:
        """All facts of these reports, by report and position."""
        return self._database.facts(report_ids=report_ids)

    def facts_in(self, paragraphs: Collection[tuple[str, int]]) -> tuple[Fact, ...]:
        """The facts of these paragraphs, each named by report id and number."""
        return read_facts_in(self._database, paragraphs)

    def paragraphs(
        self, *, report_ids: Collection[str] | None = None, ids: Collection[str] | None = None
    ) -> tuple[Paragraph, ...]:
        return self._database.paragraphs(report_ids=report_ids, ids=ids)

    def removals(self, report_ids: Collection[str]) -> Mapping[str, tuple[Removal, ...]]:
        """By report, what repair removed; a report without removals is missing."""

        def read(unread: Collection[str]) -> Mapping[str, tuple[Removal, ...]]:
            return read_removals(self._database, unread)

        return self.holdings.removals.of("removals", report_ids, read)

    def remember(
        self,
        question: Hashable,
        report_ids: Collection[str],
        find: Callable[[Collection[str]], Mapping[str, T]],
    ) -> dict[str, T]:
        """What `find` gives for these reports, looked up once while nothing changes."""
        return self.holdings.remembered.of(question, report_ids, find)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is made of all reports under a key, made once while nothing changes."""
        return self.holdings.once(key, make)

    def contradictions(self) -> Mapping[str, tuple[Contradiction, ...]]:
        """By answering report, where its figures disagree; most reports are missing."""
        return self.holdings.contradictions(self._database)

    def sections(self, report_id: str) -> tuple[Section, ...]:
        return self._database.sections(report_id)

    def sources(
        self, report_ids: Collection[str]
    ) -> Iterable[tuple[str, str, tuple[Removal, ...]]]:
        """Id, stored text and removals of each of these reports, some at a time."""
        return read_sources(self._database, report_ids, self.removals)

    def left_out(self) -> LeftOut:
        return self._database.left_out()


# The last generation of each open database that a question saw.
_kept: WeakKeyDictionary[object, Holdings] = WeakKeyDictionary()
_keeping = threading.Lock()


def _holdings_of(database: Database) -> Holdings:
    """The holdings of the database's generation, read anew where it has changed."""
    generation = database.generation()
    with _keeping:
        kept = _kept.get(database._engine)
    if kept is not None and kept.generation == generation:
        return kept
    holdings = Holdings(generation, database.cards())
    with _keeping:
        newest = _kept.get(database._engine)
        if newest is None or newest.generation <= generation:
            _kept[database._engine] = holdings
    return holdings
