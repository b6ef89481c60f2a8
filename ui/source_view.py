"""The source panel: a quote highlighted in its paragraph, with what stands around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs, urlencode

from rag.errors import ReportNotFound
from rag.models import Citation, Paragraph, Report, quote_of
from ui.texts import Texts

DOWNLOADS = "download/"  # where the server answers with files, relative to the page


@dataclass(frozen=True)
class SourceLink:
    """A place in a stored report, as the page's address names it."""

    report_id: str
    paragraph: int
    start: int = 0  # of the quote in the stored text; start == end: nothing to highlight
    end: int = 0


def link_to(citation: Citation) -> SourceLink:
    """The place a citation points at."""
    return SourceLink(citation.report_id, citation.paragraph, citation.start, citation.end)


def link_query(link: SourceLink) -> str:
    """The address query of a place; it can be shared and opened again.

    >>> link_query(SourceLink("mawu", 17, 1804, 1815))
    '?report=mawu&p=17&start=1804&end=1815'
    """
    query: dict[str, str | int] = {"report": link.report_id, "p": link.paragraph}
    if link.end > link.start:
        query |= {"start": link.start, "end": link.end}
    return "?" + urlencode(query)


def parse_query(query: str) -> SourceLink | None:
    """The place an address query names; None when it names no report.

    A number that is none reads as 0: addresses are typed and cut off by hand.

    >>> parse_query("?lang=en&report=mawu&p=17&start=1804&end=1815")
    SourceLink(report_id='mawu', paragraph=17, start=1804, end=1815)
    """
    values = parse_qs(query.removeprefix("?"))
    if "report" not in values:
        return None

    def number(key: str) -> int:
        text = values.get(key, ["0"])[0]
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    return SourceLink(values["report"][0], number("p"), number("start"), number("end"))


def highlighted(paragraph: Paragraph, report: Report, link: SourceLink) -> tuple[str, str, str]:
    """A paragraph's text before, inside and after the linked span.

    Offsets are of the stored text; what repair removed is not in the paragraph's
    text, so the lengths of the repaired spans are what places the cut.
    """
    start, end = max(link.start, paragraph.start), min(link.end, paragraph.end)
    if start >= end:
        return paragraph.text, "", ""
    before = len(quote_of(report.text, paragraph.start, start, report.removals))
    inside = len(quote_of(report.text, start, end, report.removals))
    text = paragraph.text
    return text[:before], text[before : before + inside], text[before + inside :]


def render_source(report: Report, link: SourceLink, texts: Texts, *, original: bool = False) -> str:
    """The panel for one place of a report, as HTML; `original` offers the file to download.

    Raises:
        ReportNotFound: the report has no such paragraph.
    """
    numbers = {paragraph.number: position for position, paragraph in enumerate(report.paragraphs)}
    if link.paragraph not in numbers:
        raise ReportNotFound(texts("bad_link", query=link_query(link)))
    position = numbers[link.paragraph]
    paragraph = report.paragraphs[position]
    nearby = report.paragraphs[max(0, position - 1) : position + 2]
    return "".join(
        (
            '<article class="source-open"><header class="source-head">',
            _bar(report, texts),
            _heading(report, texts),
            _path(paragraph.section),
            _where(report, paragraph, texts),
            _actions(link, texts, original),
            "</header>",
            f'<div class="source-text">{_paragraphs(nearby, report, link)}</div>',
            _repair_note(report, link, texts),
            _steps(report, position, link, texts),
            "</article>",
        )
    )


def render_source_hint(texts: Texts) -> str:
    """The panel while nothing is open, as HTML."""
    return (
        f'<div class="source-empty"><h2>{escape(texts("source"))}</h2>'
        f"<p>{escape(texts('source_hint'))}</p></div>"
    )


def _bar(report: Report, texts: Texts) -> str:
    card = report.card
    year = texts("year", year=card.year) if card.year else texts("unknown")
    place = f"{card.place.town or card.source} · {year}"
    return (
        f'<div class="source-bar"><span>{escape(texts("source"))}：{escape(place)}</span>'
        f'<a class="source-close" href="?close=1" aria-label="{escape(texts("source_close"))}">'
        "×</a></div>"
    )


def _heading(report: Report, texts: Texts) -> str:
    card = report.card
    place = (card.place.province, card.place.city, card.place.county, card.place.town)
    # The city of a municipality is the municipality: named once.
    names = " ".join(dict.fromkeys(part for part in place if part))
    doubt = (
        f'<span class="badge">{escape(texts("source_year_doubtful"))}</span>'
        if card.year_doubtful
        else ""
    )
    return (
        f'<h2 tabindex="-1">{escape(card.title or texts("source_untitled"))}</h2>'
        f'<p class="meta">{escape(names)}{doubt}</p>'
    )


def _path(section: tuple[str, ...]) -> str:
    if not section:
        return ""
    items = "".join(f"<li>{escape(heading)}</li>" for heading in section)
    return f'<ol class="path">{items}</ol>'


def _paragraphs(paragraphs: Iterable[Paragraph], report: Report, link: SourceLink) -> str:
    parts: list[str] = []
    for paragraph in paragraphs:
        before, inside, after = highlighted(paragraph, report, link)
        mark = f"<mark>{escape(inside)}</mark>" if inside else ""
        name = "here" if paragraph.number == link.paragraph else "beside"
        parts.append(f'<p class="{name}">{escape(before)}{mark}{escape(after)}</p>')
    return "".join(parts)


def _repair_note(report: Report, link: SourceLink, texts: Texts) -> str:
    inside = any(
        link.start < removal.end and removal.start < link.end for removal in report.removals
    )
    return f'<p class="repaired">{escape(texts("source_repaired"))}</p>' if inside else ""


def _where(report: Report, paragraph: Paragraph, texts: Texts) -> str:
    parts = [
        texts("source_file", source=report.card.source),
        texts("source_paragraph", number=paragraph.number + 1, total=len(report.paragraphs)),
    ]
    if paragraph.page is not None:
        parts.append(texts("source_page", page=paragraph.page))
    return f'<p class="where">{escape(" · ".join(parts))}</p>'


def _actions(link: SourceLink, texts: Texts, original: bool) -> str:
    """The link to share, and the file as it came in."""
    shared = (
        f'<button type="button" data-link="{escape(link_query(link))}" '
        f'data-done="{escape(texts("copied"))}">{escape(texts("copy_link"))}</button>'
    )
    address = f"{DOWNLOADS}original?{urlencode({'report': link.report_id})}"
    file = f'<a href="{escape(address)}" download>{escape(texts("source_original"))}</a>'
    return f'<p class="actions">{shared}{file if original else ""}</p>'


def _steps(report: Report, position: int, link: SourceLink, texts: Texts) -> str:
    steps: list[str] = []
    for key, neighbour in (("source_previous", position - 1), ("source_next", position + 1)):
        if 0 <= neighbour < len(report.paragraphs):
            number = report.paragraphs[neighbour].number
            query = link_query(SourceLink(link.report_id, number, link.start, link.end))
            steps.append(f'<a href="{escape(query)}">{escape(texts(key))}</a>')
    return f'<nav class="steps" aria-label="{escape(texts("source"))}">{"".join(steps)}</nav>'
