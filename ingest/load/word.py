"""Word files (.docx): paragraphs with their printed numbers, tables, text boxes, footnotes.

The parts are read as XML: python-docx gives no list numbers, text boxes or footnotes, and
refuses files with dangling relationships, which converters leave behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from ingest.load.archive import opened
from ingest.load.tables import Cell, table_lines
from ingest.load.word_numbers import Lists, read_lists, whole
from ingest.load.xml_parts import (
    attribute,
    child,
    children,
    descendants,
    local,
    part,
    value,
)
from ingest.models import Loaded
from rag.errors import UnreadableFile

LONGEST_HEADING = 60
NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第.{1,3}[章节部篇])")
# Elements that only wrap others; all that is in them is read.
WRAPPERS = (
    "hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple",
    "r", "dir", "bdo", "oMath", "oMathPara", "f", "num", "den", "e", "sup", "sub", "rubyBase",
    "ruby", "document", "body", "txbxContent", "footnote", "endnote",
)  # fmt: skip
CHARACTERS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad",
}  # fmt: skip
LEFT_OUT = ("del", "moveFrom")


def load_word(data: bytes, name: str) -> Loaded:
    """The text of a .docx, one line a paragraph.

    Raises:
        UnreadableFile: the file is damaged or holds no text.
    """
    with opened(data, name) as container:
        main = main_part(container, name)
        numbering = part(container, "word/numbering.xml", name)
        lists = read_lists(numbering, part(container, "word/styles.xml", name))
        notes = {
            kind: notes_of(part(container, f"word/{kind}s.xml", name), kind)
            for kind in ("footnote", "endnote")
        }
    reader = Reader(lists, notes)
    text = "\n".join(reader.lines(main))
    if not text.strip():
        raise UnreadableFile(
            f"{name}: holds no text, perhaps only pictures of pages; print it to a PDF and ingest "
            "that with the extra 'ocr'"
        )
    return Loaded(text, "docx", None, reader.warnings())


def main_part(container: ZipFile, name: str) -> Element:
    named = [info.filename for info in container.infolist()]
    others = sorted(path for path in named if re.match(r"word/document\d*\.xml$", path, re.I))
    main = part(container, others[0], name) if others else None
    if main is None:
        raise UnreadableFile(f"{name}: has no main text part; open it in Word and save it again")
    return main


def notes_of(root: Element | None, kind: str) -> dict[str, Element]:
    """Footnotes or endnotes by their id, separators left out."""
    return {
        attribute(note, "id") or "": note
        for note in children(root, kind)
        if attribute(note, "type") in (None, "normal")
    }


@dataclass
class Reader:
    """Turns the elements of a document into lines, in reading order."""

    lists: Lists
    notes: dict[str, dict[str, Element]]
    deleted: int = 0
    hidden: int = 0
    told: list[str] = field(default_factory=list)
    pending: list[Element] = field(default_factory=list)  # text boxes and notes of a paragraph
    fields: list[bool] = field(default_factory=list)  # open fields: whether in their result

    def lines(self, element: Element) -> Iterator[str]:
        """The lines of all blocks in an element."""
        for one in element:
            kind = local(one)
            if kind == "p":
                yield from self.paragraph(one)
            elif kind == "tbl":
                yield from table_lines(list(self.cells(one)))
            elif kind == "AlternateContent":
                yield from self.lines(chosen(one))
            elif kind in WRAPPERS:
                yield from self.lines(one)
            elif kind in LEFT_OUT:
                self.deleted += 1

    def paragraph(self, element: Element) -> Iterator[str]:
        number = self.lists.number_of(element)
        text = "".join(self.runs(element))
        apart, self.pending = self.pending, []
        if text.strip():
            mark = "" if number else self.heading_mark(element, text)
            yield f"{mark}{number}{text}"
        for one in apart:
            lines = [line for line in self.lines(one) if line.strip()]
            if lines and local(one) in ("footnote", "endnote"):
                lines[0] = f"注：{lines[0].strip()}"
            yield from lines

    def runs(self, element: Element) -> Iterator[str]:
        """The characters of a paragraph or of what is in it."""
        for one in element:
            kind = local(one)
            if kind == "t":
                if not self.fields or self.fields[-1]:
                    yield one.text or ""
            elif kind in CHARACTERS:
                yield CHARACTERS[kind]
            elif kind == "sym":
                yield symbol(one)
            elif kind == "fldChar":
                self.field(attribute(one, "fldCharType"))
            elif kind == "r" and is_hidden(one):
                self.hidden += 1
            elif kind == "rt":
                yield from (f"（{text}）" for text in ["".join(self.runs(one))] if text)
            elif kind in ("footnoteReference", "endnoteReference"):
                note = self.notes[kind.removesuffix("Reference")].get(attribute(one, "id") or "")
                self.pending += [] if note is None else [note]
            elif kind == "AlternateContent":
                yield from self.runs(chosen(one))
            elif kind in ("drawing", "pict", "object"):
                self.pending += outermost(one, "txbxContent")
            elif kind in LEFT_OUT:
                self.deleted += 1
            elif kind in WRAPPERS:
                yield from self.runs(one)

    def field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def cells(self, table: Element) -> Iterator[Cell]:
        """The cells of a table, merged ones once."""
        spans: dict[int, int] = {}  # column -> place in `done` of the cell that may go on below
        done: list[Cell] = []
        for row, element in enumerate(rows_of(table)):
            before = child(child(element, "trPr"), "gridBefore")
            column = whole(value(before))
            for one in cells_of(element):
                properties = child(one, "tcPr")
                width = max(1, whole(value(child(properties, "gridSpan"))))
                merge = child(properties, "vMerge")
                above = spans.get(column)
                if merge is not None and value(merge) in (None, "continue") and above is not None:
                    cell = done[above]
                    done[above] = Cell(cell.paragraphs, cell.row, column, row + 1 - cell.row, width)
                else:
                    texts = tuple(line for line in self.lines(one) if line.strip())
                    spans[column] = len(done)
                    done.append(Cell(texts, row, column, 1, width))
                column += width
        yield from done

    def heading_mark(self, paragraph: Element, text: str) -> str:
        """ "## " before a heading that only its style shows to be one."""
        if len(text) > LONGEST_HEADING or re.search(r"[。；\n]", text) or NUMBERED.match(text):
            return ""
        style = value(child(child(paragraph, "pPr"), "pStyle"))
        depth = outline_level(self.lists.styles.get(style or ""))
        return "" if depth is None else f"{'#' * min(depth + 2, 6)} "

    def warnings(self) -> tuple[str, ...]:
        found = []
        if self.deleted:
            found.append(f"tracked_changes: {self.deleted} deletions of a revision are left out")
        if self.hidden:
            found.append(f"hidden_text: {self.hidden} runs marked as hidden are left out")
        return tuple(found)


def outline_level(style: Element | None) -> int | None:
    """The level of a heading style from 0, None for other styles."""
    level = value(child(child(style, "pPr"), "outlineLvl"))
    if level is not None:
        return whole(level) if whole(level) < 6 else None
    found = re.match(r"(?:heading|标题)\s*(\d)$", value(child(style, "name")) or "", re.I)
    return int(found[1]) - 1 if found else None


def is_hidden(run: Element) -> bool:
    vanish = child(child(run, "rPr"), "vanish")
    return vanish is not None and value(vanish) not in ("0", "false", "off")


def symbol(element: Element) -> str:
    """A character of a symbol font: of its own, or in the private-use area."""
    code = attribute(element, "char") or ""
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{2,4}", code) else ""


def chosen(alternatives: Element) -> Element:
    """Of the forms one thing is written in, the one that a present program reads."""
    choice = child(alternatives, "Choice")
    fallback = child(alternatives, "Fallback")
    if choice is not None and (fallback is None or any(descendants(choice, "t"))):
        return choice
    return fallback if fallback is not None else alternatives


def outermost(element: Element, name: str) -> list[Element]:
    """The elements of this name that are not inside another of it, of alternatives one."""
    found: list[Element] = []
    for one in [chosen(element)] if local(element) == "AlternateContent" else element:
        found += [one] if local(one) == name else outermost(one, name)
    return found


def rows_of(table: Element) -> Iterator[Element]:
    for one in table:
        if local(one) == "tr" and child(child(one, "trPr"), "del") is None:
            yield one
        elif local(one) in WRAPPERS:
            yield from rows_of(one)


def cells_of(row: Element) -> Iterator[Element]:
    for one in row:
        if local(one) == "tc":
            yield one
        elif local(one) in WRAPPERS:
            yield from cells_of(one)
