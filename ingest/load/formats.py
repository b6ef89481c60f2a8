"""What format a file is in: by its bytes first, by its name where they do not say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import PurePath
from typing import Literal
from zipfile import BadZipFile, ZipFile

Format = Literal[
    "text", "docx", "pdf", "html", "mhtml", "image", "office", "ofd", "zip",
    "archive", "encrypted", "spreadsheet", "slides", "damaged", "empty",
]  # fmt: skip

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKS: tuple[tuple[bytes, Format], ...] = (
    (b"{\\rt", "office"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"GIF8", "image"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
)
# What a zip file is by a part it holds, the first that fits.
PARTS: tuple[tuple[re.Pattern[str], Format], ...] = (
    (re.compile(r"^word/.*document.*\.xml$", re.I), "docx"),
    (re.compile(r"^OFD\.xml$", re.I), "ofd"),
    (re.compile(r"^xl/workbook", re.I), "spreadsheet"),
    (re.compile(r"^ppt/presentation", re.I), "slides"),
    (re.compile(r"^content\.xml$", re.I), "office"),
)
# Names of streams in the older office container, as UTF-16.
STREAMS: tuple[tuple[str, Format], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "office"),
    ("Workbook", "spreadsheet"),
    ("Book", "spreadsheet"),
    ("PowerPoint Document", "slides"),
)
HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|table|article|p|h[1-6])\b",
    re.I | re.S,
)
WORD_XML = re.compile(
    rb"<\?mso-application\s+progid=\"Word\.Document\"|<(?:w:wordDocument|pkg:package|office:document)\b"
)
SUFFIXES: dict[str, Format] = {
    ".htm": "html", ".html": "html", ".xhtml": "html", ".shtml": "html",
    ".mht": "mhtml", ".mhtml": "mhtml",
    ".docx": "docx", ".docm": "docx", ".pdf": "pdf", ".zip": "zip", ".ofd": "ofd",
    ".doc": "office", ".wps": "office", ".odt": "office",
}  # fmt: skip


def format_of(data: bytes, name: str) -> Format:
    """The format of a file; "text" where nothing says otherwise.

    >>> format_of(b"%PDF-1.7 ...", "report.docx")
    'pdf'
    """
    if not data:
        return "empty"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return format_of_zip(data)
    if data.startswith(OLE):
        return next(
            (kind for stream, kind in STREAMS if stream.encode("utf-16-le") in data), "office"
        )
    for mark, kind in MARKS:
        if data.startswith(mark):
            return kind
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return "image"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image"
    return format_of_markup(data, name)


def format_of_markup(data: bytes, name: str) -> Format:
    """Which of the formats written in characters, plain text being the last of them."""
    head = data[:6000].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\0", b"")
    if WORD_XML.search(head):
        return "office"
    if HTML.match(head):
        return "html"
    lowered = head.lower()
    if (b"mime-version:" in lowered or b"snapshot-content-location:" in lowered) and re.match(
        rb"\s*[\w-]{1,60}:", head
    ):
        return "mhtml"
    by_name = SUFFIXES.get(PurePath(name).suffix.lower(), "text")
    if by_name == "html" and b"<" not in head:
        return "text"
    # Under an office name there may be plain text; other bytes are a damaged file.
    if by_name in ("html", "text"):
        return by_name
    return "damaged" if b"\0" in data[:4096] or is_binary(data[:4096]) else "text"


def is_binary(head: bytes) -> bool:
    """Whether control characters show that the bytes are no text in any encoding."""
    return bool(re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head))


def format_of_zip(data: bytes) -> Format:
    """What a zip container holds: a document, or files."""
    try:
        with ZipFile(BytesIO(data)) as container:
            return format_of_parts(container.namelist())
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return "damaged"


def format_of_parts(names: Iterable[str]) -> Format:
    """The format of a zip container with parts of these names."""
    parts = [name.replace("\\", "/") for name in names]
    for pattern, kind in PARTS:
        if any(pattern.match(part) for part in parts):
            return kind
    return "zip"
