"""The numbers of list paragraphs that a Word file holds as formatting only.

ISO/IEC 29500-1, 17.9: a paragraph names a list and a level, the list's levels say how
their numbers are counted and printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.load.number_formats import printed
from ingest.load.xml_parts import attribute, child, children, value

DEEPEST_STYLE = 20  # styles based on one another
NO_SPACE_AFTER = re.compile(r"[、）)。．：:，,]$|章$|节$")


@dataclass(frozen=True)
class Level:
    start: int
    format: str
    text: str  # "（%1）": %n stands for the number of level n
    style: str | None  # the paragraph style that implies this level
    restart: int | None  # level (from 1) whose change restarts it; None: any outer one
    legal: bool  # all numbers in Arabic digits


@dataclass
class Lists:
    """Lists and styles of a document, and how far each list has counted."""

    levels: dict[str, dict[int, Level]]  # abstract list id -> level -> how it is printed
    abstract: dict[str, str]  # list id -> abstract list id
    overrides: dict[str, dict[int, Level]]  # list id -> levels printed otherwise there
    restarts: dict[tuple[str, int], int]  # list id, level -> number it starts from anew
    styles: dict[str, Element]
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def number_of(self, paragraph: Element) -> str:
        """The printed number of the next paragraph of the document, "" where it has none.

        Paragraphs must be asked for in document order.
        """
        found = self.list_of(paragraph)
        if found is None:
            return ""
        list_id, depth = found
        abstract = self.abstract[list_id]
        level = self.level(list_id, depth)
        if level is None:
            return ""
        counters = self.counters.setdefault(abstract, {})
        self.count(counters, list_id, depth, level)
        if level.format in ("none", "bullet"):
            return "• " if level.format == "bullet" else ""
        text = re.sub(
            r"%(\d)", lambda match: self.at(counters, list_id, int(match[1]) - 1, level), level.text
        )
        return text if not text or NO_SPACE_AFTER.search(text) else f"{text} "

    def count(self, counters: dict[int, int], list_id: str, depth: int, level: Level) -> None:
        restart = self.restarts.get((list_id, depth))
        if restart is not None and (list_id, depth) not in self.started:
            counters[depth] = restart
        elif depth in counters:
            counters[depth] += 1
        else:
            counters[depth] = level.start
        self.started.add((list_id, depth))
        for inner in [inner for inner in counters if inner > depth]:
            other = self.level(list_id, inner)
            if other is None or other.restart is None or 0 < other.restart >= depth + 1:
                del counters[inner]

    def at(self, counters: dict[int, int], list_id: str, depth: int, inner: Level) -> str:
        level = self.level(list_id, depth)
        number = counters.get(depth, level.start if level else 1)
        if level is None or level.format in ("none", "bullet"):
            return ""
        return printed(number, "decimal" if inner.legal else level.format)

    def level(self, list_id: str, depth: int) -> Level | None:
        own = self.overrides.get(list_id, {}).get(depth)
        return own or self.levels.get(self.abstract[list_id], {}).get(depth)

    def list_of(self, paragraph: Element) -> tuple[str, int] | None:
        """The list and level of a paragraph, by its own format or its styles'."""
        properties = child(paragraph, "pPr")
        list_id, depth = list_named(properties)
        style = value(child(properties, "pStyle"))
        if list_id is None and depth is None:
            list_id, depth = self.list_of_style(style)
        elif list_id is None:
            list_id = self.list_of_style(style)[0]
        if list_id is None or list_id not in self.abstract:
            return None
        return list_id, min(depth or 0, 8)

    def list_of_style(self, style: str | None) -> tuple[str | None, int | None]:
        list_id: str | None = None
        depth: int | None = None
        first = style
        for _ in range(DEEPEST_STYLE):
            element = self.styles.get(style or "")
            if element is None:
                break
            named, level = list_named(child(element, "pPr"))
            list_id = list_id if list_id is not None else named
            depth = depth if depth is not None else level
            style = value(child(element, "basedOn"))
        if list_id in self.abstract and list_id is not None:
            levels = self.levels.get(self.abstract[list_id], {})
            implied = [number for number, level in levels.items() if level.style == first]
            depth = implied[0] if implied else depth
        return list_id, depth


def list_named(properties: Element | None) -> tuple[str | None, int | None]:
    numbering = child(properties, "numPr")
    depth = value(child(numbering, "ilvl"))
    return value(child(numbering, "numId")), whole(depth) if depth is not None else None


def read_lists(numbering: Element | None, styles: Element | None) -> Lists:
    """The lists of numbering.xml and the styles of styles.xml; either may be missing."""
    levels: dict[str, dict[int, Level]] = {}
    by_style: dict[str, str] = {}  # list style -> abstract list that defines it
    linked: dict[str, str] = {}  # abstract list -> list style it takes its levels from
    for element in children(numbering, "abstractNum"):
        number = attribute(element, "abstractNumId") or ""
        levels[number] = dict(read_level(one) for one in children(element, "lvl"))
        if style := value(child(element, "styleLink")):
            by_style[style] = number
        if style := value(child(element, "numStyleLink")):
            linked[number] = style
    for number, style in linked.items():
        levels[number] = levels.get(by_style.get(style, ""), levels[number])
    abstract: dict[str, str] = {}
    overrides: dict[str, dict[int, Level]] = {}
    restarts: dict[tuple[str, int], int] = {}
    for element in children(numbering, "num"):
        number = attribute(element, "numId") or ""
        abstract[number] = value(child(element, "abstractNumId")) or ""
        for override in children(element, "lvlOverride"):
            depth = whole(attribute(override, "ilvl"))
            if (start := value(child(override, "startOverride"))) is not None:
                restarts[number, depth] = whole(start)
            if (own := child(override, "lvl")) is not None:
                overrides.setdefault(number, {})[depth] = read_level(own)[1]
    named = {attribute(style, "styleId") or "": style for style in children(styles, "style")}
    return Lists(levels, abstract, overrides, restarts, named)


def read_level(element: Element) -> tuple[int, Level]:
    start = value(child(element, "start"))
    restart = value(child(element, "lvlRestart"))
    legal = child(element, "isLgl")
    return whole(attribute(element, "ilvl")), Level(
        start=whole(start) if start is not None else 1,
        format=value(child(element, "numFmt")) or "decimal",
        text=value(child(element, "lvlText")) or "",
        style=value(child(element, "pStyle")),
        restart=whole(restart) if restart is not None else None,
        legal=legal is not None and value(legal) not in ("0", "false"),
    )


def whole(printed_number: str | None) -> int:
    """The whole number, 0 where it is none or out of all proportion."""
    text = (printed_number or "").strip()
    return int(text) if re.fullmatch(r"\d{1,5}", text) else 0
