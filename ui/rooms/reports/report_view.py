"""A report read as a whole, as HTML: what it is, its outline, its paragraphs, its figures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import urlencode

from rag.models import Fact, Paragraph, Report, Section, stored_offsets
from ui.rooms.reports.addresses import place_link, report_link, room_link
from ui.rooms.reports.figures import said
from ui.source_view import DOWNLOADS, SourceLink, highlighted
from ui.texts import Texts

ROLES = ("achievements", "duties", "shortcomings", "plans")


def render_report(
    report: Report, link: SourceLink, texts: Texts, *, original: bool, back: str = "?"
) -> str:
    """The whole report; the place that `link` names is marked.

    Args:
        original: whether the file it came in is kept, to be downloaded.
        back: the address query of the list it was opened from.
    """
    return (
        f'<article class="report" lang="zh" data-report="{escape(report.card.id)}">'
        f'<p class="back" lang="{texts.language}"><a href="{escape(room_link(back))}" id="back">'
        f"{escape(texts('reports_back'))}</a></p>"
        f"{_head(report, texts, original)}"
        f'<div class="reading">{_outline(report, texts)}'
        f'<div class="text">{_text(report, link, texts)}{_figures(report, texts)}</div></div>'
        "</article>"
    )


def _head(report: Report, texts: Texts, original: bool) -> str:
    card = report.card
    place = card.place
    names = (place.province, place.city, place.county, place.town)
    where = " ".join(dict.fromkeys(name for name in names if name)) or texts("unknown")
    year = texts("year", year=card.year) if card.year else texts("unknown")
    if card.year_doubtful:
        year += f" ({texts('source_year_doubtful')})"
    rows = [
        ("column_place", where),
        ("column_year", year),
        ("report_issuers", texts("list_separator").join(card.issuers)),
        ("report_published", card.published or ""),
        ("column_source", f"{card.source} ({card.encoding})"),
        ("report_holds", texts("report_counts", paragraphs=card.paragraphs, facts=card.facts)),
    ]
    items = "".join(
        f"<dt>{escape(texts(key))}</dt><dd>{escape(value)}</dd>" for key, value in rows if value
    )
    return (
        f'<header lang="{texts.language}">'
        f'<h2 tabindex="-1" id="report-title" lang="zh">'
        f"{escape(card.title or texts('source_untitled'))}</h2>"
        f"{_standing(report, texts)}<dl>{items}</dl>{_doubts(report, texts)}"
        f"{_actions(report, texts, original)}</header>"
    )


def _standing(report: Report, texts: Texts) -> str:
    """What keeps a report from answering."""
    card = report.card
    parts = []
    if card.superseded_by:
        query = escape(report_link(card.superseded_by))
        parts.append(
            f'{escape(texts("report_superseded"))} <a href="{query}">'
            f"{escape(texts('report_answering'))}</a>"
        )
    if card.unreadable:
        parts.append(escape(texts("report_unreadable")))
    if card.type == "other":
        parts.append(escape(texts("report_other")))
    return "".join(f'<p class="standing">{part}</p>' for part in parts)


def _doubts(report: Report, texts: Texts) -> str:
    warnings = report.card.warnings
    if not warnings:
        return ""
    items = "".join(f"<li>{escape(warning)}</li>" for warning in warnings)
    label = escape(texts("reports_warnings", count=len(warnings)))
    return f'<details class="doubts"><summary>{label}</summary><ul>{items}</ul></details>'


def _actions(report: Report, texts: Texts, original: bool) -> str:
    card = report.card
    link = escape(report_link(card.id))
    done = escape(texts("copied"))
    address = escape(f"{DOWNLOADS}original?{urlencode({'report': card.id})}")
    file = f'<a href="{address}" download>{escape(texts("source_original"))}</a>'
    name = escape(f"{card.place.town or card.source} {card.year or ''}".strip())
    return (
        f'<p class="actions"><button type="button" id="copy-link" data-link="{link}" '
        f'data-done="{done}">{escape(texts("copy_link"))}</button>{file if original else ""}'
        f'<button type="button" class="danger" id="remove-this" data-remove="{escape(card.id)}" '
        f'data-name="{name}">{escape(texts("reports_remove"))}</button></p>'
    )


def _outline(report: Report, texts: Texts) -> str:
    """The sections, each a link to where it begins."""
    first = _first_paragraphs(report)
    items = "".join(
        _section(section, report, first[section.headings], texts)
        for section in report.sections
        if section.headings and section.headings in first
    )
    if not items:
        return ""
    label = escape(texts("report_outline"))
    return f'<nav class="outline" aria-label="{label}"><h3>{label}</h3><ol>{items}</ol></nav>'


def _section(section: Section, report: Report, paragraph: int, texts: Texts) -> str:
    query = place_link(SourceLink(report.card.id, paragraph))
    depth = min(len(section.headings), 4)
    role = (
        f'<small lang="{texts.language}">{escape(texts(f"role_{section.role}"))}</small>'
        if depth == 1 and section.role in ROLES
        else ""
    )
    return (
        f'<li class="depth-{depth}"><a href="{escape(query)}">{escape(section.headings[-1])}</a>'
        f"{role}</li>"
    )


def _first_paragraphs(report: Report) -> Mapping[tuple[str, ...], int]:
    """The number of the first paragraph of each section and of what it is in."""
    first: dict[tuple[str, ...], int] = {}
    for paragraph in report.paragraphs:
        for depth in range(1, len(paragraph.section) + 1):
            first.setdefault(paragraph.section[:depth], paragraph.number)
    return first


def _text(report: Report, link: SourceLink, texts: Texts) -> str:
    if not report.paragraphs:
        return f'<p class="none">{escape(texts("report_no_text"))}</p>'
    facts: dict[int, list[Fact]] = {}
    for fact in report.facts:
        facts.setdefault(fact.paragraph, []).append(fact)
    parts: list[str] = []
    before: tuple[str, ...] = ()
    for paragraph in report.paragraphs:
        parts += _headings(before, paragraph.section)
        before = paragraph.section
        parts.append(_paragraph(paragraph, report, link, facts.get(paragraph.number, ()), texts))
    return "".join(parts)


def _headings(before: tuple[str, ...], now: tuple[str, ...]) -> Iterable[str]:
    """The headings that begin where the section changes."""
    same = 0
    while same < min(len(before), len(now)) and before[same] == now[same]:
        same += 1
    for depth in range(same, len(now)):
        level = min(depth + 3, 6)
        yield f"<h{level}>{escape(now[depth])}</h{level}>"


def _paragraph(
    paragraph: Paragraph, report: Report, link: SourceLink, facts: Iterable[Fact], texts: Texts
) -> str:
    here = link.paragraph == paragraph.number
    before, inside, after = highlighted(paragraph, report, link) if here else ("", "", "")
    html = (
        f'{escape(before)}<mark class="cited">{escape(inside)}</mark>{escape(after)}'
        if inside
        else _with_figures(paragraph, report, facts, texts)
    )
    query = escape(place_link(SourceLink(report.card.id, paragraph.number)))
    label = escape(texts("report_paragraph", number=paragraph.number + 1))
    page = (
        f'<small lang="{texts.language}">{escape(texts("source_page", page=paragraph.page))}</small>'
        if paragraph.page is not None
        else ""
    )
    chosen = ' class="here"' if here else ""
    return (
        f'<div class="paragraph" id="p-{paragraph.number}"><a class="number" href="{query}" '
        f'aria-label="{label}">{paragraph.number + 1}</a><p{chosen}>{html}</p>{page}</div>'
    )


def _with_figures(paragraph: Paragraph, report: Report, facts: Iterable[Fact], texts: Texts) -> str:
    """The paragraph's text with the value of each figure marked, and told on pointing at it."""
    offsets = stored_offsets(paragraph.start, paragraph.end, report.removals)
    spans: dict[tuple[int, int], list[Fact]] = {}
    for fact in facts:
        start, end = bisect_left(offsets, fact.value_start), bisect_left(offsets, fact.value_end)
        if start < end:
            spans.setdefault((start, end), []).append(fact)
    text, position, parts = paragraph.text, 0, []
    for (start, end), found in sorted(spans.items()):
        if start < position:
            continue  # inside the one before
        title = escape("; ".join(said(fact, texts) for fact in found))
        kinds = " ".join(sorted({f"kind-{fact.kind}" for fact in found}))
        parts.append(
            f'{escape(text[position:start])}<mark class="figure {kinds}" title="{title}">'
            f"{escape(text[start:end])}</mark>"
        )
        position = end
    return "".join(parts) + escape(text[position:])


