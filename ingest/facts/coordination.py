"""Several rates that share one figure, or that have one each (A率、B率分别为90%、80%)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.amounts import Amount

_AND = r"(?:、|和|(?<!参)与|以及|及(?!时|格))"
_RATE_ITEM = rf"(?:(?!{_AND})[^,;。:]){{1,18}}?(?:率|比例|占比|比率)"
_RATES = re.compile(
    rf"^(?P<first>.*?(?:率|比例|占比))(?P<rest>(?:{_AND}{_RATE_ITEM})+)(?:\([^()]*\))?$"
)
LEAST = 3  # characters of what is counted for itself, more than
_SEPARATOR = re.compile(_AND)
_BETWEEN = re.compile(r"\s*(?:、|,|和|与|及|以及)+\s*")
_BETWEEN_MOVES = re.compile(  # 分别下降12%、增长3%和下降8%
    r"\s*(?:、|,|和|与|及|以及)+(?:增长|上升|下降|减少|降低|增加|提高|提升)了?"
)


def rate_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The rates of a run such as 报备率、及时率和合规率, by offsets; none where it is no such run.

    >>> rate_spans("报备率、及时率和合规率")
    ((0, 3), (4, 7), (8, 11))
    """
    match = _RATES.match(text)
    if match is None:
        return ()
    first, end = match["first"], match.end("rest")
    spans = [(max(first.rfind("、", 0, len(first) - 2), -1) + 1, match.end("first"))]
    marks = [found.span() for found in _SEPARATOR.finditer(text, match.start("rest"))]
    for index, (_, stop) in enumerate(marks):
        spans.append((stop, marks[index + 1][0] if index + 1 < len(marks) else end))
    return tuple(spans)


def counted_alike(text: str) -> tuple[tuple[int, int], ...]:
    """What is named side by side and counted alike, by offsets; none where it is one name.

    >>> counted_alike("行政复议、行政诉讼案件"), counted_alike("矛盾、纠纷")
    (((0, 4), (5, 11)), ())
    """
    parts = parts_of(text)
    whole = len(parts) > 1 and all(stop - start > LEAST for start, stop in parts)
    return parts if whole and "等" not in text else ()


def parts_of(text: str) -> tuple[tuple[int, int], ...]:
    """What is named side by side, by offsets; one where nothing is.

    >>> parts_of("行政复议、行政诉讼案件")
    ((0, 4), (5, 11))
    """
    marks = [mark.span() for mark in _SEPARATOR.finditer(text)]
    starts = [0, *(stop for _, stop in marks)]
    return tuple(zip(starts, [*(start for start, _ in marks), len(text)], strict=True))


def run_length(reading: str, amounts: Sequence[Amount], index: int, *, moves: bool = False) -> int:
    """How many figures from this one on are listed side by side: 100%、100%和97.5% are three.

    Where they are changes (`moves`), each may say its direction.
    """
    length = 1
    while index + length < len(amounts):
        end, start = amounts[index + length - 1].end, amounts[index + length].start
        joined = _BETWEEN.fullmatch(reading, end, start)
        if not joined and not (moves and _BETWEEN_MOVES.fullmatch(reading, end, start)):
            break
        length += 1
    return length
