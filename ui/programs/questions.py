"""Ask, facts, reports and source as plain JSON values in and out.

The HTTP API and the MCP server both give these. Arguments come from strangers, so each is
checked here: its type, its size, and that it names something that is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from rag.errors import FazhiError
from rag.models import Paragraph, ReportCard, ReportType
from ui.asks import LONGEST_QUESTION, Ask
from ui.operating.watch import Caller
from ui.records import Record, answer_record, card_record, fact_records
from ui.shelf import Shelf

MOST_HISTORY = 12  # earlier questions of a conversation
LONGEST_NAME = 200  # characters of a place, an indicator or a report's id
MOST_NAMES = 100  # places, years or indicators at once
MOST_AT_ONCE = 1000  # facts or reports in one answer; the rest is asked for with offset
ALL_TYPES: tuple[ReportType, ...] = ("report", "other")

Names = str | list[str] | None
Years = int | list[int] | None
T = TypeVar("T")


class BadRequest(FazhiError):
    """An argument has the wrong type, is too large, or names nothing that is stored."""


def ask(
    question: str,
    history: list[str] | None,
    place: Names,
    year: Years,
    *,
    shelf: Shelf,
    caller: Caller,
) -> Record:
    """The Answer as JSON, its id the request's.

    Raises:
        BadRequest: an argument cannot be used.
        StoreUnavailable: the database or an index cannot be opened.
    """
    asked = _question(question, "question")
    earlier = [] if history is None else history
    if not isinstance(earlier, list) or len(earlier) > MOST_HISTORY:
        raise BadRequest(
            f"history: give a list of the earlier questions, the last {MOST_HISTORY} at most"
        )
    asks = [Ask(_question(text, "history")) for text in earlier]
    asks.append(Ask(asked, _places(place), _years(year)))
    found = shelf.ask(asks, caller)
    return answer_record(found) | {"id": caller.request_id or None}


def facts(
    indicator: Names, place: Names, year: Years, limit: int, offset: int, *, shelf: Shelf
) -> Record:
    """Some of the facts of these indicators, places and years, by report and position.

    Raises:
        BadRequest, StoreUnavailable: as `ask` does.
    """
    names = _list_of(indicator, _name, "indicator")
    places, years = _places(place), _years(year)
    part = _part(limit, offset)
    with shelf.stores.database.snapshot() as database:
        cards = {card.id: card for card in database.cards(places=places, years=years)}
        found = database.facts(indicators=names or None, report_ids=cards)
    order = {report_id: number for number, report_id in enumerate(cards)}
    found = tuple(sorted(found, key=lambda fact: order[fact.report_id]))
    records = fact_records(found[part], cards)
    return {"total": len(found), "offset": offset, "reports": len(cards), "facts": records}


def reports(place: Names, year: Years, limit: int, offset: int, *, shelf: Shelf) -> Record:
    """Some of the stored reports, superseded ones and documents of other types among them.

    Raises:
        BadRequest, StoreUnavailable: as `ask` does.
    """
    places, years = _places(place), _years(year)
    part = _part(limit, offset)
    cards = shelf.stores.database.cards(
        places=places, years=years, types=ALL_TYPES, include_superseded=True
    )
    records = [card_record(card) for card in cards[part]]
    return {"total": len(cards), "offset": offset, "reports": records}


def source(report_id: str, paragraph: int, *, shelf: Shelf) -> Record:
    """A paragraph of a report with the one before it and the one after it, where there are any.

    Raises:
        BadRequest: there is no such report or paragraph, or an argument cannot be used.
        StoreUnavailable: the database cannot be opened.
    """
    name = _name(report_id, "report_id")
    number = _number(paragraph, "paragraph", least=0)
    ids = [f"{name}#{number + step}" for step in (-1, 0, 1)]
    with shelf.stores.database.snapshot() as database:
        card = database.card(name)
        found = {one.number: one for one in database.paragraphs(ids=ids)}
    if number not in found:
        raise BadRequest(
            f"paragraph: {card.source} has no paragraph {number}; it has {card.paragraphs}, from 0"
        )
    return {
        "report": card_record(card),
        "paragraph": _paragraph_record(found[number], card),
        "previous": _paragraph_record(found.get(number - 1), card),
        "next": _paragraph_record(found.get(number + 1), card),
    }


def _paragraph_record(paragraph: Paragraph | None, card: ReportCard) -> Record | None:
    if paragraph is None:
        return None
    return {
        "report_id": card.id,
        "paragraph": paragraph.number,
        "section": list(paragraph.section),
        "role": paragraph.role,
        "page": paragraph.page,
        "start": paragraph.start,
        "end": paragraph.end,
        "text": paragraph.text,
    }


def _question(text: object, name: str) -> str:
    if not isinstance(text, str) or not text.strip():
        raise BadRequest(f"{name}: give a question as text")
    if len(text) > LONGEST_QUESTION:
        raise BadRequest(f"{name}: {len(text)} characters are too many; {LONGEST_QUESTION} at most")
    return text.strip()


def _places(given: object) -> tuple[str, ...]:
    return _list_of(given, _name, "place")


def _years(given: object) -> tuple[int, ...]:
    def year(value: object, name: str) -> int:
        return _number(value, name, least=1900, most=2200)

    return _list_of(given, year, "year")


def _list_of(given: object, read: Callable[[object, str], T], name: str) -> tuple[T, ...]:
    """One value, a list of them, or nothing, which means all."""
    if given is None or given == "":
        return ()
    values: Sequence[object] = given if isinstance(given, list) else [given]
    if len(values) > MOST_NAMES:
        raise BadRequest(f"{name}: {len(values)} are too many; {MOST_NAMES} at most")
    return tuple(read(value, name) for value in values)


def _name(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadRequest(f"{name}: give it as text")
    if len(value) > LONGEST_NAME or not value.isprintable():
        raise BadRequest(f"{name}: there is none with such a name")
    return value.strip()


def _number(value: object, name: str, *, least: int, most: int = 10**9) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise BadRequest(f"{name}: give a whole number, {least} to {most}")
    return value


def _part(limit: object, offset: object) -> slice:
    start = _number(offset, "offset", least=0)
    return slice(start, start + _number(limit, "limit", least=1, most=MOST_AT_ONCE))
