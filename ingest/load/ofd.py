"""OFD files, China's fixed-layout format (GB/T 33190-2016): text by its place on the page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from ingest.load.aligned_tables import with_tables
from ingest.load.archive import opened
from ingest.load.layout import Piece, page_text
from ingest.load.xml_parts import attribute, child, descendants, part
from ingest.models import Loaded
from rag.errors import UnreadableFile

MOST_PAGES = 500


def load_ofd(data: bytes, name: str) -> Loaded:
    """The text of an OFD file, its pages set apart by form feeds.

    Raises:
        UnreadableFile: the file is damaged or holds no text but pictures.
    """
    with opened(data, name) as container:
        texts = [
            page_text(with_tables(list(pieces_of(page)))) for page in pages_of(container, name)
        ]
    if not any(text.strip() for text in texts):
        raise UnreadableFile(
            f"{name}: no text layer, its pages are pictures; print it to a PDF and ingest that "
            "with the extra 'ocr'"
        )
    starts = [sum(len(text) + 1 for text in texts[:number]) for number in range(len(texts))]
    return Loaded("\f".join(texts), "ofd", tuple(starts), ())


def pages_of(container: ZipFile, name: str) -> Iterator[Element]:
    """The content of each page, in order."""
    root = part(container, "OFD.xml", name)
    for body in descendants(root, "DocRoot"):
        path = (body.text or "").strip().lstrip("/")
        document = part(container, path, name)
        for number, page in enumerate(descendants(document, "Page")):
            if number >= MOST_PAGES:
                raise UnreadableFile(f"{name}: has more than {MOST_PAGES} pages")
            location = attribute(page, "BaseLoc")
            if location is None:
                continue
            folder = "" if location.startswith("/") else posixpath.dirname(path)
            content = part(container, posixpath.normpath(f"{folder}/{location}"), name)
            if content is not None:
                yield content


def pieces_of(page: Element) -> Iterator[Piece]:
    """The text objects of a page, in millimetres; a text code is one line or part of it."""
    for element in descendants(page, "TextObject"):
        box = numbers(attribute(element, "Boundary"))
        size = (numbers(attribute(element, "Size")) or [4.0])[0]
        scale = numbers(attribute(element, "CTM"))
        if len(box) != 4 or (len(scale) >= 4 and abs(scale[1]) > 0.1 * abs(scale[0])):
            continue  # no place, or a watermark across the page
        size *= abs(scale[3]) if len(scale) >= 4 and scale[3] else 1
        for code in descendants(element, "TextCode"):
            yield from piece_of(element, code, box, size)


def piece_of(element: Element, code: Element, box: list[float], size: float) -> Iterator[Piece]:
    text = (code.text or "").strip()
    if not text:
        return
    left = box[0] + (numbers(attribute(code, "X")) or [0.0])[0]
    base = box[1] + (numbers(attribute(code, "Y")) or [size])[0]
    steps = numbers(attribute(code, "DeltaX"))
    width = sum(steps[: len(text) - 1]) + size if steps else box[2]
    if child(element, "TextCode") is code and len(text) == 1:
        width = size
    yield Piece(text, left, base - 0.86 * size, left + width, base + 0.14 * size, size)


def numbers(printed: str | None) -> list[float]:
    """The numbers of a list; "g 3 1.5" in it stands for 1.5 three times."""
    found: list[float] = []
    words = iter((printed or "").split())
    for word in words:
        try:
            if word == "g":
                count, step = int(next(words)), float(next(words))
                found += [step] * min(count, 10_000)
            else:
                found.append(float(word))
        except (ValueError, StopIteration):
            return []
    return found
