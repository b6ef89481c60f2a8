"""An answer as a file: the table with its quotes and sources, as a sheet or as a document."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from rag.models import Answer, Citation, Finding
from ui.documents import Heading, Line, Part, Table, as_docx, as_markdown
from ui.findings_table import AS_AT_FIRST, TableView, marks_of, wanted
from ui.findings_view import format_value, state_word
from ui.prose import blocks_of
from ui.tables import Sheet, write_csv_rows, write_workbook
from ui.texts import Texts

Format = Literal["xlsx", "csv", "docx", "md"]
FORMATS: tuple[Format, ...] = get_args(Format)
COLUMNS = (
    "place", "county", "city", "province", "year", "state", "indicator", "label", "value",
    "low", "high", "unit", "qualifier", "kind", "derivation", "conflict", "quote", "source",
    "section", "page",
)  # fmt: skip
WIDTHS = (14, 18, 12, 12, 8, 12, 20, 24, 10, 8, 8, 8, 12, 14, 24, 12, 60, 24, 36, 6)
SHORT = ("place", "county", "year", "state", "value", "quote", "source")  # of a document


@dataclass(frozen=True)
class Told:
    """One answer with what was asked and how its table is wanted."""

    question: str
    answer: Answer
    view: TableView = AS_AT_FIRST


def export(told: Told, form: Format, texts: Texts) -> bytes:
    """The answer as a file; sheets hold one row a report, documents the answer as well."""
    return _WRITERS[form](told, texts)


def export_conversation(title: str, told: Sequence[Told], form: Format, texts: Texts) -> bytes:
    """Several answers as one document, a Markdown or a Word file."""
    parts: list[Part] = [Heading(title, 1)]
    for answered in told:
        parts += _document(answered, texts, level=2)
    return as_docx(parts) if form == "docx" else as_markdown(parts)


def plain_text(answer: Answer, texts: Texts) -> str:
    """An answer with its sources, to be pasted elsewhere."""
    sources = [_source_line(citation) for citation in answer.citations]
    listed = ["", f"{texts('sources')}:", *sources] if sources else []
    return "\n".join([answer.text, *answer.notes, *listed])


def _xlsx(told: Told, texts: Texts) -> bytes:
    out = io.BytesIO()
    about = [(told.question,), (told.answer.text,), *((note,) for note in told.answer.notes)]
    sheets = (
        Sheet(texts("findings_label"), _headings(COLUMNS, texts), _rows(told, texts), WIDTHS),
        Sheet(texts("conversation"), (texts("question_label"),), about, (100,)),
    )
    write_workbook(sheets, out)
    return out.getvalue()


def _csv(told: Told, texts: Texts) -> bytes:
    out = io.StringIO()
    write_csv_rows(_headings(COLUMNS, texts), _rows(told, texts), out)
    return out.getvalue().encode("utf-8-sig")  # with the mark, or Excel takes it for another code


def _docx(told: Told, texts: Texts) -> bytes:
    return as_docx(_document(told, texts))


def _md(told: Told, texts: Texts) -> bytes:
    return as_markdown(_document(told, texts))


_WRITERS: Mapping[Format, Callable[[Told, Texts], bytes]] = {
    "xlsx": _xlsx,
    "csv": _csv,
    "docx": _docx,
    "md": _md,
}


def _document(told: Told, texts: Texts, level: int = 1) -> list[Part]:
    """The question, the answer, the table, the notes and the sources."""
    answer = told.answer
    parts: list[Part] = [Heading(told.question, level)]
    for block in blocks_of(answer.text):
        kind = {"bullet": "bullet", "number": "bullet"}.get(block.kind, "text")
        text = block.text.replace("**", "")
        parts.append(
            Heading(text, level + 1) if block.kind == "heading" else Line(text, kind == "bullet")
        )
    if rows := _short_rows(told, texts):
        parts += [Heading(texts("findings_label"), level + 1), Table(_short_head(texts), rows)]
    parts += [Line(note) for note in answer.notes]
    if answer.citations:
        parts.append(Heading(texts("sources"), level + 1))
        parts += [Line(_source_line(citation)) for citation in answer.citations]
    return parts


def _headings(columns: Sequence[str], texts: Texts) -> list[str]:
    return [texts(f"column_{column}") for column in columns]


def _short_head(texts: Texts) -> list[str]:
    return _headings(SHORT, texts)


def _rows(told: Told, texts: Texts) -> list[list[object]]:
    """One row a report of the view, a cell for each of COLUMNS."""
    citations = {citation.mark: citation for citation in told.answer.citations}
    found = wanted(told.answer, told.view)
    return [[_cells(f, told, citations, texts)[key] for key in COLUMNS] for f in found]


def _short_rows(told: Told, texts: Texts) -> list[list[str]]:
    citations = {citation.mark: citation for citation in told.answer.citations}
    rows = []
    for finding in wanted(told.answer, told.view):
        bounds = (finding.low, finding.high)
        value = format_value(finding.value, finding.unit, finding.qualifier, texts, bounds)
        cells = _cells(finding, told, citations, texts) | {"value": value}
        rows.append([str(cells[key] if cells[key] is not None else "") for key in SHORT])
    return rows


def _cells(
    finding: Finding, told: Told, citations: Mapping[int, Citation], texts: Texts
) -> dict[str, object]:
    cited = [citations[mark] for mark in marks_of(finding) if mark in citations]
    sections = dict.fromkeys(" > ".join(citation.section) for citation in cited)
    pages = dict.fromkeys(str(citation.page) for citation in cited if citation.page is not None)
    return {
        "place": finding.town,
        "county": finding.county,
        "city": finding.city,
        "province": finding.province,
        "year": finding.year,
        "state": state_word(finding.state, told.answer.plan.kind, texts),
        "indicator": finding.indicator,
        "label": finding.label,
        "value": finding.value,
        "low": finding.low,
        "high": finding.high,
        "unit": finding.unit,
        "qualifier": texts(f"word_{finding.qualifier}") if finding.qualifier else None,
        "kind": texts(f"kind_{finding.kind}") if finding.kind else None,
        "derivation": finding.derivation,
        "conflict": texts("conflict") if finding.conflict else None,
        "quote": "\n".join(citation.quote for citation in cited) or None,
        "source": finding.source,
        "section": "\n".join(sections) or None,
        "page": "\n".join(pages) or None,
    }


def _source_line(citation: Citation) -> str:
    place = " ".join(str(part) for part in (citation.town, citation.year) if part)
    where = " > ".join((citation.source, *citation.section))
    return f"[{citation.mark}] {place} · {where}：{citation.quote}"
