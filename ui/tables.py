"""Records as a table on the terminal, as CSV, as an Excel file, or as JSON."""

from __future__ import annotations

import csv
import io
import json
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from rich import box
from rich.console import Console
from rich.table import Table

from ui.messages import Messages
from ui.records import Record

PIPE_WIDTH = 200  # columns of a table that is not shown on a terminal
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes such text for a formula


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook; `widths` are of its columns, in characters."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    widths: Sequence[int] = ()


def write_table(
    records: Sequence[Record], columns: Sequence[str], out: TextIO, say: Messages
) -> None:
    """A table of these columns with headings in the reader's language."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        number = any(isinstance(record[column], int | float) for record in records)
        table.add_column(say(f"column_{column}"), justify="right" if number else "left")
    for record in records:
        table.add_row(*(_short(column, record[column]) for column in columns))
    width = None if out.isatty() else PIPE_WIDTH
    Console(file=out, width=width, markup=False, highlight=False, emoji=False).print(table)


def write_rows(headings: Sequence[str], rows: Sequence[Sequence[object]], out: TextIO) -> None:
    """A table with these headings, as wide as its cells where it is not shown on a terminal."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in headings:
        table.add_column(heading)
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    width = None if out.isatty() else PIPE_WIDTH
    Console(file=out, width=width, markup=False, highlight=False, emoji=False).print(table)


def write_csv(records: Sequence[Record], columns: Sequence[str], out: TextIO) -> None:
    """CSV after RFC 4180, the first line the record's keys; lists are joined by " > "."""
    write_csv_rows(columns, ([record[column] for column in columns] for record in records), out)


def write_csv_rows(headings: Sequence[str], rows: Iterable[Sequence[object]], out: TextIO) -> None:
    """CSV after RFC 4180; text that a spreadsheet would compute is kept from it."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_plain(value) for value in row])


def write_xlsx(
    records: Sequence[Record], columns: Sequence[str], out: BinaryIO, say: Messages
) -> None:
    """An Excel workbook with one sheet, headings in the reader's language."""
    headings = [say(f"column_{column}") for column in columns]
    rows = [[record[column] for column in columns] for record in records]
    write_workbook((Sheet("fazhi", headings, rows),), out)


def write_workbook(sheets: Iterable[Sheet], out: BinaryIO) -> None:
    """An Excel workbook; the headings stay in sight, text is never taken for a formula."""
    from openpyxl import Workbook  # noqa: PLC0415  only this format needs it

    book = Workbook(write_only=True)
    for part in sheets:
        sheet = book.create_sheet(part.name)
        sheet.freeze_panes = "A2"
        for letter, width in zip(string.ascii_uppercase, part.widths, strict=False):
            sheet.column_dimensions[letter].width = width
        sheet.append(list(part.headings))
        for row in part.rows:
            sheet.append([_plain(value) for value in row])
    whole = io.BytesIO()  # a zip file is written back and forth, a pipe is not
    book.save(whole)
    out.write(whole.getvalue())


def write_json(value: object, out: TextIO) -> None:
    """Indented JSON with Chinese as it is, and a line end."""
    json.dump(value, out, ensure_ascii=False, indent=1)
    out.write("\n")


def write_json_line(value: object, out: TextIO) -> None:
    """JSON on one line, handed on at once."""
    out.write(json.dumps(value, ensure_ascii=False) + "\n")
    out.flush()


def _short(column: str, value: object) -> str:
    """A cell of a table on the terminal, of the warnings only their codes."""
    if column == "warnings" and isinstance(value, list | tuple):
        return ", ".join(str(warning).partition(":")[0] for warning in value)
    return _cell(value)


def _plain(value: object) -> str | int | float | None:
    """A value that a spreadsheet shows as it stands, and never computes.

    >>> _plain("=1+1")
    "'=1+1"
    """
    if value is None or isinstance(value, int | float):
        return value
    text = _cell(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return " > ".join(map(str, value))
    return str(value)
