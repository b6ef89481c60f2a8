"""What an address of the room asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

from rag.models import ReportCard

LONGEST = 80  # characters of what is looked for


@dataclass(frozen=True)
class Wanted:
    """Which reports and indicators are shown; empty means all."""

    place: str = ""  # words of the names of a place
    year: int | None = None
    subject: str = ""  # key of a subject
    indicator: str = ""  # whose chart is shown
    page: int = 1

    def turned(self, page: int) -> Wanted:
        return replace(self, page=page)

    def fits(self, card: ReportCard) -> bool:
        """Whether a report is of the place and year."""
        if self.year is not None and card.year != self.year:
            return False
        place = card.place
        names = "".join(
            name or "" for name in (place.province, place.city, place.county, place.town)
        )
        return all(word in names for word in self.place.split())


def wanted_of(query: str) -> Wanted:
    """What an address query asks for; what cannot be read is passed over."""
    values = {key: found[0] for key, found in parse_qs(query.removeprefix("?")).items()}

    def number(key: str) -> int | None:
        text = values.get(key, "")
        return int(text) if text.isdecimal() and len(text) < 7 else None

    return Wanted(
        place=values.get("place", "")[:LONGEST].strip(),
        year=number("year"),
        subject=values.get("subject", "")[:LONGEST],
        indicator=values.get("indicator", "")[:LONGEST],
        page=max(1, number("page") or 1),
    )


def address_of(wanted: Wanted) -> str:
    """The address of it, relative to the page's base, which is that of the whole app."""
    return f"./indicators{query_of(wanted)}"


def query_of(wanted: Wanted, **more: str | int) -> str:
    """The address query that asks for it.

    >>> query_of(Wanted(place="石柱", year=2024))
    '?place=%E7%9F%B3%E6%9F%B1&year=2024'
    """
    values: dict[str, str | int] = {}
    for key in ("place", "year", "subject", "indicator"):
        value = getattr(wanted, key)
        if value:
            values[key] = value
    if wanted.page > 1:
        values["page"] = wanted.page
    return "?" + urlencode(values | more)
