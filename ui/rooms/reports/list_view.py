"""The list of what is stored, as HTML."""

from __future__ import annotations

from html import escape

from ui.reasons import reason_in
from ui.rooms.controls import select
from ui.rooms.reports.addresses import report_link, room_link
from ui.rooms.reports.stored import COLUMNS, ROWS, STATES, Column, Entry, Turned, listing_query
from ui.texts import Texts

COUNTED = ("warnings", "paragraphs", "facts")  # columns that are sorted from the largest down


def render_list(turned: Turned, texts: Texts) -> str:
    """The search, the filters, the table, and the pages."""
    if not turned.stored and not turned.entries and not turned.listing.find:
        return f'<p class="none">{escape(texts("reports_none"))}</p>'
    return (
        f"{_search(turned, texts)}"
        f'<p class="count" role="status">{escape(_count(turned, texts))}</p>'
        f"{_table(turned, texts) if turned.entries else ''}{_pager(turned, texts)}"
    )


def place_of(entry: Entry) -> str:
    """The town and year of an entry, or its file where they are not known."""
    return f"{entry.place.town or entry.source} {entry.year or ''}".strip()


def _search(turned: Turned, texts: Texts) -> str:
    listing = turned.listing
    label = escape(texts("reports_find"))
    years = [("", texts("reports_all_years")), *((str(year), str(year)) for year in turned.years)]
    states = [("", texts("reports_all_states"))]
    states += [(state, texts(f"stored_{state}")) for state in STATES]
    return (
        '<form class="search" role="search" data-list>'
        f'<input type="search" name="find" id="find" value="{escape(listing.find)}" '
        f'aria-label="{label}" placeholder="{label}" maxlength="80">'
        f"{select('year', texts('filter_years'), years, str(listing.year or ''))}"
        f"{select('state', texts('column_stored'), states, listing.state)}"
        f'<button id="find-go">{escape(texts("search"))}</button></form>'
    )


def _count(turned: Turned, texts: Texts) -> str:
    return texts("reports_count", rows=turned.rows, stored=turned.stored)


def _table(turned: Turned, texts: Texts) -> str:
    heads = "".join(_head(column, turned, texts) for column in COLUMNS)
    rows = "".join(_row(entry, texts) for entry in turned.entries)
    every = escape(texts("reports_choose_all"))
    return (
        '<div class="table"><table>'
        f'<caption class="unseen">{escape(texts("room_reports"))}</caption><thead><tr>'
        f'<th scope="col"><input type="checkbox" id="choose-all" aria-label="{every}"></th>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        f'<p class="chosen"><button type="button" id="remove-chosen" class="danger" data-remove '
        f"disabled>{escape(texts('reports_remove_chosen'))}</button></p>"
    )


def _head(column: Column, turned: Turned, texts: Texts) -> str:
    listing = turned.listing
    name = texts("column_stored" if column == "verdict" else f"column_{column}")
    here = listing.sort == column
    descending = not listing.descending if here else column in COUNTED
    way = ("descending" if listing.descending else "ascending") if here else "none"
    sign = {"ascending": " ▲", "descending": " ▼"}.get(way, "")
    query = listing_query(listing, sort=column, descending=descending, page=1)
    title = escape(texts("sort_by", column=name))
    return (
        f'<th scope="col" aria-sort="{way}"><a href="{escape(room_link(query))}" id="sort-{column}" '
        f'title="{title}">{escape(name)}<span aria-hidden="true">{sign}</span></a></th>'
    )


def _row(entry: Entry, texts: Texts) -> str:
    name = place_of(entry)
    choose = escape(texts("reports_choose", name=name))
    cells = (
        ("place", _place(entry)),
        ("year", _year(entry, texts)),
        ("source", escape(entry.source)),
        ("verdict", _state(entry, texts)),
        ("warnings", _warnings(entry, texts)),
        ("paragraphs", str(entry.paragraphs) if entry.is_report else ""),
        ("facts", str(entry.facts) if entry.is_report else ""),
    )
    labels = {"verdict": texts("column_stored")}
    columns = "".join(
        f'<td class="cell-{key}" data-label="{escape(labels.get(key) or texts(f"column_{key}"))}">'
        f"<div>{html}</div></td>"
        for key, html in cells
    )
    return (
        f'<tr class="is-{entry.state}"><td class="cell-choose"><input type="checkbox" name="id" '
        f'value="{escape(entry.id)}" data-name="{escape(name)}" aria-label="{choose}"></td>'
        f"{columns}</tr>"
    )


def _place(entry: Entry) -> str:
    place = entry.place
    above = (place.province, place.city, place.county)
    names = " ".join(dict.fromkeys(name for name in above if name))
    sub = f'<span class="sub">{escape(names)}</span>' if names else ""
    town = escape(place.town or entry.title or entry.source)
    if not entry.is_report:
        return town
    return f'<a href="{escape(report_link(entry.id))}">{town}</a>{sub}'


def _year(entry: Entry, texts: Texts) -> str:
    doubt = (
        f'<span class="badge warn">{escape(texts("source_year_doubtful"))}</span>'
        if entry.year_doubtful
        else ""
    )
    return f"{entry.year or '–'}{doubt}"


def _state(entry: Entry, texts: Texts) -> str:
    badge = f'<span class="badge">{escape(texts("stored_sample"))}</span>' if entry.sample else ""
    verdict = f"verdict_{entry.verdict}"
    came = (
        f'<span class="sub">{escape(texts(verdict))}</span>'
        if entry.verdict in ("added", "updated")
        else ""
    )
    return f"<b>{escape(texts(f'stored_{entry.state}'))}</b>{badge}{came}"


def _warnings(entry: Entry, texts: Texts) -> str:
    told = (*entry.warnings, *filter(None, [reason_in(texts.language, entry.error)]))
    if not told:
        return ""
    items = "".join(f"<li>{escape(warning)}</li>" for warning in told)
    label = escape(texts("reports_warnings", count=len(told)))
    return f"<details><summary>{label}</summary><ul>{items}</ul></details>"


def _pager(turned: Turned, texts: Texts) -> str:
    if turned.pages == 1:
        return ""
    first = (turned.page - 1) * ROWS + 1
    where = texts("page_where", first=first, last=first + len(turned.entries) - 1, rows=turned.rows)
    return (
        f'<nav class="pager" aria-label="{escape(texts("pages"))}">'
        f"{_turning('page_before', turned.page - 1, turned, texts)}"
        f"<span>{escape(where)}</span>"
        f"{_turning('page_after', turned.page + 1, turned, texts)}</nav>"
    )


def _turning(key: str, page: int, turned: Turned, texts: Texts) -> str:
    label = escape(texts(key))
    if not 1 <= page <= turned.pages:
        return f'<span class="off">{label}</span>'
    query = escape(room_link(listing_query(turned.listing, page=page)))
    return f'<a href="{query}" id="{key}">{label}</a>'
