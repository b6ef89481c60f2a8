"""Question files for people who use a spreadsheet: CSV and XLSX, and a template to begin with.

One question a row under the names of the keys. A cell that holds several things has one a
line; the parts of a thing are separated by "|". A cell left empty is a key left out. `required` and `group` are for JSONL.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from eval.dataset import GoldSpan, Question, check_entries, first_or_raise
from rag.errors import BadQuestionFile

COLUMNS = (
    "id", "question", "language", "kind", "history", "status", "reports", "in_scope", "values",
    "spans", "census", "yes_no", "must_not", "must_say", "tags", "note",
)  # fmt: skip
_LISTS = frozenset({"history", "reports", "must_not", "tags"})
NONE = "-"  # in `reports`: none of them, where an empty cell means "not scored"
HELP = {
    "id": "unique",
    "question": "as a user would ask it",
    "language": "zh | en",
    "kind": "census lookup compare rank aggregate trend describe yes_no corpus",
    "history": "earlier questions, one a line",
    "status": "answered | not_found | out_of_scope",
    "reports": "file names, one a line; - for none",
    "in_scope": "a number",
    "values": "file | value | unit | qualifier, one a line",
    "spans": "file | words as they stand (\\n: line break) | which one, one a line",
    "census": "file | state, one a line",
    "yes_no": "yes | no",
    "must_not": "one a line",
    "must_say": "alternatives | of one line, one list a line",
    "tags": "one a line",
    "note": "for people",
}


def read_sheet(path: Path) -> tuple[Question, ...]:
    """The questions of a CSV or XLSX file, in order.

    Raises:
        BadQuestionFile: it cannot be read, or a row is not a question; the message names
            file, row and key.
    """
    return first_or_raise(path, _objects(path))


def lint_sheet(path: Path) -> tuple[str, ...]:
    """Everything wrong with the rows that could be read; raises BadQuestionFile as read_sheet."""
    return tuple(found for found in check_entries(_objects(path)) if isinstance(found, str))


def _objects(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """The rows as objects, each with its place; the row of help is passed over."""
    rows = _xlsx_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path)
    header, *body = rows or [[]]
    unknown = [name for name in header if name and name not in COLUMNS]
    if unknown or "question" not in header:
        named = ", ".join(unknown) or "question"
        raise BadQuestionFile(f"{path}:1: column {named}; `fazhi eval --template` writes the names")
    objects = []
    for number, row in enumerate(body, start=2):
        cells = dict(zip(header, row, strict=False))
        if any(cells.values()) and cells.get("id") != "#":
            objects.append((f"{path}:{number}", _object(cells, f"{path}:{number}")))
    return objects


def write_sheet(questions: Sequence[Question], path: Path, *, help_row: bool = False) -> None:
    """The questions as CSV (UTF-8 with a mark, as Excel wants it) or XLSX, by the ending.

    Args:
        help_row: a second row, with "#" as id, says what goes into each column.
    """
    rows: list[list[str]] = [list(COLUMNS)]
    if help_row:
        rows.append(["#" if name == "id" else HELP[name] for name in COLUMNS])
    rows += [_row(question) for question in questions]
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".xlsx":
        _write_xlsx(rows, path)
        return
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def _csv_rows(path: Path) -> list[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadQuestionFile(f"{path}: {error.strerror}; give a CSV file") from error
    except UnicodeDecodeError as error:
        message = f"{path}: not UTF-8 at byte {error.start}; save it as “CSV UTF-8”"
        raise BadQuestionFile(message) from error
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]


def _xlsx_rows(path: Path) -> list[list[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415  half a second to import
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        sheet = load_workbook(io.BytesIO(path.read_bytes()), data_only=True).worksheets[0]
    except (OSError, InvalidFileException, BadZipFile, KeyError) as error:
        raise BadQuestionFile(f"{path}: not an XLSX file: {error}; save it again") from error
    return [[_cell_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def _cell_text(cell: object) -> str:
    """A cell as it was typed: a number without the .0 that a spreadsheet gives it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell).strip()


