"""The blocks of a web page: text that a browser sets apart, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.load.page_tables import cells_of, clean, is_of_data
from ingest.load.tables import table_lines

LONGEST_HEADING = 60
NOT_SHOWN = ("script", "style", "noscript", "template", "svg", "select", "button", "textarea",
             "object", "video", "audio", "canvas", "iframe", "head", "nav", "footer")  # fmt: skip
INLINE = ("a", "abbr", "b", "bdi", "bdo", "big", "center", "cite", "code", "em", "font", "i",
          "ins", "label", "mark", "o", "q", "s", "small", "span", "strong", "sub", "sup",
          "time", "u", "ucaptitle", "ucapcontent", "img", "br", "wbr", "input", "st1")  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第.{1,3}[章节部篇])")


@dataclass(frozen=True)
class Block:
    """Text that a browser sets apart, in its element."""

    text: str
    element: Any
    linked: float  # share of it that is links, 0 to 1

    @property
    def key(self) -> str:
        return re.sub(r"\s+", "", self.text)


def strip_unseen(tree: Any) -> None:
    """Take out of the tree what a browser does not show, and what is no text."""
    for one in list(tree.iter()):
        tag = one.tag if isinstance(one.tag, str) else None
        hidden = tag and (one.get("hidden") is not None or HIDDEN.search(one.get("style") or ""))
        if tag is None or hidden or tag in NOT_SHOWN:
            parent = one.getparent()
            if parent is not None and tag not in ("html", "body"):
                one.drop_tree()


def blocks_of(element: Any) -> Iterator[Block]:
    """The blocks of a page in order; a table of figures is one block."""
    run: list[tuple[str, bool]] = []  # text, whether linked
    for event, one, text, linked in walk(element):
        if event == "text":
            run.append((text, linked))
            continue
        if run:
            yield from block_of(run, one)
            run = []
        if event == "table":
            lines = "\n".join(table_lines(list(cells_of(one))))
            yield Block(lines, one, 0.0)
    if run:
        yield from block_of(run, element)


def walk(element: Any) -> Iterator[tuple[str, Any, str, bool]]:
    """Texts, and before them the edges of blocks with the element they are in."""
    stack: list[tuple[Any, bool, bool]] = [(element, False, False)]  # element, linked, is tail
    while stack:
        one, linked, closing = stack.pop()
        inline = one.tag in INLINE
        if closing:
            if not inline:
                yield "edge", one, "", False
            if one.tail and one is not element:
                yield "text", one, one.tail, linked
            continue
        own = linked or one.tag == "a"
        stack.append((one, linked, True))
        if one.tag == "br":
            yield "text", one, "\n", linked
            continue
        if one.tag == "table" and is_of_data(one):
            yield "edge", one.getparent(), "", False
            yield "table", one, "", False
            continue
        if not inline:
            yield "edge", one.getparent() if one.getparent() is not None else one, "", False
        if mark := mark_of(one):
            yield "text", one, mark, own
        if one.text:
            yield "text", one, one.text.replace("\n", "\r"), own
        stack += [(child, own, False) for child in reversed(one)]


def block_of(run: list[tuple[str, bool]], element: Any) -> Iterator[Block]:
    text = clean("".join(part for part, _ in run))
    if text.strip():
        links = sum(len(part.strip()) for part, linked in run if linked)
        whole = sum(len(part.strip()) for part, _ in run)
        yield Block(text, element, links / max(whole, 1))


def mark_of(element: Any) -> str:
    """The number of a list item, or the mark of a heading that has no number."""
    if element.tag == "li" and element.getparent() is not None:
        if element.getparent().tag != "ol":
            return ""
        number = 1 + sum(1 for _ in element.itersiblings("li", preceding=True))
        own = "".join(element.itertext()).strip()
        return "" if NUMBERED.match(own) else f"{number}. "
    if element.tag in ("h2", "h3", "h4", "h5"):
        own = "".join(element.itertext()).strip()
        heading = own and len(own) <= LONGEST_HEADING and not re.search(r"[。；]", own)
        if heading and not NUMBERED.match(own) and not own.endswith(("报告", "总结")):
            return "#" * int(element.tag[1]) + " "
    return ""
