"""The matrix as an HTML table: a figure leads to its source, a gap says which gap it is."""

from __future__ import annotations

from html import escape

from rag.census import Matrix
from rag.indicators import Register
from rag.judgements import Judgement
from rag.models import Fact, ReportCard
from ui.ledger.matrix import cell_words, contradictions_in_words, heading
from ui.ledger.words import said
from ui.rooms.indicators.wanted import Wanted, address_of
from ui.source_view import SourceLink, link_query
from ui.texts import Texts


def render_matrix(matrix: Matrix, register: Register, wanted: Wanted, texts: Texts) -> str:
    """A row a report, a column an indicator; a column's head leads to its chart."""
    language = texts.language
    if not matrix.indicators or not matrix.cards:
        return f'<p class="none">{escape(said("room", "nothing", language))}</p>'
    heads = "".join(_head(name, register, wanted, texts) for name in matrix.indicators)
    rows = "".join(_row(card, matrix, wanted, texts) for card in matrix.cards)
    caption = escape(texts("room_indicators"))
    place = escape(said("room", "report", language))
    return (
        f'<div class="matrix" tabindex="0" role="region" aria-label="{caption}"><table>'
        f'<thead><tr><th scope="col">{place}</th>{heads}</tr></thead><tbody>{rows}</tbody>'
        "</table></div>"
    )


def source_of(fact: Fact, wanted: Wanted) -> str:
    """The address query that opens a figure's paragraph beside what is shown."""
    link = link_query(SourceLink(fact.report_id, fact.paragraph, fact.start, fact.end))
    return f"{address_of(wanted)}&{link.removeprefix('?')}".replace("?&", "?")


def report_name(card: ReportCard) -> str:
    """Town and year, or the file where they are not known."""
    return f"{card.place.town or card.source} {card.year or ''}".strip()


def render_conflict(judgement: Judgement, texts: Texts) -> str:
    """The flag of a figure that its own report contradicts; empty for others."""
    if not judgement.contradictions:
        return ""
    told = contradictions_in_words(judgement.contradictions, texts.language)
    words = said("signs", "conflict", texts.language).format(what=told)
    return f'<span class="badge warn">{escape(words)}</span>'


def _head(name: str, register: Register, wanted: Wanted, texts: Texts) -> str:
    shown = heading(name, register, texts.language)
    query = address_of(Wanted(wanted.place, wanted.year, wanted.subject, name))
    title = said("room", "chart_of", texts.language).format(indicator=shown)
    return f'<th scope="col"><a href="{escape(query)}" title="{escape(title)}">{escape(shown)}</a></th>'


def _row(card: ReportCard, matrix: Matrix, wanted: Wanted, texts: Texts) -> str:
    above = (card.place.province, card.place.city, card.place.county)
    names = " ".join(dict.fromkeys(name for name in above if name))
    cells = "".join(_cell(card, name, matrix, wanted, texts) for name in matrix.indicators)
    return (
        f'<tr><th scope="row">{escape(report_name(card))}'
        f'<span class="sub">{escape(names)}</span></th>{cells}</tr>'
    )


def _cell(card: ReportCard, name: str, matrix: Matrix, wanted: Wanted, texts: Texts) -> str:
    judgement = matrix.cell(card, name)
    words = cell_words(judgement, texts.language, flag=False)
    fact = judgement.fact
    if judgement.state != "match" or fact is None:
        return f'<td class="gap is-{judgement.state}">{escape(words)}</td>'
    other = f'<span class="sub">{escape(fact.label)}</span>' if fact.indicator != name else ""
    return (
        f'<td><a href="{escape(source_of(fact, wanted))}">{escape(words)}</a>{other}'
        f"{render_conflict(judgement, texts)}</td>"
    )
