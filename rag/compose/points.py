"""Cut the paragraphs of a section into the points that it states, one for each bullet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.compose.stretches import Stretch
from rag.judgements import Span
from rag.models import Paragraph, Removal, stored_offsets
from rag.words import fold

LONGEST = 200  # characters of a bullet
_SHORTEST = 6
_ITEM = re.compile(
    r"(?:(?<=[。;:,!\s])|^)(?:[一二三四五六七八九十]{1,2}(?:要)?是(?!否)|第[一二三四五六七八九十],|首先,|其次,|再次,|最后,|"
    r"\([一二三四五六七八九十]{1,2}\)|[①-⑳])"
)
_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}(?:要)?是|第[一二三四五六七八九十],|首先,|其次,|再次,|最后,|"
    r"\([一二三四五六七八九十\d]{1,2}\)|[一二三四五六七八九十]{1,2}、|\d{1,2}[.、]|[①-⑳])\s*"
)
_PREFACE = re.compile(
    r"(?:取得|有了|做了)[^。;]{0,30}(?:成绩|成效|进步|进展|工作)|但(?:是)?(?:与|仍|还|也|存在)|(?:主要|重点)(?:是|有|做好|抓好|从)[^。;]{0,12}[::]?$|"
    r"(?:如下|以下)[^。;]{0,8}[:。]?$|(?:针对|对于)(?:上述|以上|这些)问题"
)
_MAINLY = re.compile(r"(?:主要是|主要表现在|主要体现在|主要有|具体是|表现为)[:,]?")


@dataclass(frozen=True)
class Point:
    """One stated point: its words without the item's number, and the span they stand in."""

    text: str
    span: Span
    section: tuple[str, ...]
    heading: str  # the innermost heading below the section's own, without its number


def points(
    paragraph: Paragraph, removals: Sequence[Removal], stretch: Stretch | None = None
) -> tuple[Point, ...]:
    """The points of one paragraph in order; empty for a preface that only leads to them.

    A point longer than a bullet goes on in the next one, cut where a sentence ends.

    Args:
        stretch: the part of the paragraph to keep to.
    """
    part = stretch or Stretch(paragraph.role, 0, len(paragraph.reading))
    reading = paragraph.reading[part.start : part.end]
    offsets = stored_offsets(paragraph.start, paragraph.end, removals)
    own = paragraph.section[-1] if len(paragraph.section) > 1 else ""  # the outermost names a role
    heading = own[_lead(fold(own)) :].strip(" 。:：")
    found = []
    for piece in _pieces(reading, part.role):
        for start, end in _bullets(reading, *piece):
            first, last = part.start + start, part.start + end
            span = _span(paragraph, offsets[first], offsets[last - 1] + 1, first, last)
            text = paragraph.text[first:last].strip(" ;；。")
            found.append(Point(text, span, paragraph.section, heading))
    return tuple(found)


def point_of(paragraph: Paragraph, removals: Sequence[Removal], first: int, last: int) -> Point:
    """The point that reading[first:last] of a paragraph is."""
    offsets = stored_offsets(paragraph.start, paragraph.end, removals)
    span = _span(paragraph, offsets[first], offsets[last - 1] + 1, first, last)
    return Point(paragraph.text[first:last].strip(" ;；。"), span, paragraph.section, "")


def _span(paragraph: Paragraph, start: int, end: int, first: int, last: int) -> Span:
    quote = paragraph.text[first:last]
    raw = quote if end - start == len(quote) else ""  # else repair removed some of it
    section = None if paragraph.page else paragraph.section
    return Span(paragraph.report_id, paragraph.number, start, end, section, raw, quote)


def _pieces(reading: str, role: str) -> Iterator[tuple[int, int]]:
    items = [match.start() for match in _ITEM.finditer(reading)]
    if len(items) >= 2 or (items and items[0] == 0):
        ends = [*items[1:], len(reading)]
        yield from zip(items, ends, strict=True)
        return
    start = 0
    mainly = _MAINLY.search(reading) if role == "shortcomings" else None
    if mainly:
        start = mainly.end()
    elif role == "shortcomings" and _PREFACE.search(reading) and len(reading) < 120:
        return
    listed = [match.end() for match in re.finditer(r";", reading[start:])] if mainly else []
    if listed:
        bounds = [start, *(start + end for end in listed), len(reading)]
        for first, last in pairwise(bounds):
            stop = reading.find("。", first, last)
            yield first, stop + 1 if stop >= 0 else last
        return
    yield start, len(reading)


def _lead(text: str) -> int:
    match = _LEAD.match(text)
    return match.end() if match else 0


def _bullets(reading: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without its item's number, in pieces of at most `LONGEST` characters."""
    text = reading[start:end]
    start += len(text) - len(text.lstrip()) + _lead(text.lstrip())
    end -= len(reading[start:end]) - len(reading[start:end].rstrip())
    while end - start > LONGEST:
        window = reading[start : start + LONGEST]
        cut = max(window.rfind("。"), window.rfind(";"))
        cut = cut if cut >= LONGEST // 4 else max(cut, window.rfind(","))
        stop = start + (cut + 1 if cut > 0 else LONGEST)
        yield start, stop
        start = stop + len(reading[stop:end]) - len(reading[stop:end].lstrip())
    if end - start >= _SHORTEST and reading[end - 1] != ":":
        yield start, end
