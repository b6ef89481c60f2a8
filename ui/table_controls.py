"""The controls of a table of findings as HTML: heads that sort, a search, pages."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from rag.models import Answer
from ui.controls import button
from ui.findings_table import ROWS, SORT_KEYS, SortKey, TablePage, TableView, sorted_by
from ui.shown import Shown
from ui.texts import Texts

COLUMNS = (*SORT_KEYS, "quote")
SEARCHED_FROM = 6  # findings; fewer are seen at a glance


def render_heads(turned: TablePage, texts: Texts, shown: Shown | None) -> str:
    """The heads of the columns; with more rows than one, buttons that sort by them."""
    if shown is None or turned.rows < 2:
        return "".join(_head(key, texts) for key in COLUMNS)
    heads = "".join(_sorting_head(key, texts, shown) for key in SORT_KEYS)
    return heads + _head("quote", texts)


def render_search(answer: Answer, texts: Texts, shown: Shown) -> str:
    """A field that narrows the table to rows that hold a text; empty where there are few."""
    if len(answer.findings) < SEARCHED_FROM and not shown.view.text:
        return ""
    label = escape(texts("search_rows"))
    do = escape(shown.turn(replace(shown.view, text="", page=1)))
    return (
        f'<form class="search" role="search" data-do="{do}"><input type="search" name="has" '
        f'id="{shown.id}-has" value="{escape(shown.view.text)}" aria-label="{label}" '
        f'placeholder="{label}"><button>{escape(texts("search"))}</button></form>'
    )


def render_pager(turned: TablePage, texts: Texts, shown: Shown) -> str:
    """Where the table is turned to, with the pages before and after; empty for one page."""
    if turned.pages == 1:
        return ""
    first = (turned.page - 1) * ROWS + 1
    last = first + len(turned.findings) - 1
    where = texts("page_where", first=first, last=last, rows=turned.rows)
    return (
        f'<nav class="pager" aria-label="{escape(texts("pages"))}">'
        f"{_turning('page_before', turned.page - 1, turned, texts, shown)}"
        f"<span>{escape(where)}</span>"
        f"{_turning('page_after', turned.page + 1, turned, texts, shown)}</nav>"
    )


def _turning(key: str, page: int, turned: TablePage, texts: Texts, shown: Shown) -> str:
    off = "" if 1 <= page <= turned.pages else "disabled"
    do = shown.turn(replace(shown.view, page=page))
    return button(escape(texts(key)), do, f"{shown.id}-{key}", attributes=off)


def _head(key: str, texts: Texts) -> str:
    return f'<th scope="col">{escape(texts(f"column_{key}"))}</th>'


def _sorting_head(key: SortKey, texts: Texts, shown: Shown) -> str:
    way = _way(shown.view, key)
    sign = {"ascending": " ▲", "descending": " ▼"}.get(way, "")
    label = f'{escape(texts(f"column_{key}"))}<span aria-hidden="true">{sign}</span>'
    title = f'title="{escape(texts("sort_by", column=texts(f"column_{key}")))}"'
    do = shown.turn(sorted_by(shown.view, key))
    sorting = button(label, do, f"{shown.id}-sort-{key}", attributes=title)
    return f'<th scope="col" aria-sort="{way}">{sorting}</th>'


def _way(view: TableView, key: SortKey) -> str:
    if view.sort != key:
        return "none"
    return "descending" if view.descending else "ascending"
