"""What the steps of ingest hand to one another: frozen, without I/O."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rag.models import Paragraph, Place, Removal, ReportType, Section, quote_of


@dataclass(frozen=True)
class Loaded:
    """The text of a file; from here on it is the stored text and never changes."""

    text: str
    encoding: str
    pages: tuple[int, ...] | None  # offset where each page begins; None: the file has no pages
    warnings: tuple[str, ...]  # "<code>: <what and where>"


@dataclass(frozen=True)
class Repaired:
    """The stored text, and how it is to be read."""

    text: str  # unchanged
    removals: tuple[Removal, ...]  # sorted, disjoint
    breaks: tuple[int, ...]  # offsets where a paragraph begins, in reading order
    reading: str  # as long as text: widths and spaces folded, swapped words undone
    warnings: tuple[str, ...]

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Spans from one break to the next, without the white space at their ends."""
        for start, end in pairwise((*self.breaks, len(self.text))):
            yield self.trimmed(start, end)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The span without white space and removals at its two ends."""
        while start < end and (self.text[start].isspace() or self.is_removed(start)):
            start += 1
        while end > start and (self.text[end - 1].isspace() or self.is_removed(end - 1)):
            end -= 1
        return start, end

    def is_removed(self, offset: int) -> bool:
        """Whether repair leaves out the character at `offset`."""
        index = bisect_right(self.removals, offset, key=lambda removal: removal.start) - 1
        return index >= 0 and offset < self.removals[index].end

    def quote(self, start: int, end: int) -> str:
        """The printed text from start to end without removals."""
        return quote_of(self.text, start, end, self.removals)

    def kept(self, start: int, end: int) -> Iterator[int]:
        """Offsets from start to end that repair keeps, in order."""
        position = start
        first = max(0, bisect_right(self.removals, start, key=lambda removal: removal.start) - 1)
        for removal in self.removals[first:]:
            if removal.start >= end:
                break
            yield from range(position, removal.start)
            position = max(position, removal.end)
        yield from range(position, end)


@dataclass(frozen=True)
class Outline:
    """Sections and paragraphs of a report, in reading order."""

    title_span: tuple[int, int] | None
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    heading_spans: tuple[tuple[int, int], ...]  # of sections[i]'s own heading


@dataclass(frozen=True)
class Identity:
    """What a document is and where and when it comes from; what is not determined is None."""

    title: str | None
    issuers: tuple[str, ...]
    place: Place
    year: int | None
    year_doubtful: bool
    published: str | None  # ISO date
    type: ReportType
    warnings: tuple[str, ...]
