"""A short document of headings, lines and tables as Markdown or as a Word file.

What it holds comes out of questions and reports, so in Markdown whatever could be
markup is escaped: it reads as it was written.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# CommonMark lets any ASCII punctuation be escaped; these can begin markup within a line.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~$#&!]")
_LINE_START = re.compile(r"^(\s*)([-+=>]|\d{1,9}[.)])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # which XML cannot hold


@dataclass(frozen=True)
class Heading:
    text: str
    level: int  # from 1


@dataclass(frozen=True)
class Line:
    text: str
    bullet: bool = False


@dataclass(frozen=True)
class Table:
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


Part = Heading | Line | Table


def as_markdown(parts: Iterable[Part]) -> bytes:
    """The document in Markdown, UTF-8."""
    blocks = [_block(part) for part in parts]
    return ("\n\n".join(blocks).replace("\n\n- ", "\n- ") + "\n").encode()


def as_docx(parts: Iterable[Part]) -> bytes:
    """The document as a Word file."""
    from docx import Document  # noqa: PLC0415  only this format needs it
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415

    document = Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE  # a table of quotes is wide
    page.page_width, page.page_height = page.page_height, page.page_width
    for part in parts:
        if isinstance(part, Heading):
            document.add_heading(_printable(part.text), min(part.level, 9))
        elif isinstance(part, Line):
            style = "List Bullet" if part.bullet else None
            document.add_paragraph(_printable(part.text), style=style)
        else:
            table = document.add_table(rows=0, cols=len(part.headings), style="Table Grid")
            for row in (part.headings, *part.rows):
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = _printable(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def escape_markdown(text: str) -> str:
    """Text that a Markdown renderer shows as it stands.

    >>> escape_markdown("[x](javascript:y) <b> 1. a|b")
    '\\\\[x\\\\](javascript:y) \\\\<b\\\\> 1. a\\\\|b'
    """
    escaped = _MARKUP.sub(lambda found: "\\" + found.group(), text)
    return _LINE_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", escaped)


def _block(part: Part) -> str:
    if isinstance(part, Heading):
        return "#" * min(part.level, 6) + " " + _one_line(part.text)
    if isinstance(part, Line):
        return ("- " if part.bullet else "") + _one_line(part.text)
    rows = [[_one_line(cell) for cell in row] for row in (part.headings, *part.rows)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(part.headings), *lines[1:]])


def _one_line(text: str) -> str:
    return escape_markdown(" ".join(text.split("\n")))


def _printable(text: str) -> str:
    return _CONTROLS.sub("", text)
