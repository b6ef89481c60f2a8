"""The way between the pages of a matrix or a chart, as HTML."""

from __future__ import annotations

from html import escape

from ui.rooms.indicators.wanted import Wanted, address_of
from ui.texts import Texts


def render_pager(wanted: Wanted, pages: int, rows: int, size: int, texts: Texts) -> str:
    """Links to the pages before and after, where there is more than one."""
    if pages == 1:
        return ""
    first = (wanted.page - 1) * size + 1
    where = texts("page_where", first=first, last=min(rows, first + size - 1), rows=rows)

    def link(key: str, page: int) -> str:
        label = escape(texts(key))
        if not 1 <= page <= pages:
            return f'<span class="off">{label}</span>'
        return f'<a href="{escape(address_of(wanted.turned(page)))}" id="{key}">{label}</a>'

    return (
        f'<nav class="pager" aria-label="{escape(texts("pages"))}">'
        f"{link('page_before', wanted.page - 1)}<span>{escape(where)}</span>"
        f"{link('page_after', wanted.page + 1)}</nav>"
    )