def _object(cells: Mapping[str, str], place: str) -> dict[str, Any]:
    """A row as the object that its line of a JSONL file would be."""
    found: dict[str, Any] = {}
    for name, cell in cells.items():
        if cell and name:
            found[name] = _value(name, cell, place)
    return found


def _value(name: str, cell: str, place: str) -> Any:
    parts = [[part.strip() for part in line.split("|")] for line in cell.splitlines() if line]
    if name in _LISTS:
        entries = [line.strip() for line in cell.splitlines() if line.strip()]
        return [] if name == "reports" and cell == NONE else entries
    if name == "census":
        return dict(_pairs(parts, name, place))
    if name == "spans":
        return [_gold_span(part, place) for part in parts]
    if name == "values":
        return [_gold_value(part, place) for part in parts]
    if name == "must_say":
        return parts
    if name == "yes_no":
        return _yes_no(cell, place)
    return cell


def _pairs(parts: Iterable[Sequence[str]], name: str, place: str) -> list[tuple[str, str]]:
    pairs = []
    for part in parts:
        if len(part) != 2:
            raise BadQuestionFile(f"{place}: {name}: {' | '.join(part)!r} is not “{HELP[name]}”")
        pairs.append((part[0], part[1]))
    return pairs


def _gold_span(part: Sequence[str], place: str) -> dict[str, Any]:
    """A span; its line breaks are typed as \\n, and which one it is may follow."""
    if len(part) not in (2, 3) or (len(part) == 3 and not part[2].isdigit()):
        raise BadQuestionFile(f"{place}: spans: {' | '.join(part)!r} is not “{HELP['spans']}”")
    span: dict[str, Any] = {"source": part[0], "text": part[1].replace("\\n", "\n")}
    return span | ({"occurrence": int(part[2])} if len(part) == 3 else {})


def _span_cell(span: GoldSpan) -> str:
    which = f" | {span.occurrence}" if span.occurrence else ""
    return f"{span.source} | " + span.text.replace("\n", "\\n") + which


def _gold_value(part: Sequence[str], place: str) -> dict[str, Any]:
    if not 2 <= len(part) <= 4:
        raise BadQuestionFile(f"{place}: values: {' | '.join(part)!r} is not “{HELP['values']}”")
    try:
        number = float(part[1].replace(",", ""))
    except ValueError as error:
        raise BadQuestionFile(f"{place}: values: {part[1]!r} is not a number") from error
    value: dict[str, Any] = {
        "source": part[0] or None,
        "value": int(number) if number == int(number) else number,
    }
    more = zip(("unit", "qualifier"), part[2:], strict=False)
    return value | {key: text for key, text in more if text}


def _yes_no(cell: str, place: str) -> bool:
    said = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}
    if cell.lower() not in said:
        raise BadQuestionFile(f"{place}: yes_no: {cell!r} is neither yes nor no")
    return said[cell.lower()]


def _row(question: Question) -> list[str]:
    values = []
    for value in question.values:
        parts = [value.source or "", f"{value.value:.15g}", value.unit]
        values.append(
            " | ".join([*parts, *([] if value.qualifier == "exact" else [value.qualifier])])
        )
    cells: dict[str, str] = {
        "id": question.id,
        "question": question.question,
        "language": question.language,
        "kind": question.kind,
        "history": "\n".join(question.history),
        "status": question.status,
        "reports": NONE if question.reports == () else "\n".join(question.reports or ()),
        "in_scope": "" if question.in_scope is None else str(question.in_scope),
        "values": "\n".join(values),
        "spans": "\n".join(_span_cell(span) for span in question.spans),
        "census": "\n".join(f"{source} | {state}" for source, state in question.census.items()),
        "yes_no": {True: "yes", False: "no", None: ""}[question.yes_no],
        "must_not": "\n".join(question.must_not),
        "must_say": "\n".join(" | ".join(words) for words in question.must_say),
        "tags": "\n".join(question.tags),
        "note": question.note,
    }
    return [cells[name] for name in COLUMNS]


def _write_xlsx(rows: Sequence[Sequence[str]], path: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415  half a second to import
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "questions"
    for row in rows:
        sheet.append([cell or None for cell in row])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.data_type = "s" if cell.value is not None else cell.data_type  # never a formula
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for number, _ in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = 24
    book.save(path)
