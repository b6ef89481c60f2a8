"""Parts of zipped XML documents (.docx, .ofd), read by local names.

Word, WPS and the strict form of the standard use different namespaces for one name.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from zipfile import ZipFile

from ingest.load.archive import unpacked
from rag.errors import UnreadableFile

DEEPEST = 200  # elements inside one another; the documents of Word reach about 40
MOST_ELEMENTS = 1_000_000  # of one part; a report of 20 pages has about 20,000
MOST_XML = 32 * 2**20  # bytes


class Bounded(TreeBuilder):
    """Builds a tree that is not nested beyond all reason."""

    depth = 0
    elements = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.depth += 1
        self.elements += 1
        if self.depth > DEEPEST:
            raise RecursionError
        if self.elements > MOST_ELEMENTS:
            raise ValueError(f"more than {MOST_ELEMENTS} elements")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def part(container: ZipFile, path: str, name: str) -> Element | None:
    """The root of an XML part, None where the document has no such part.

    Raises:
        UnreadableFile: the part is not well-formed.
    """
    found = {info.filename.replace("\\", "/").lower(): info for info in container.infolist()}
    info = found.get(path.lower().lstrip("/"))
    if info is None:
        return None
    data = unpacked(container, info, name)
    if len(data) > MOST_XML:
        raise UnreadableFile(
            f"{name}: {path} in it has {len(data) >> 20} MB, which no report has; save its text "
            "as a smaller file"
        )
    try:
        return ElementTree.fromstring(data, parser=XMLParser(target=Bounded()))
    except (ParseError, LookupError, ValueError) as error:
        raise UnreadableFile(
            f"{name}: {path} in it is damaged ({error}); open it in Word or WPS and save it again"
        ) from error


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element | None, name: str) -> Iterator[Element]:
    if element is not None:
        yield from (one for one in element if local(one) == name)


def child(element: Element | None, name: str) -> Element | None:
    return next(children(element, name), None)


def descendants(element: Element | None, name: str) -> Iterator[Element]:
    if element is not None:
        yield from (one for one in element.iter() if local(one) == name)


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute by its name without namespace."""
    if element is None:
        return None
    return next((text for key, text in element.items() if key.rpartition("}")[2] == name), None)


def value(element: Element | None) -> str | None:
    """The "val" of an element."""
    return attribute(element, "val")
