"""A made report as the bytes of a file: text in several encodings, Markdown, HTML, Word, PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from html import escape
from random import Random

from eval.made.layout import Layout, Line, as_text, lines_of
from eval.made.pdf import write_pdf
from eval.made.report import MadeReport

FORMATS = {"txt": 86, "html": 5, "docx": 5, "pdf": 2, "md": 2}  # of a hundred files
ENCODINGS = {"utf-8": 80, "utf-8-sig": 6, "gb18030": 10, "utf-16": 4}
_STYLES = {0: "Title", 1: "Heading1", 2: "Heading2"}
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
}


def draw_format(random: Random) -> str:
    """The ending of a file: most are plain text."""
    return random.choices(tuple(FORMATS), tuple(FORMATS.values()))[0]


def as_bytes(report: MadeReport, layout: Layout, form: str, random: Random) -> bytes:
    """The file in that format; the same report and random numbers give the same bytes."""
    lines = lines_of(report, layout)
    if form == "html":
        return _html(report, lines)
    if form == "docx":
        return _docx(lines)
    if form == "pdf":
        return write_pdf([line.text for line in lines])
    if form == "md":
        return _markdown(lines).encode("utf-8")
    text = as_text(report, layout)
    if random.random() < 0.3:
        text = text.replace("\n", "\r\n")
    encoding = random.choices(tuple(ENCODINGS), tuple(ENCODINGS.values()))[0]
    return text.encode(encoding)


def _markdown(lines: Sequence[Line]) -> str:
    marked = ("#" * (line.level + 1) + " " + line.text if line.level < 9 else line.text
              for line in lines)  # fmt: skip
    return "\n\n".join(marked) + "\n"


def _html(report: MadeReport, lines: Sequence[Line]) -> bytes:
    body = [f"<h1>{escape(lines[0].text)}</h1>"]
    body += [f"<p>{escape(line.text)}</p>" for line in lines[1:]]
    above, below = ("".join(f"<div>{escape(line)}</div>" for line in found)
                    for found in (report.top, report.bottom))  # fmt: skip
    page = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(report.title)}</title>'
        f'</head><body><div class="header">{above}</div><div class="article">{"".join(body)}</div>'
        f'<div class="footer">{below}</div></body></html>'
    )
    return page.encode("utf-8")


def _docx(lines: Sequence[Line]) -> bytes:
    paragraphs = []
    for line in lines:
        style = _STYLES.get(line.level)
        marked = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        text = escape(line.text, quote=False)
        paragraphs.append(f"<w:p>{marked}<w:r><w:t>{text}</w:t></w:r></w:p>")
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*_PARTS.items(), ("word/document.xml", document)):
            entry = zipfile.ZipInfo(name, date_time=(2024, 1, 1, 0, 0, 0))
            archive.writestr(entry, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return file.getvalue()
