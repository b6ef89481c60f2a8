"""Where headings stand in a folded paragraph: at its start, and where line breaks are lost."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ingest.headings import (
    BODY_START,
    ENUMERATION,
    GOES_ON,
    STATEMENT,
    STOP,
    UNFINISHED,
    Marker,
    inferred_end,
    marker_at,
    named_end,
    reads_as_heading,
)
from ingest.openings import CLOSERS, Numbering, openings_in
from ingest.roles import heading_roles
from rag.words import word_edges

LONGEST_LINE = 60  # characters of a heading that has its line for itself
LONGEST_UNNUMBERED = 24
UNNUMBERED_RANK = 4
INNER_RANK = 5


@dataclass(frozen=True)
class Cut:
    kind: Literal["heading", "body"]
    rank: int  # of its number; 0 where it has none
    start: int
    end: int


def cut_block(
    text: str,
    following: str | None,
    numbering: Numbering,
    *,
    from_position: int = 0,
    later_seconds: Collection[str] = (),
) -> list[Cut]:
    """The headings and bodies that make up a paragraph from `from_position` on, in order.

    `following`: the paragraph after it, None at the end; `numbering` is carried along;
    `later_seconds`: the numberings whose number two opens a later paragraph.
    """
    cuts: list[Cut] = []
    position = from_position
    openings = list(openings_in(text, from_position, numbering, later_seconds))
    if not openings or openings[0].start > position:
        end = openings[0].start if openings else len(text)
        alone = position == 0 and end == len(text)
        heading = alone and is_unnumbered_heading(text, following)
        if heading:
            cuts.append(Cut("heading", UNNUMBERED_RANK, position, end))
        else:
            cuts.append(Cut("body", 0, position, end))
    for number, marker in enumerate(openings):
        last = number + 1 == len(openings)
        end = len(text) if last else openings[number + 1].start
        run_in = marker.start > from_position or not last
        after = following if last else text[end:]
        found = list(cut_item(text[:end], marker, after, run_in=run_in))
        if len(found) > 1 and not STOP.search(text[found[0].end - 1]):
            numbering.shapes[marker.kind] = shape_of(text[marker.end : found[0].end])
        elif found[0].kind == "body":
            length = parallel_length(text[marker.end : end], marker, numbering.shapes)
            cut = marker.end + length
            parallel = Cut("heading", marker.rank, marker.start, cut)
            found = [parallel, Cut("body", 0, cut, end)] if length else found
        cuts += found
    return [cut for cut in cuts if text[cut.start : cut.end].strip()]


def shape_of(heading: str) -> tuple[int, ...]:
    """How long the parts of a heading are, between its commas."""
    return tuple(len(part) for part in heading.strip().split(","))


def parallel_length(rest: str, marker: Marker, shapes: Mapping[str, tuple[int, ...]]) -> int:
    """How long a heading is that can be cut off as one before it was; 0 where none can.

    Offices write headings side by side in parallel: 健全工作机制, 规范行政执法. Only where
    breaks are lost are such shapes known.
    """
    shape = shapes.get(marker.kind)
    if shape is None:
        return 0
    length = sum(shape) + len(shape) - 1
    phrase = rest[:length]
    sound = (
        len(rest[length:].partition(";")[0]) >= LONGEST_UNNUMBERED  # else it is an item of a list
        and shape_of(phrase) == shape
        and reads_as_heading(phrase, marker.kind)
        and not UNFINISHED.search(phrase)
        and length in word_edges(rest[: length + 6])
    )
    return length if sound else 0


def cut_item(text: str, marker: Marker, after: str | None, *, run_in: bool) -> Iterator[Cut]:
    """A numbered stretch of `text` from its marker to the end: heading, body or both."""
    spaced = text[: marker.start].endswith(" ")
    length = heading_length(text[marker.end :], marker, after, run_in=run_in, spaced=spaced)
    if not length:
        yield Cut("body", marker.rank, marker.start, len(text))
        return
    yield Cut("heading", marker.rank, marker.start, marker.end + length)
    yield Cut("body", 0, marker.end + length, len(text))


def heading_length(
    rest: str, marker: Marker, after: str | None, *, run_in: bool, spaced: bool
) -> int | None:
    """How many characters after the number are its heading, with the mark that ends it."""
    stop = STOP.search(rest)
    end = stop.end() if stop else len(rest)
    while end < len(rest) and rest[end] in CLOSERS + " ":
        end += 1
    if named := named_end(rest):
        return named
    if end == len(rest) and not (run_in and inferred_end(rest)):
        return end if is_heading_line(rest, marker, after) else None
    phrase = rest[: stop.start()] if stop else rest
    enumeration = ENUMERATION.search(phrase, 2)
    if enumeration and reads_as_heading(phrase[: enumeration.start()].rstrip(","), marker.kind):
        return enumeration.start()
    gap = gap_after_heading(rest, marker.kind, spaced=spaced)
    if gap and gap < len(phrase):
        return gap
    if run_in and (inferred := inferred_end(rest)) and inferred < len(phrase):
        return inferred
    if stop and reads_as_heading(phrase, marker.kind):
        return end
    return inferred_end(rest) if run_in else None


def gap_after_heading(rest: str, kind: str, *, spaced: bool) -> int | None:
    """Where a heading ends at a space, all that is left of the line break after it.

    `spaced`: a space stands before the number too, so that spaces are breaks in this text.
    """
    for gap in re.finditer(
        r"(?<=[\u4e00-\u9fff”)]) +(?=[\u4e00-\u9fff“《(\d])", rest[:LONGEST_LINE]
    ):
        body = rest[gap.end() :]
        opens = BODY_START.match(body) or ENUMERATION.match(body) or len(gap[0]) > 1 or spaced
        phrase = rest[: gap.start()]
        if len(phrase) >= 4 and opens and len(body) >= LONGEST_UNNUMBERED:
            return gap.end() if reads_as_heading(phrase, kind) else None
    return None


def is_heading_line(rest: str, marker: Marker, after: str | None) -> bool:
    """Whether a numbered line of its own is a heading: short, no statement, with text under it.

    A numbered line with nothing under it is an item of a list; its words count as text.
    """
    phrase = rest.rstrip("。:;,. ")
    next_marker = marker_at(after) if after else None
    if after and next_marker is None and GOES_ON.match(after):
        return False  # 力争持证率达到 / 100%
    listed = rest.rstrip().endswith(";") and not (next_marker and next_marker.rank > marker.rank)
    if len(phrase) > LONGEST_LINE or listed or STATEMENT.search(phrase):
        return False
    restarts = next_marker is not None and (
        (next_marker.rank, next_marker.number, marker.number) == (marker.rank, 1, 1)
    )
    ends = next_marker is not None and next_marker.rank <= marker.rank and not restarts
    is_leaf = after is None or ends
    return not is_leaf or (marker.rank < INNER_RANK and bool(heading_roles(phrase)))


def is_unnumbered_heading(text: str, following: str | None) -> bool:
    """Whether a line without a number is a heading: short, names a part, with text under it."""
    return (
        len(text) <= LONGEST_UNNUMBERED
        and following is not None
        and len(following) > len(text)
        and not STOP.search(text.rstrip(":"))
        and not STATEMENT.search(text)
        and "," not in text
        and bool(heading_roles(text.rstrip(":")))
    )
