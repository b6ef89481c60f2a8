"""What is stored, as the room lists it: reports, other documents, and files that failed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import parse_qs, urlencode

from ingest.load import source_of
from rag.database import Database, FileRecord
from rag.models import Place, ReportCard

State = Literal["answers", "superseded", "unreadable", "other_document", "failed"]
STATES: tuple[State, ...] = get_args(State)
Column = Literal["place", "year", "source", "verdict", "warnings", "paragraphs", "facts"]
COLUMNS: tuple[Column, ...] = get_args(Column)
ROWS = 50  # of one page
LONGEST_FIND = 80  # characters


@dataclass(frozen=True)
class Entry:
    """A report that is stored, or a file that came to none."""

    id: str  # of the report; of a failed file: "file-" and a digest of its path
    source: str
    state: State
    verdict: str  # of the file, when it was last ingested; empty where that is not known
    title: str = ""
    place: Place = field(default_factory=Place)
    year: int | None = None
    year_doubtful: bool = False
    warnings: tuple[str, ...] = ()
    paragraphs: int = 0
    facts: int = 0
    sample: bool = False
    error: str = ""
    path: str = ""  # of a failed file

    @property
    def is_report(self) -> bool:
        return not self.path


@dataclass(frozen=True)
class Listing:
    """How the list is wanted."""

    find: str = ""
    year: int = 0  # 0: all
    state: str = ""
    sort: Column = "place"
    descending: bool = False
    page: int = 1


@dataclass(frozen=True)
class Turned:
    """A page of the list."""

    entries: tuple[Entry, ...]
    listing: Listing
    rows: int  # that fit, on all pages
    stored: int  # reports that are stored
    years: tuple[int, ...]  # of all reports, the latest first
    page: int
    pages: int


def entries_of(database: Database) -> tuple[Entry, ...]:
    """All entries, by province, city, county, town and year, the failed files last."""
    with database.snapshot() as seen:
        cards = seen.cards(types=("report", "other"), include_superseded=True)
        records = seen.file_records()
    verdicts = {
        record.report_id: record.verdict for record in records if record.verdict != "duplicate"
    }
    held = {card.id for card in cards}
    failed = [
        record for record in records
        if record.verdict == "failed" and record.report_id not in held
    ]  # fmt: skip
    return (
        *(_entry(card, verdicts.get(card.id, "")) for card in cards),
        *(_failed(record) for record in failed),
    )


def turn(entries: Sequence[Entry], listing: Listing) -> Turned:
    """The page of the entries that a listing wants."""
    found = [entry for entry in entries if _fits(entry, listing)]
    if listing.sort != "place" or listing.descending:
        found.sort(key=_ORDER[listing.sort], reverse=listing.descending)
    pages = max(1, -(-len(found) // ROWS))
    page = min(max(1, listing.page), pages)
    years = sorted({entry.year for entry in entries if entry.year}, reverse=True)
    return Turned(
        tuple(found[(page - 1) * ROWS : page * ROWS]),
        listing,
        rows=len(found),
        stored=sum(entry.is_report for entry in entries),
        years=tuple(years),
        page=page,
        pages=pages,
    )


def listing_of(query: str) -> Listing:
    """The listing that an address query names; what is none of ours is passed over.

    >>> listing_of("?find=%E9%A9%AC%E6%AD%A6&year=2024&sort=facts&down=1&page=x")
    Listing(find='马武', year=2024, state='', sort='facts', descending=True, page=1)
    """
    values = {key: found[0] for key, found in parse_qs(query.removeprefix("?")).items()}
    sort: Column = next((column for column in COLUMNS if column == values.get("sort")), "place")
    state = values.get("state", "")
    return Listing(
        find=" ".join(values.get("find", "").split())[:LONGEST_FIND],
        year=_number(values.get("year", ""), 0),
        state=state if state in STATES else "",
        sort=sort,
        descending=values.get("down") == "1",
        page=_number(values.get("page", ""), 1),
    )


def listing_query(listing: Listing, **changes: object) -> str:
    """The address query of a listing, with what differs from the whole list only.

    >>> listing_query(Listing(find="马武", year=2024), page=2)
    '?find=%E9%A9%AC%E6%AD%A6&year=2024&page=2'
    """
    wanted = replace(listing, **changes)  # type: ignore[arg-type]
    values = {
        "find": wanted.find,
        "year": wanted.year or "",
        "state": wanted.state,
        "sort": "" if wanted.sort == "place" else wanted.sort,
        "down": "1" if wanted.descending else "",
        "page": wanted.page if wanted.page > 1 else "",
    }
    return "?" + urlencode({key: value for key, value in values.items() if value})


def named(entries: Sequence[Entry], ids: Sequence[str]) -> tuple[Entry, ...]:
    """The entries with these ids, in their order; ids that are none are passed over."""
    wanted = set(ids)
    return tuple(entry for entry in entries if entry.id in wanted)


def _entry(card: ReportCard, verdict: str) -> Entry:
    state: State = "answers"
    if card.type == "other":
        state = "other_document"
    elif card.unreadable:
        state = "unreadable"
    elif card.superseded_by:
        state = "superseded"
    return Entry(
        id=card.id,
        source=card.source,
        state=state,
        verdict=verdict,
        title=card.title or "",
        place=card.place,
        year=card.year,
        year_doubtful=card.year_doubtful,
        warnings=card.warnings,
        paragraphs=card.paragraphs,
        facts=card.facts,
        sample=card.sample,
    )


def _failed(record: FileRecord) -> Entry:
    digest = hashlib.sha256(record.path.encode()).hexdigest()[:12]
    return Entry(
        id=f"file-{digest}",
        source=source_of(Path(record.path)),
        state="failed",
        verdict="failed",
        error=record.error or "",
        path=record.path,
    )


def _fits(entry: Entry, listing: Listing) -> bool:
    if listing.year and entry.year != listing.year:
        return False
    if listing.state and entry.state != listing.state:
        return False
    text = _searched(entry)
    return all(word in text for word in listing.find.casefold().split())


def _searched(entry: Entry) -> str:
    place = entry.place
    names = (place.province, place.city, place.county, place.town)
    return " ".join((*(name or "" for name in names), entry.title, entry.source)).casefold()


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else otherwise


def _by_place(entry: Entry) -> tuple[str, ...]:
    place = entry.place
    names = (place.province, place.city, place.county, place.town)
    return tuple(name or "" for name in names)


_ORDER: dict[Column, Callable[[Entry], tuple[object, ...]]] = {
    "place": lambda entry: (entry.is_report, *_by_place(entry), entry.year or 0),
    "year": lambda entry: (entry.year or 0, *_by_place(entry)),
    "source": lambda entry: (entry.source.casefold(),),
    "verdict": lambda entry: (STATES.index(entry.state), entry.verdict),
    "warnings": lambda entry: (len(entry.warnings),),
    "paragraphs": lambda entry: (entry.paragraphs,),
    "facts": lambda entry: (entry.facts,),
}