def _figures(report: Report, texts: Texts) -> str:
    """All figures of the report as a table, each with a link to its paragraph."""
    if not report.facts:
        return ""
    heads = ("column_label", "column_value", "column_kind", "column_indicator", "report_where")
    head = "".join(f'<th scope="col">{escape(texts(key))}</th>' for key in heads)
    rows = "".join(_figure_row(fact, report, heads, texts) for fact in report.facts)
    label = escape(texts("report_figures", count=len(report.facts)))
    return (
        f'<details class="ledger" lang="{texts.language}"><summary>{label}</summary>'
        f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        "</div></details>"
    )


def _figure_row(fact: Fact, report: Report, heads: tuple[str, ...], texts: Texts) -> str:
    place = SourceLink(report.card.id, fact.paragraph, fact.start, fact.end)
    where = escape(texts("report_paragraph", number=fact.paragraph + 1))
    cells = (
        f'<span lang="zh">{escape(fact.label)}</span>',
        escape(said(fact, texts, label=False)),
        escape(texts(f"kind_{fact.kind}")),
        f'<span lang="zh">{escape(fact.indicator or "")}</span>',
        f'<a href="{escape(place_link(place))}">{where}</a>',
    )
    columns = "".join(
        f'<td data-label="{escape(texts(key))}"><div>{cell}</div></td>'
        for key, cell in zip(heads, cells, strict=True)
    )
    return f"<tr>{columns}</tr>"
