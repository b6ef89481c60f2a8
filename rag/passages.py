"""Passages: the pieces of paragraphs that are embedded, each with its title and headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rag.models import Paragraph

VERSION = 1  # of how paragraphs are divided; raise it when they come out otherwise

# Where a text may be divided, the best first: after a sentence, after a clause, anywhere.
_DIVISIONS = (
    re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]+[”’」』）)]*|[^。！？!?；;\n]+"),
    re.compile(r"[^，,、：:]*[，,、：:]+|[^，,、：:]+"),
    re.compile(r".", re.DOTALL),
)


@dataclass(frozen=True)
class Passage:
    """What one vector stands for."""

    id: str  # "<paragraph id>.<piece>", pieces from 0
    paragraph_id: str
    report_id: str
    text: str  # title, headings and the piece of the paragraph's reading, a line each


def passages_of(
    title: str | None,
    paragraphs: Sequence[Paragraph],
    *,
    count_tokens: Callable[[str], int],
    window: int,
) -> tuple[Passage, ...]:
    """The passages of a report's paragraphs, in reading order; one where it fits the window."""
    return tuple(
        Passage(f"{paragraph.id}.{piece}", paragraph.id, paragraph.report_id, text)
        for paragraph in paragraphs
        for piece, text in enumerate(
            split_passage(
                "\n".join((*((title,) if title else ()), *paragraph.section)),
                paragraph.reading,
                count_tokens=count_tokens,
                window=window,
            )
        )
    )


def split_passage(
    heading: str, text: str, *, count_tokens: Callable[[str], int], window: int
) -> tuple[str, ...]:
    """The text in pieces of at most `window` tokens, each under the heading, nothing lost.

    Divided after sentences; a sentence that is too long after commas; a clause that is too
    long anywhere. A heading that leaves less than half of the window is shortened from its
    front, so that the nearest heading stays.

    >>> split_passage("甲镇", "一是宣传。二是调解。", count_tokens=len, window=9)
    ('甲镇\\n一是宣传。', '甲镇\\n二是调解。')
    """
    while heading and count_tokens(heading) > window // 2:
        heading = heading[len(heading) // 4 + 1 :]
    prefix = heading + "\n" if heading else ""

    def fits(piece: str) -> bool:
        return count_tokens(prefix + piece) <= window

    return tuple(prefix + piece for piece in _pieces(text.strip(), fits, 0))


def _pieces(text: str, fits: Callable[[str], bool], level: int) -> Iterator[str]:
    """Consecutive pieces of the text, each as long as fits, divided no finer than need be."""
    if fits(text) or level == len(_DIVISIONS):
        yield text
        return
    piece = ""
    for part in _DIVISIONS[level].findall(text):
        if fits(piece + part):
            piece += part
            continue
        if piece:
            yield piece
        *whole, piece = _pieces(part, fits, level + 1)
        yield from whole
    if piece:
        yield piece
