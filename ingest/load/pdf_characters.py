"""Characters of a PDF page with their places, put together to pieces of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.load.layout import Piece


@dataclass(frozen=True)
class Character:
    """A character with its place, in points from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def pieces_of(characters: Sequence[Character]) -> list[Piece]:
    """Characters put together to pieces of a line without a wide gap."""
    pieces: list[Piece] = []
    run: list[Character] = []
    for row in rows(characters):
        for character in row:
            if run and is_double(run[-1], character):
                continue
            if run and character.left - run[-1].right > 1.5 * em_of(run):
                pieces.append(piece_of(run))
                run = []
            run.append(character)
        if run:
            pieces.append(piece_of(run))
            run = []
    return pieces


def rows(characters: Sequence[Character]) -> Iterator[list[Character]]:
    """Characters on one line each, from the left, lines from the top; blanks left out."""
    shown = [one for one in characters if not one.text.isspace() and one.bottom > one.top]
    row: list[Character] = []
    for one in sorted(shown, key=lambda one: (one.top + one.bottom) / 2):
        if row:
            middle = median((other.top + other.bottom) / 2 for other in row[-9:])
            if (one.top + one.bottom) / 2 - middle > 0.45 * (row[-1].bottom - row[-1].top):
                yield sorted(row, key=lambda other: other.left)
                row = []
        row.append(one)
    if row:
        yield sorted(row, key=lambda other: other.left)


def is_double(before: Character, character: Character) -> bool:
    """Whether a character is printed again almost in place, as bold type."""
    return before.text == character.text and character.left - before.left < 0.3 * max(
        before.right - before.left, 1.0
    )


def em_of(run: Sequence[Character]) -> float:
    return median(max(one.right - one.left, 0.6 * (one.bottom - one.top)) for one in run[-40:])


def piece_of(run: Sequence[Character]) -> Piece:
    em = em_of(run)
    text = run[0].text
    for before, one in pairwise(run):
        gap = one.left - before.right
        latin = before.text.isascii() and one.text.isascii()
        text += (" " if gap > (0.15 if latin else 0.6) * em else "") + one.text
    return Piece(
        text, run[0].left, min(one.top for one in run), run[-1].right,
        max(one.bottom for one in run), em,
    )  # fmt: skip
