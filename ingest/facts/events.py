"""Events that a report says did not happen: 无行政诉讼案件, 未发生重大群体性事件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEAD = (
    r"行政诉讼|行政复议|诉讼|复议|应诉|败诉|纠错|上访|信访|投诉|举报|案件|事件|事故|案例|"
    r"刑事案|命案|违法行为|被诉|纠纷|舆情|违纪"
)
_NEGATION = re.compile(
    r"(?P<negation>(?:全年|今年|本年度|我镇|我街道|辖区内?)?(?:没有发生|没有出现|未发生过?|未出现过?|未产生|未收到|未受理|未引发|未有|"
    r"暂无|尚无|无一起|无一例|没有|零|无)(?:任何|一起|一例|一件|因|过)?)"
    rf"(?P<what>(?:[^,。;:()\d]|\(含[^()]*\)){{0,36}}?(?:{_HEAD})[^,。;:()\d]{{0,40}})"
)
_NOT_NEGATION = re.compile(r"(?:无论|无法|无效|无偿|无障碍|无须|无需|无人|无缝|无讼|无证|无视|没有足够)")
_TAIL = re.compile(r"(?:的(?:发生|情况|现象|情形)?|发生|情况|现象|出现|产生)+$")
_CAUSE = re.compile(r"引发|导致|造成|引起")
_SEPARATOR = re.compile(r"、|和|及|与|或|以及")


@dataclass(frozen=True)
class Event:
    """An event of which there was none, by offsets in the reading."""

    start: int
    end: int
    label_start: int
    label_end: int
    caused: bool  # denied only as the result of something: 无因决策不当引发群体性事件


def missing_events(reading: str, start: int, end: int) -> Iterator[Event]:
    """Events between two offsets that the text denies; coordinated ones each for itself.

    >>> [r[e.label_start:e.label_end] for r in ("全年无行政复议、行政诉讼案件",)
    ...  for e in missing_events(r, 0, len(r))]
    ['行政复议', '行政诉讼案件']
    """
    for match in _NEGATION.finditer(reading, start, end):
        if _NOT_NEGATION.match(reading, match.start("negation")):
            continue
        what_start = match.start("what")
        cause = None
        for cause in _CAUSE.finditer(match["what"]):
            what_start = match.start("what") + cause.end()
        what = reading[what_start : match.end("what")]
        tail = _TAIL.search(what)
        what_end = match.end("what") - (len(tail[0]) if tail else 0)
        caused = cause is not None or "引发" in match["negation"] or "因" in match["negation"]
        for label_start, label_end in _parts(reading, what_start, what_end):
            yield Event(match.start(), match.end(), label_start, label_end, caused)


def _parts(reading: str, left: int, right: int) -> list[tuple[int, int]]:
    pieces = [left]
    for match in _SEPARATOR.finditer(reading, left, right):
        pieces += [match.start(), match.end()]
    pieces.append(right)
    spans = [(pieces[i], pieces[i + 1]) for i in range(0, len(pieces), 2)]
    if all(re.search(_HEAD, reading[start:end]) for start, end in spans):
        return spans
    return [(left, right)]
