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
_NOT_NEGATION = re.compile(
    r"(?:无论|无法|无效|无偿|无障碍|无须|无需|无人|无缝|无讼|无证|无视|没有足够)"
)
_TAIL = re.compile(r"(?:的(?:发生|情况|现象|情形)?|发生|情况|现象|出现|产生)+$")
_ZERO = re.compile(  # 行政复议案件为零, 行政诉讼“零发生”
    rf"(?P<what>[^,。;:()\d“”\"]{{0,20}}?(?:{_HEAD})[^,。;:()\d“”\"]{{0,8}}?)(?:数量?|量)?(?:均|都|继续|连续|一直)*"
    r"(?:(?:实现|保持)?了?[“\"]?零发[生案][”\"]?|(?:均|都)?为(?:零|0(?![\d.]|\s*[件起宗次例])))"
)
_LEADING = re.compile(r"^(?:的|了|过|全年|今年|今年以来|我镇|我乡|我街道|辖区内?)+")
# A denial of some cases only says nothing of the others: 无积压案件, 未发生重大案件.
_SOME = re.compile(
    r"积压|超期|逾期|超时|未办|未结|久拖|拖延|遗漏|漏|重大|严重|恶性|较大|群体|集体|越级|重复|错案|"
    r"不当|违规"
)
_CAUSE = re.compile(r"引发|导致|造成|引起")
_SEPARATOR = re.compile(r"、|和|及|与|或|以及")


@dataclass(frozen=True)
class Event:
    """An event of which there was none, by offsets in the reading."""

    start: int
    end: int
    label_start: int
    label_end: int
    some: bool  # denied only of some, or as the result of something: 无因决策不当引发的案件


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
        caused = cause is not None or "引发" in match["negation"] or "因" in match["negation"]
        yield from _named(reading, match, what_start, caused)
    for match in _ZERO.finditer(reading, start, end):
        if not _NEGATION.search(match["what"]):
            yield from _named(reading, match, match.start("what"), False)


def _named(reading: str, match: re.Match[str], what_start: int, caused: bool) -> Iterator[Event]:
    what = reading[what_start : match.end("what")]
    leading, tail = _LEADING.match(what), _TAIL.search(what)
    left = what_start + (leading.end() if leading else 0)
    right = match.end("what") - (len(tail[0]) if tail else 0)
    for label_start, label_end in _parts(reading, left, right):
        some = caused or bool(_SOME.search(reading, label_start, label_end))
        yield Event(match.start(), match.end(), label_start, label_end, some)


def _parts(reading: str, left: int, right: int) -> list[tuple[int, int]]:
    pieces = [left]
    for match in _SEPARATOR.finditer(reading, left, right):
        pieces += [match.start(), match.end()]
    pieces.append(right)
    spans = [(pieces[i], pieces[i + 1]) for i in range(0, len(pieces), 2)]
    if all(re.search(_HEAD, reading[start:end]) for start, end in spans):
        return spans
    return [(left, right)]
