"""Where numbered sections open: at the start of a paragraph, and where line breaks are lost."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from ingest.headings import INLINE_KINDS, Marker, marker_at, named_end

LEAST_ITEM = 8  # characters of an item that a second one follows
MAY_BE_MARKER = re.compile(r"第|[一二三四五六七八九十]{1,3}\s*[、.]|\(|(?<![\d.])\d{1,2}\s*[、.]")
# A heading whose own end is lost: 二、主要做法(一)加强政务公开
BARE_HEADING = re.compile(r"(?:^|[。:!?])\s*[一二三四五六七八九十]{1,3}[、.][^。,:;!?]{2,24}$")
CLOSERS = "”\"'’)》】"


@dataclass
class Numbering:
    """The last number seen at each rank, and so which number may come next."""

    last: dict[int, int] = field(default_factory=dict)
    shapes: dict[str, tuple[int, ...]] = field(default_factory=dict)  # of run-in headings, by kind

    def take(self, marker: Marker) -> None:
        for rank in [rank for rank in self.last if rank > marker.rank]:
            del self.last[rank]
        self.last[marker.rank] = marker.number

    def expects(self, marker: Marker) -> bool:
        return self.last.get(marker.rank, 0) + 1 == marker.number


def openings_in(
    text: str, position: int, numbering: Numbering, later_seconds: Collection[str]
) -> Iterator[Marker]:
    """The heading numbers that open something: one at the start, and lost ones within.

    A number in the middle of a line opens a section only in its turn, after the end
    of a sentence or right after a heading, and number one only where number two follows.
    """
    marker = marker_at(text, position)
    if marker:
        numbering.take(marker)
        yield marker
        position = marker.end
    seconds: dict[str, int] | None = None  # looked for only where a number one stands
    for match in MAY_BE_MARKER.finditer(text, position):
        if match.start() < position or not may_open(
            text[max(0, match.start() - 60) : match.start()]
        ):
            continue
        marker = marker_at(text, match.start())
        if not marker or marker.kind not in INLINE_KINDS:
            continue
        if not (numbering.expects(marker) or is_named(text, marker, numbering)):
            continue
        if marker.number == 1:
            seconds = last_seconds(text) if seconds is None else seconds
            here = seconds.get(marker.kind, -1) >= marker.end + LEAST_ITEM
            if not here and marker.kind not in later_seconds:
                continue
        numbering.take(marker)
        yield marker
        position = marker.end


def is_named(text: str, marker: Marker, numbering: Numbering) -> bool:
    """Whether a number out of its turn stands before a usual heading: 。三、2025年工作安排一是."""
    later = marker.number > max(1, numbering.last.get(marker.rank, 0))
    return later and named_end(text[marker.end :]) is not None


def may_open(before: str) -> bool:
    """Whether a section may open after `before`: a sentence has ended, or a bare heading."""
    before = before.rstrip()
    if before.endswith(("。", "!", "?", ":")):
        return True
    if before.endswith(tuple(CLOSERS)):
        return before.rstrip(CLOSERS + " ").endswith(("。", "!", "?"))
    return bool(BARE_HEADING.search(before))


def last_seconds(text: str) -> dict[str, int]:
    """For each numbering, where a number two opens a sentence last."""
    found = {}
    for match in MAY_BE_MARKER.finditer(text):
        second = marker_at(text, match.start())
        if second and second.number == 2:
            before = text[max(0, match.start() - 8) : match.start()]
            if before.rstrip(CLOSERS + " ").endswith(("。", "!", "?")):
                found[second.kind] = match.start()
    return found
