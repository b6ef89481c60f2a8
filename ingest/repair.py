"""Undoes the damage of layout without touching the stored text.

Repair only lists spans to leave out and says where paragraphs begin; what is left
is read, shown and quoted. Every removed character stands in the list with a reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile

from ingest.folding import LINE_ENDS, fold_widths
from ingest.headings import marker_at
from ingest.linebreaks import TERMINAL, TITLE_END, Line, paragraph_starts
from ingest.models import Repaired
from ingest.page_furniture import page_furniture
from ingest.site_furniture import site_furniture
from ingest.swaps import is_swapped_copy, tells_in, undo_swaps
from rag.models import Removal
from rag.words import fold

__all__ = ["Repaired", "repair"]

# Zero-width and direction characters, soft hyphens, byte order marks.
INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\x00-\x08]+"
)
PRIVATE_USE = re.compile(r"[\ue000-\uf8ff]+")  # glyphs of symbol fonts, unknown without them
# How a rare character is read, in brackets after it: 甪（lù）直镇.
PINYIN = re.compile(
    r"(?<=[\u4e00-\u9fff])(\(\s?(?:[a-zü]{0,3}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]{0,3}\s?){1,4}\))"
)
BOOKMARK = re.compile(r"\[bookmark:[^\]\n]{0,60}\]|\{\s*HYPERLINK[^}\n]{0,200}\}")
MARKUP = re.compile(r"^#{1,6}(?=\s+\S)|^>{1,3}(?=\s+\S)|\*\*(?=\S)|(?<=\S)\*\*", re.MULTILINE)
# Digits of one number printed apart ("1 234"), and characters of one word ("报 告").
SPLIT_NUMBER = re.compile(r"(?<![\d.])\d{1,3}( )(?=\d{3}(?!\d|\s*年))")
SPREAD_WORD = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?: +[\u4e00-\u9fff](?![\u4e00-\u9fff])){2,}"
)
SPREAD_REPORT = re.compile(r"[报总汇]( +)[告结报](?=\s*$)", re.MULTILINE)
PAGE_NUMBER = re.compile(
    r"^\s*(?:[-·]+\s*\d{1,3}\s*[-·]+|第\s*\d{1,3}\s*页(?:\s*[,/]?\s*共\s*\d{1,3}\s*页)?)\s*$"
)
PAGE_MARK = re.compile(r"\s*(\d{1,3})、")
FRONT_LINES = 15  # in which a title stands, and may stand twice
MOST_TITLE_LINES = 3
OF_PAGES = ("page_mark", "page_number", "running_header", "running_footer")
LEAST_PAGE = 100  # characters between two page marks of a document-sharing site
REPEATED_TITLE = re.compile(
    r"([^\n。]{8,80}?(?:报告|总结|汇报|情况|方案|计划)[^\n。,:]{0,24}?)\s*(\1)(?=[^\n]|\s)"
)


def repair(text: str) -> Repaired:
    """What to leave out of the stored text, where its paragraphs begin, and its reading."""
    folded = fold_widths(text)
    spots = merged([*spot_removals(text, folded), *page_furniture(folded), *site_furniture(folded)])
    lines = list(lines_of(folded, spots))
    marks = page_marks(lines)
    spots = merged([*spots, *marks])
    lines = list(lines_of(folded, spots)) if marks else lines
    repeats = [*title_run_on(folded, lines), *title_lines(lines)]
    if repeats:
        spots = merged([*spots, *repeats])
        lines = list(lines_of(folded, spots))
    starts = paragraph_starts(lines)
    joins = [
        join
        for before, line, start in zip(lines, lines[1:], starts[1:], strict=False)
        if not start
        for join in joins_between(before.end, line.start, spots)
    ]
    removals = merged([*spots, *joins])
    breaks = tuple(line.start for line, start in zip(lines, starts, strict=True) if start)
    draft = Repaired(text, removals, breaks, fold(folded), ())
    reading, warnings = understood(draft)
    return Repaired(text, removals, breaks, reading, warnings)


def spot_removals(text: str, folded: str) -> Iterator[Removal]:
    """Removals that do not depend on where lines end."""
    patterns = (
        (INVISIBLE, text, "invisible"),
        (PRIVATE_USE, text, "private_use"),
        (PINYIN, folded, "pinyin"),
        (BOOKMARK, text, "bookmark"),
        (MARKUP, text, "markup"),
        (SPLIT_NUMBER, folded, "space"),
        (SPREAD_REPORT, folded, "space"),
    )
    found = []
    for pattern, source, reason in patterns:
        for match in pattern.finditer(source):
            start, end = match.span(pattern.groups)
            found.append(Removal(start, end, reason))
    for match in SPREAD_WORD.finditer(folded):
        found += [
            Removal(match.start() + space.start(), match.start() + space.end(), "space")
            for space in re.finditer(" +", match[0])
        ]
    yield from merged(found)
    for start, end in line_spans(folded):
        if PAGE_NUMBER.match(folded[start:end]):
            yield Removal(start, end, "page_mark")


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for position, character in enumerate(text):
        if character in LINE_ENDS:
            yield start, position
            start = position + 1
    yield start, len(text)


def lines_of(folded: str, removals: Iterable[Removal]) -> Iterator[Line]:
    """Lines with something left on them after removals."""
    gone = bytearray(len(folded))
    edges = []  # where something of a page's edge is taken out
    for removal in removals:
        gone[removal.start : removal.end] = b"\x01" * (removal.end - removal.start)
        edges += [removal.start] if removal.reason in OF_PAGES else []
    blank, before = False, 0
    for start, end in line_spans(folded):
        kept = [position for position in range(start, end) if not gone[position]]
        seen = [position for position in kept if not folded[position].isspace()]
        if not seen:
            blank = True
            continue
        first, last = seen[0], seen[-1]
        content = "".join(folded[position] for position in kept if first <= position <= last)
        indent = first - start
        of_page = bisect_left(edges, before) < bisect_left(edges, first)
        yield Line(content, first, last + 1, indent, blank, of_page)
        blank, before = False, first


def page_marks(lines: Sequence[Line]) -> list[Removal]:
    """The page numbers "2、" that a document-sharing site put before each page.

    They are told from a numbered list by what they break: nearly every page is long
    and ends in the middle of a sentence, and they run on from 1 without a gap.
    """
    marked = [
        (number, line, match)
        for number, line in enumerate(lines)
        if (match := PAGE_MARK.match(line.text)) and len(line.text) > match.end()
    ]
    numbers = [int(match[1]) for _, _, match in marked]
    if len(marked) < 3 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return []
    lengths = sorted(len(line.text) for _, line, _ in marked)
    broken = [
        not TERMINAL.search(lines[number - 1].text) and not marker_only(lines[number - 1])
        for number, _, _ in marked
        if number
    ]
    if lengths[len(lengths) // 2] < LEAST_PAGE or sum(broken) < 0.6 * len(broken):
        return []
    return [Removal(line.start, line.start + match.end(), "page_mark") for _, line, match in marked]


def joins_between(start: int, end: int, spots: Sequence[Removal]) -> Iterator[Removal]:
    """The line break from start to end, less what is removed there for another reason."""
    first = bisect_left(spots, start, key=lambda spot: spot.start)
    for spot in takewhile(lambda spot: spot.start < end, islice(spots, first, None)):
        if start < spot.start:
            yield Removal(start, spot.start, "line_break")
        start = spot.end
    if start < end:
        yield Removal(start, end, "line_break")


def marker_only(line: Line) -> bool:
    """Whether a line is a heading of its own, after which a list may begin."""
    return len(line.text) < LEAST_PAGE and marker_at(line.text) is not None


def title_run_on(folded: str, lines: Sequence[Line]) -> Iterator[Removal]:
    """The second copy of a title that stands twice on the first line."""
    match = REPEATED_TITLE.match(folded, lines[0].start) if lines else None
    if match:
        yield Removal(match.start(2), match.end(2), "title_repeat")


def title_lines(lines: Sequence[Line]) -> Iterator[Removal]:
    """The second copy of a title on lines of its own: as the page names itself, then as printed.

    One of the two may be broken over lines. The later one goes.
    """
    head = lines[:FRONT_LINES]
    words = [re.sub(r"\s", "", line.text) for line in head]
    for first in range(len(head)):
        for height in range(1, MOST_TITLE_LINES + 1):
            title = "".join(words[first : first + height])
            if not TITLE_END.search(title) or not 8 <= len(title) <= 90:
                continue
            for other in range(first + height, len(head)):
                for below in range(1, MOST_TITLE_LINES + 1):
                    if "".join(words[other : other + below]) == title:
                        last = head[min(other + below, len(head)) - 1]
                        yield Removal(head[other].start, last.end, "title_repeat")
                        return


def merged(removals: Iterable[Removal]) -> tuple[Removal, ...]:
    """Sorted and disjoint: where two overlap, the later one begins after the earlier."""
    result: list[Removal] = []
    for removal in sorted(removals, key=lambda one: (one.start, -one.end)):
        start = max(removal.start, result[-1].end) if result else removal.start
        if start < removal.end:
            result.append(Removal(start, removal.end, removal.reason))
    return tuple(result)


def understood(repaired: Repaired) -> tuple[str, tuple[str, ...]]:
    """The reading with swapped words undone, and a warning where there are any.

    Words are looked for across removals: a page mark may stand within one.
    """
    kept = list(repaired.kept(0, len(repaired.text)))
    joined = "".join(repaired.reading[position] for position in kept)
    tells = tells_in(joined)
    if not is_swapped_copy(tells):
        return repaired.reading, ()
    characters = list(repaired.reading)
    for position, character in zip(kept, undo_swaps(joined), strict=True):
        characters[position] = character
    warning = (
        "swapped_words: words were replaced by the site this copy is from "
        f"({', '.join(tells[:4])}…); quotes keep what is printed, search reads what was meant"
    )
    return "".join(characters), (warning,)
