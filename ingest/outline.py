"""Sections and paragraphs of a repaired text, with offsets into the stored text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.cutting import LONGEST_LINE, UNNUMBERED_RANK, Cut, cut_block
from ingest.front import (
    front_end,
    run_in_salutation,
    run_in_signature,
    run_in_title,
    tail_start,
    title_blocks,
)
from ingest.headings import marker_at
from ingest.models import Outline, Repaired
from ingest.openings import Numbering
from ingest.sections import Builder, Piece

__all__ = ["Outline", "outline"]

LEAST_BODY = 40  # characters of a paragraph that tells something, where no heading does


@dataclass(frozen=True)
class Block:
    """A paragraph of the repaired text: what is read, and where each character stands."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int | None) -> tuple[int, int]:
        """Stored offsets of a half-open range of `text`, without white space at its ends."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return (self.offsets[start], self.offsets[end - 1] + 1) if start < end else (0, 0)


def outline(repaired: Repaired, *, report_id: str, pages: tuple[int, ...] | None = None) -> Outline:
    """The title, sections and paragraphs, in reading order.

    Every kept character that is no white space stands in the title, in one heading
    or in one paragraph. `pages`: offsets where the pages of the file begin.
    """
    blocks = [block_of(repaired, start, end) for start, end in repaired.blocks()]
    title, pieces = pieces_of(repaired, [block for block in blocks if block.text.strip()])
    has_headings = any(piece.kind == "heading" for piece in pieces)
    builder = Builder(repaired, report_id, pages, year_in(repaired, title), has_headings)
    for piece in pieces:
        builder.add(piece)
    return builder.outline(title)


def block_of(repaired: Repaired, start: int, end: int) -> Block:
    offsets = tuple(repaired.kept(start, end))
    return Block("".join(repaired.reading[offset] for offset in offsets), offsets)


def year_in(repaired: Repaired, title: tuple[int, int] | None) -> int | None:
    """The first year a title names."""
    match = re.search(r"20\d\d", repaired.reading[slice(*title)]) if title else None
    return int(match[0]) if match else None


def pieces_of(
    repaired: Repaired, blocks: Sequence[Block]
) -> tuple[tuple[int, int] | None, list[Piece]]:
    """The span of the title, and all the rest cut into headings and paragraphs."""
    texts = [block.text for block in blocks]
    marks = heading_marks(repaired)
    title_range = title_blocks(texts)
    title: tuple[int, int] | None = None
    pieces: list[Piece] = []
    first = 0
    if title_range:
        title = blocks[title_range[0]].offsets[0], blocks[title_range[1] - 1].offsets[-1] + 1
        front = max(min(front_end(texts), first_marked(blocks, marks)), title_range[1])
        apart = [*range(title_range[0]), *range(title_range[1], front)]
        pieces += [piece("apart", blocks[number]) for number in apart]
        first = front
    elif blocks:
        title, rest = title_in(repaired, blocks[0])
        blocks = [*rest, *blocks[1:]]
        texts = [block.text for block in blocks]
    tail = max(tail_start(texts), first)
    blocks, texts = with_signature_apart(blocks, tail, first)
    numbering = Numbering()
    seconds = seconds_after(texts[:tail])
    for number in range(first, tail):
        rank = marks.get(blocks[number].offsets[0])
        if rank and not marker_at(texts[number]) and len(texts[number]) <= LONGEST_LINE:
            pieces.append(Piece("heading", rank, *blocks[number].span(0, None), texts[number]))
            continue
        following = texts[number + 1] if number + 1 < tail else None
        salutation = run_in_salutation(texts[number]) if number == first else None
        if salutation:
            pieces.append(piece("apart", blocks[number], 0, salutation))
        cuts = cut_block(
            texts[number],
            following,
            numbering,
            from_position=salutation or 0,
            later_seconds=seconds[number],
        )
        pieces += [of_cut(cut, blocks[number]) for cut in cuts]
    pieces += [piece("apart", block) for block in blocks[tail:]]
    return title, [one for one in pieces if one.start < one.end]


def heading_marks(repaired: Repaired) -> dict[int, int]:
    """The ranks of the headings that "## " marks, by the offset of their first character.

    Two marks stand for the rank of 一、; the loaders put them where only a style tells.
    """
    ranks = {}
    for removal in repaired.removals:
        if removal.reason == "markup" and repaired.text[removal.start] == "#":
            first = removal.end
            while first < len(repaired.text) and repaired.text[first].isspace():
                first += 1
            ranks[first] = UNNUMBERED_RANK + removal.end - removal.start - 2
    return ranks


def first_marked(blocks: Sequence[Block], marks: dict[int, int]) -> int:
    """The number of the first block that is marked as a heading below the title."""
    below = (
        number
        for number, block in enumerate(blocks)
        if marks.get(block.offsets[0], 0) >= UNNUMBERED_RANK
    )
    return next(below, len(blocks))


def title_in(repaired: Repaired, block: Block) -> tuple[tuple[int, int] | None, list[Block]]:
    """The title at the start of a block that goes on with the text, and what is left of it."""
    repeats = [removal for removal in repaired.removals if removal.reason == "title_repeat"]
    if repeats and block.offsets[0] < repeats[0].start <= block.offsets[-1]:
        length = sum(1 for offset in block.offsets if offset < repeats[0].start)
    else:
        length = run_in_title(block.text) or 0
    if not length:
        return None, [block]
    rest = Block(block.text[length:], block.offsets[length:])
    return block.span(0, length), [rest] if rest.text.strip() else []


def seconds_after(texts: Sequence[str]) -> list[frozenset[str]]:
    """For each paragraph the numberings whose number two opens a later one."""
    found: list[frozenset[str]] = []
    kinds: frozenset[str] = frozenset()
    for text in reversed(texts):
        found.append(kinds)
        marker = marker_at(text)
        if marker and marker.number == 2:
            kinds |= {marker.kind}
    return found[::-1]


def with_signature_apart(
    blocks: Sequence[Block], tail: int, first: int
) -> tuple[list[Block], list[str]]:
    """The blocks with issuer and date cut off the end of the text where no break is left."""
    blocks = list(blocks)
    found = run_in_signature(blocks[tail - 1].text) if tail > first else None
    if found:
        last = blocks[tail - 1]
        spans = ((0, found[0]), found, (found[1], len(last.text)))
        parts = [Block(last.text[start:end], last.offsets[start:end]) for start, end in spans]
        blocks[tail - 1 : tail] = [part for part in parts if part.text.strip()]
    return blocks, [block.text for block in blocks]


def of_cut(cut: Cut, block: Block) -> Piece:
    start, end = block.span(cut.start, cut.end)
    return Piece(cut.kind, cut.rank, start, end, block.text[cut.start : cut.end].strip())


def piece(
    kind: Literal["heading", "body", "apart"], block: Block, start: int = 0, end: int | None = None
) -> Piece:
    stop = len(block.text) if end is None else end
    first, last = block.span(start, stop)
    return Piece(kind, 0, first, last, block.text[start:stop].strip())
