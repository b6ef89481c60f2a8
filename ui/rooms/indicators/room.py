"""What the Indicators room shows, as HTML: the matrix, a chart, or a source paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from rag.errors import FazhiError
from rag.models import ReportCard
from rag.stores import Stores
from ui.ledger.matrix import matrix_of, stated_indicators
from ui.ledger.words import said
from ui.render import render_error
from ui.rooms.controls import select
from ui.rooms.indicators.chart_view import render_chart
from ui.rooms.indicators.matrix_view import render_matrix
from ui.rooms.indicators.pager import render_pager
from ui.rooms.indicators.subjects import Subject, by_subject
from ui.rooms.indicators.wanted import Wanted, query_of, wanted_of
from ui.source_view import highlighted, link_query, parse_query
from ui.texts import Texts

ROWS = 25  # reports of one page of the matrix
BARS = 50  # reports of one page of a chart


def render_room(content: str, texts: Texts) -> str:
    """The whole room around its content."""
    return (
        f'<div class="room indicators" data-lang="{texts.language}">'
        f"<h2>{escape(texts('room_indicators'))}</h2>"
        f'<p class="sub">{escape(said("room", "hint", texts.language))}</p>'
        f'<div class="beside"><div id="content">{content}</div>'
        f'<aside id="indicator-source" aria-live="polite" hidden></aside></div></div>'
    )


def show_content(query: str, *, stores: Stores, texts: Texts) -> str:
    """The chart of the indicator that an address names, else the matrix."""
    wanted = wanted_of(query)
    try:
        with stores.snapshot() as state:
            return _shown(wanted, state, texts)
    except FazhiError as error:
        return render_error(str(error), texts)


def show_source(query: str, *, stores: Stores, texts: Texts) -> str:
    """The paragraph that an address names, its figure marked; empty where it names none."""
    link = parse_query(query)
    if link is None:
        return ""
    try:
        with stores.database.snapshot() as database:
            report = database.report(link.report_id)
    except FazhiError as error:
        return render_error(str(error), texts)
    paragraph = next((one for one in report.paragraphs if one.number == link.paragraph), None)
    if paragraph is None:
        return ""
    before, inside, after = highlighted(paragraph, report, link)
    marked = f"{escape(before)}<mark>{escape(inside)}</mark>{escape(after)}" if inside else ""
    path = " › ".join(paragraph.section)
    language = texts.language
    return (
        f'<button type="button" id="source-close">{escape(said("room", "close", language))}'
        f'</button><h3 tabindex="-1" id="source-title">{escape(report.card.title or report.card.source)}'
        f'</h3><p class="sub">{escape(path)}</p><blockquote>{marked or escape(before)}</blockquote>'
        f'<p><a href="./{escape(link_query(link))}">{escape(said("room", "read_on", language))}</a>'
        "</p>"
    )


def _shown(wanted: Wanted, state: Stores, texts: Texts) -> str:
    every = state.database.cards()
    if not every:
        return f'<p class="none">{escape(said("room", "no_reports", texts.language))}</p>'
    cards = [card for card in every if wanted.fits(card)]
    years = sorted({card.year for card in every if card.year}, reverse=True)
    stated = by_subject(stated_indicators(state))
    if wanted.indicator in state.register:
        matrix = matrix_of(state, [wanted.indicator], cards)
        shown = render_chart(matrix, state.register, wanted, texts, bars=BARS)
        return _filters(wanted, years, {}, texts) + shown
    subject = _subject(wanted, stated)
    pages = max(1, -(-len(cards) // ROWS))
    wanted = wanted.turned(min(wanted.page, pages))
    turned = cards[(wanted.page - 1) * ROWS : wanted.page * ROWS]
    matrix = matrix_of(state, stated.get(subject, ()) if subject else (), turned)
    return (
        _filters(wanted, years, stated, texts, subject)
        + _count(cards, every, texts)
        + render_matrix(matrix, state.register, wanted, texts)
        + render_pager(wanted, pages, len(cards), ROWS, texts)
        + _exports(wanted, texts)
    )


def _subject(wanted: Wanted, stated: dict[Subject, tuple[str, ...]]) -> Subject | None:
    named = (subject for subject in stated if subject.key == wanted.subject)
    return next(named, next(iter(stated), None))


def _filters(
    wanted: Wanted,
    years: Sequence[int],
    stated: dict[Subject, tuple[str, ...]],
    texts: Texts,
    chosen: Subject | None = None,
) -> str:
    """Place and year, and what the indicators are about or which one is charted."""
    language = texts.language
    place, year = said("room", "place", language), said("columns", "year", language)
    options = [("", said("room", "all_years", language)), *((str(y), str(y)) for y in years)]
    about = said("room", "subject", language)
    subjects = [(s.key, f"{s.name(language)} ({len(names)})") for s, names in stated.items()]
    choice = select("subject", about, subjects, chosen.key) if chosen else ""
    kept = (
        f'<input type="hidden" name="indicator" value="{escape(wanted.indicator)}">'
        if not stated
        else ""
    )
    return (
        f'<form class="search" role="search"><input type="search" name="place" id="place" '
        f'value="{escape(wanted.place)}" maxlength="80" aria-label="{escape(place)}" '
        f'placeholder="{escape(place)}">'
        f"{select('year', year, options, str(wanted.year or ''))}{choice}{kept}"
        f'<button id="find-go">{escape(texts("search"))}</button></form>'
    )


def _count(cards: Sequence[ReportCard], every: Sequence[ReportCard], texts: Texts) -> str:
    words = said("room", "count", texts.language)
    told = words.format(shown=len(cards), stored=len(every))
    return f'<p class="count" role="status">{escape(told)}</p>'


def _exports(wanted: Wanted, texts: Texts) -> str:
    """Links to the whole of what is wanted as files: every page, every indicator."""
    language = texts.language
    query = query_of(wanted.turned(1), lang=language)
    links = "".join(
        f'<a href="./indicators/matrix.{form}{escape(query)}" download id="export-{form}">'
        f"{escape(said('room', f'export_{form}', language))}</a>"
        for form in ("xlsx", "csv")
    )
    return f'<p class="exports">{escape(said("room", "export", language))} {links}</p>'
