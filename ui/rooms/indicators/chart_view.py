"""A chart of one indicator as HTML: bars over reports, lines over years, gaps as gaps.

It is text first: every bar and point is a link with its value in words, which a screen
reader reads and a click follows to the source.
"""

from __future__ import annotations

from html import escape

from rag.census import Matrix
from rag.indicators import Register
from rag.models import Language
from ui.ledger.matrix import cell_words, heading
from ui.ledger.words import said
from ui.rooms.indicators.charts import Bar, Line, bars_of, lines_of
from ui.rooms.indicators.matrix_view import render_conflict, report_name, source_of
from ui.rooms.indicators.pager import render_pager
from ui.rooms.indicators.wanted import Wanted, address_of
from ui.texts import Texts

MOST_LINES = 24
WIDTH, HEIGHT, EDGE = 220, 70, 12  # of a town's line, in pixels


def render_chart(
    matrix: Matrix, register: Register, wanted: Wanted, texts: Texts, *, bars: int
) -> str:
    """The chart of the matrix's only indicator.

    Args:
        bars: how many of the bars are on one page.
    """
    language = texts.language
    name = matrix.indicators[0]
    indicator = register.get(name)
    every = bars_of(matrix, name)
    pages = max(1, -(-len(every) // bars))
    wanted = wanted.turned(min(wanted.page, pages))
    shown = every[(wanted.page - 1) * bars : wanted.page * bars]
    back = address_of(Wanted(wanted.place, wanted.year, wanted.subject))
    stated = sum(bar.share is not None for bar in every)
    told = said("room", "stated", language).format(stated=stated, gaps=len(every) - stated)
    return (
        f'<p><a href="{escape(back)}" id="back">{escape(said("room", "back", language))}</a></p>'
        f'<h3 id="chart-title" tabindex="-1">{escape(heading(name, register, language))}</h3>'
        f'<p class="sub">{escape(indicator.definition if language == "zh" else name)}</p>'
        f'<p class="count" role="status">{escape(told)}</p>'
        f"{_lines(lines_of(every), wanted, texts)}"
        f"<h4>{escape(said('room', 'by_town', language))}</h4>"
        f'<ul class="bars">{"".join(_bar(bar, wanted, texts) for bar in shown)}</ul>'
        f"{render_pager(wanted, pages, len(every), bars, texts)}"
    )


def _bar(bar: Bar, wanted: Wanted, texts: Texts) -> str:
    words = escape(cell_words(bar.judgement, texts.language, flag=False))
    name = f'<span class="name">{escape(report_name(bar.card))}</span>'
    flag = render_conflict(bar.judgement, texts)
    fact = bar.judgement.fact
    if bar.share is None or fact is None:
        return f'<li class="gap">{name}<span class="value">{words}</span>{flag}</li>'
    width = round(100 * bar.share, 1)
    return (
        f'<li><a href="{escape(source_of(fact, wanted))}">{name}'
        f'<span class="track" aria-hidden="true"><span style="width:{width}%"></span></span>'
        f'<span class="value">{words}</span></a>{flag}</li>'
    )


def _lines(lines: tuple[Line, ...], wanted: Wanted, texts: Texts) -> str:
    if not lines:
        return ""
    language = texts.language
    drawn = "".join(_line(line, wanted, language) for line in lines[:MOST_LINES])
    more = ""
    if len(lines) > MOST_LINES:
        words = said("room", "more_lines", language).format(count=len(lines) - MOST_LINES)
        more = f'<p class="sub">{escape(words)}</p>'
    title = escape(said("room", "by_year", language))
    return f'<h4>{title}</h4><div class="lines">{drawn}</div>{more}'


def _line(line: Line, wanted: Wanted, language: Language) -> str:
    """A town's years from left to right; the line breaks where a year has no value."""
    years = [bar.card.year or 0 for bar in line.points]
    span = max(years) - min(years) or 1
    largest = max(bar.share or 0 for bar in line.points) or 1
    pieces: list[list[str]] = [[]]
    points = []
    listed = []
    last = None
    for bar, year in zip(line.points, years, strict=True):
        if bar.share is None or (last is not None and year - last > 1):
            pieces.append([])
        last = year
        x = round(EDGE + (WIDTH - 2 * EDGE) * (year - min(years)) / span, 1)
        listed.append(_year(bar, year, wanted, language))
        if bar.share is None:
            points.append(f'<text x="{x}" y="{HEIGHT - 4}" class="missing">×</text>')
            continue
        y = round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * bar.share / largest, 1)
        pieces[-1].append(f"{x},{y}")
        points.append(f'<circle cx="{x}" cy="{y}" r="4"></circle>')
    paths = "".join(f'<polyline points="{" ".join(one)}"></polyline>' for one in pieces if one)
    return (
        f"<figure><figcaption>{escape(line.name)}</figcaption>"
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{paths}{"".join(points)}</svg>'
        f"<ol>{''.join(listed)}</ol></figure>"
    )


def _year(bar: Bar, year: int, wanted: Wanted, language: Language) -> str:
    words = f"{year} {cell_words(bar.judgement, language)}"
    if bar.share is None or bar.judgement.fact is None:
        return f'<li class="gap">{escape(words)}</li>'
    return f'<li><a href="{escape(source_of(bar.judgement.fact, wanted))}">{escape(words)}</a></li>'
