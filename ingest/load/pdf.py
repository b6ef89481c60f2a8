"""PDF files with a text layer, read by pdfium; pages without one go to OCR where it is installed.

Lines are rebuilt from the places of characters, tables from their ruled lines. Running
headers and page numbers stay in the stored text; repair leaves them out.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ingest.load.aligned_tables import with_tables
from ingest.load.layout import Piece, page_text
from ingest.load.ocr import INSTALL, MOST_SIDE, PIXELS_PER_INCH, is_installed, read_picture
from ingest.load.pdf_characters import Character, pieces_of
from ingest.load.pdf_streams import check_streams
from ingest.load.pdf_tables import Grid, ruled_tables
from ingest.load.tables import headers_of, table_lines
from ingest.models import Loaded
from rag.errors import UnreadableFile

MOST_PAGES = 500
LEAST_TEXT = 12  # characters of a page that has a text layer
LEAST_RULES = 6  # drawn lines of a page that may have a table
MOST_RULES = 3000  # of a page that is no drawing
GARBLED = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
PASSWORD = 4  # FPDF_ERR_PASSWORD
SECURITY = 5


def load_pdf(data: bytes, name: str) -> Loaded:
    """The text of a PDF, its pages set apart by form feeds.

    Raises:
        UnreadableFile: the file is damaged or protected, or its pages are pictures and the
            extra "ocr" is not installed.
    """
    check_streams(data, name)
    with opened(data, name) as document:
        count = len(document)
        if not 0 < count <= MOST_PAGES:
            raise UnreadableFile(
                f"{name}: has {count} pages, and a report has 1 to {MOST_PAGES}; save the pages of "
                "the report as a file of their own"
            )
        layers = [characters_of(document, number) for number in range(count)]
        scanned = [number for number, layer in enumerate(layers) if not is_readable(layer)]
        tables = ruled_tables(data, ruled_pages(document, set(range(count)) - set(scanned)))
        texts, warnings = read_scanned(document, scanned, name, alone=len(scanned) == count)
    texts |= laid_out(layers, tables, scanned)
    text = "\f".join(texts[number] for number in range(count))
    if not text.strip():
        raise UnreadableFile(f"{name}: its pages are empty; export the report again")
    starts, position = [], 0
    for number in range(count):
        starts.append(position)
        position += len(texts[number]) + 1
    encoding = "pdf" if len(scanned) < count else "pdf (ocr)"
    return Loaded(text, encoding, tuple(starts), tuple(warnings))


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Any]:
    """The open document; pdfium objects are not typed."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (PASSWORD, SECURITY) or "assword" in str(error):
            raise UnreadableFile(
                f"{name}: is protected by a password; remove it with: "
                f"qpdf --decrypt --password=… '{name}' open.pdf"
            ) from error
        raise UnreadableFile(
            f"{name}: is no PDF that can be opened, it is damaged or cut off ({error}); "
            "get the file again"
        ) from error
    try:
        yield document
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(f"{name}: is damaged ({error}); get the file again") from error
    finally:
        document.close()


def characters_of(document: Any, number: int) -> list[Character]:
    """The upright characters of a page with their places; [] where pdfium can not load it."""
    from pypdfium2 import PdfiumError, raw  # noqa: PLC0415

    try:
        page = document[number]
    except PdfiumError:
        return []
    layer = page.get_textpage()
    height = page.get_height()
    box = raw.FS_RECTF()
    found = []
    for index in range(layer.count_chars()):
        code = raw.FPDFText_GetUnicode(layer, index)
        if code in (0, 0xFFFE, 0xFFFF) or raw.FPDFText_IsGenerated(layer, index) == 1:
            continue
        if abs(raw.FPDFText_GetCharAngle(layer, index) % 6.2832) > 0.05:
            continue  # a watermark across the page
        if raw.FPDFText_GetLooseCharBox(layer, index, ctypes.byref(box)):
            text = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
            found.append(
                Character(text, box.left, height - box.top, box.right, height - box.bottom)
            )
    layer.close()
    page.close()
    return found


def is_readable(layer: Sequence[Character]) -> bool:
    """Whether a page has a text layer, and one whose characters are known."""
    shown = [one.text for one in layer if not one.text.isspace()]
    garbled = sum(1 for text in shown if GARBLED.match(text))
    return len(shown) >= LEAST_TEXT and garbled < 0.2 * len(shown)


def ruled_pages(document: Any, numbers: set[int]) -> list[int]:
    """The pages on which enough is drawn for a table."""
    from pypdfium2 import raw  # noqa: PLC0415

    found = []
    for number in sorted(numbers):
        page = document[number]
        drawn = sum(1 for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4))
        if LEAST_RULES <= drawn <= MOST_RULES:
            found.append(number)
        page.close()
    return found


def read_scanned(
    document: Any, numbers: Sequence[int], name: str, *, alone: bool
) -> tuple[dict[int, str], list[str]]:
    """The text of the pages without a text layer, by OCR, and warnings about them."""
    if not numbers:
        return {}, []
    if not is_installed():
        if alone:
            raise UnreadableFile(
                f"{name}: no text layer, its {len(numbers)} pages are pictures; {INSTALL}"
            )
        listed = ", ".join(str(number + 1) for number in numbers)
        return dict.fromkeys(numbers, ""), [f"page_without_text: {listed}; {INSTALL}"]
    texts, scores = {}, []
    for number in numbers:
        page = document[number]
        scale = min(PIXELS_PER_INCH / 72, MOST_SIDE / max(*page.get_size(), 1))
        picture = page.render(scale=scale, grayscale=True).to_pil()
        texts[number], score = read_picture(picture)
        scores += [score] if texts[number] else []
        page.close()
    if not scores:
        return texts, [f"page_without_text: {', '.join(str(number + 1) for number in numbers)}"]
    told = f"ocr: {len(numbers)} pages are read from pictures, certainty {min(scores):.2f} or more"
    return texts, [told]


def laid_out(
    layers: Sequence[list[Character]], tables: dict[int, list[Grid]], scanned: Sequence[int]
) -> dict[int, str]:
    """The text of each page with a text layer."""
    texts: dict[int, str] = {}
    headers: list[str] | None = None  # of the table that ends the page before
    for number, layer in enumerate(layers):
        if number in scanned:
            headers = None
            continue
        regions, rest = [], list(layer)
        for grid in tables.get(number, []):
            inside = [one for one in rest if grid.holds(one.left, one.top, one.right, one.bottom)]
            rest = [one for one in rest if one not in set(inside)]
            cells = grid.cells(inside, cell_text)
            goes_on = headers if headers_of(cells) is None else None
            lines = table_lines(cells, goes_on)
            headers = goes_on or headers_of(cells)
            regions.append(
                Piece("\n".join(lines), grid.left, grid.top, grid.right, grid.bottom, 1.0, True)
            )
        if not regions:
            headers = None
        texts[number] = page_text(with_tables([*pieces_of(rest), *regions]))
    return texts


def cell_text(characters: Sequence[Character]) -> str:
    """The text of a table cell; its lines end where the column does."""
    return "".join(line.strip() for line in page_text(pieces_of(characters)).split("\n"))
