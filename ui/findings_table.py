"""The findings of an answer as a table: which rows a reader wants, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, Literal, get_args
from urllib.parse import parse_qs

from rag.models import STATES, Answer, Finding, State
from rag.place_names import pinyin

SortKey = Literal["place", "county", "year", "state", "value"]
SORT_KEYS: tuple[SortKey, ...] = get_args(SortKey)
ROWS = 20  # of a page
# Reports that say nothing of what was asked: in the table only where they are wanted.
SILENT: tuple[State, ...] = ("not_reported", "unreadable")
_SCALES = {"万": 1e4, "亿": 1e8}
_ORDER = {state: position for position, state in enumerate(STATES)}


@dataclass(frozen=True)
class TableView:
    """How a reader wants the table: sorted, narrowed, turned to a page (from 1)."""

    sort: SortKey | None = None  # None: by state, then as the answer has them
    descending: bool = False
    state: State | None = None
    text: str = ""
    page: int = 1


AS_AT_FIRST = TableView()


@dataclass(frozen=True)
class TablePage:
    """The rows of one page; `rows` counts those of all pages."""

    findings: tuple[Finding, ...]
    page: int
    pages: int
    rows: int


def view_of(query: str) -> TableView:
    """The view an address query names; what it does not understand stays as it is at first.

    >>> view_of("?sort=value&down=1&state=match&page=2")
    TableView(sort='value', descending=True, state='match', text='', page=2)
    """
    values = {key: found[0] for key, found in parse_qs(query.removeprefix("?")).items()}
    page = values.get("page", "1")
    return TableView(
        sort=next((key for key in SORT_KEYS if key == values.get("sort")), None),
        descending=values.get("down") == "1",
        state=next((state for state in STATES if state == values.get("state")), None),
        text=values.get("has", "").strip(),
        page=int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,
    )


def view_values(view: TableView) -> dict[str, str]:
    """What an address query names a view with."""
    values = {
        "sort": view.sort or "",
        "down": "1" if view.descending else "",
        "state": view.state or "",
        "has": view.text,
        "page": str(view.page) if view.page > 1 else "",
    }
    return {key: value for key, value in values.items() if value}


def sorted_by(view: TableView, key: SortKey) -> TableView:
    """The view after a click on a column's head: upwards, then downwards, then as at first."""
    if view.sort != key:
        return replace(view, sort=key, descending=False, page=1)
    if not view.descending:
        return replace(view, descending=True, page=1)
    return replace(view, sort=None, descending=False, page=1)


def narrowed_to(view: TableView, state: State) -> TableView:
    """The view after a click on a state: only its reports, or all again."""
    return replace(view, state=None if view.state == state else state, page=1)


def wanted(answer: Answer, view: TableView) -> tuple[Finding, ...]:
    """All rows of a view in its order; without a state or a text, those that say something."""
    found = [finding for finding in answer.findings if _is_wanted(finding, answer, view)]
    found.sort(key=lambda finding: _ORDER[finding.state])
    if view.sort is None:
        return tuple(found)
    keyed = [(_sort_value(finding, view.sort), finding) for finding in found]
    known = [(key, finding) for key, finding in keyed if key is not None]
    known.sort(key=itemgetter(0), reverse=view.descending)
    rest = [finding for key, finding in keyed if key is None]
    # What has no value stands last, whichever way it is sorted.
    return (*(finding for _, finding in known), *rest)


def page_of(answer: Answer, view: TableView) -> TablePage:
    """The rows of the page a view is turned to; a page beyond the last is the last."""
    rows = wanted(answer, view)
    pages = max(1, -(-len(rows) // ROWS))
    page = min(max(view.page, 1), pages)
    return TablePage(rows[(page - 1) * ROWS : page * ROWS], page, pages, len(rows))


def _is_wanted(finding: Finding, answer: Answer, view: TableView) -> bool:
    if view.state is not None and finding.state != view.state:
        return False
    if view.state is None and not view.text and finding.state in SILENT:
        return False
    return not view.text or view.text.casefold() in _words(finding, answer).casefold()


def _words(finding: Finding, answer: Answer) -> str:
    quotes = (c.quote for c in answer.citations if c.mark in marks_of(finding))
    value = f"{finding.value if finding.value is not None else ''}{finding.unit or ''}"
    parts: Sequence[object] = (
        finding.town, finding.county, finding.city, finding.province, finding.year,
        finding.label, value, finding.source, *quotes,
    )  # fmt: skip
    return "\n".join(str(part) for part in parts if part)


def marks_of(finding: Finding) -> tuple[int, ...]:
    """The marks of a finding and of its conditions, each once."""
    of_conditions = (mark for result in finding.conditions for mark in result.citations)
    return tuple(dict.fromkeys((*finding.citations, *of_conditions)))


def _sort_value(finding: Finding, key: SortKey) -> Any:
    """What a finding is sorted by: numbers or strings, for one key always the same."""
    if key == "value":
        value = finding.value if finding.value is not None else finding.low
        # 73.39万元 is more than 6000元: units are brought to the same scale.
        return None if value is None else value * _SCALES.get((finding.unit or "")[:1], 1)
    if key == "year":
        return finding.year
    if key == "state":
        return _ORDER[finding.state]
    name = finding.county if key == "county" else finding.town or finding.source
    return pinyin(name) if name else None
