"""Which line breaks of a text end a paragraph, and which only break a line.

Nothing in a plain text says so; these rules read what typists, wrapping mail
programs and page breaks leave behind. They see folded text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import quantiles

from ingest.headings import LONGEST_HEADING, marker_at

TERMINAL = re.compile(r"[。!?;:…][”\"’')》】」』]*$|[。!?…][”\"]?\([^)]{4,}\)$")
OPEN_END = re.compile(r"[,、(《“‘]$")
# How paragraphs open: a line that begins so is no continuation, whatever went before.
OPENER = re.compile(
    r"第?[一二三四五六七八九十]{1,2}(?:是|要)|(?:首先|其次|再次|最后|同时|另外|此外|下一步|今后|附件|抄送)[,:]?|"
    r"(?:今年|一年|近年)以?来|20\d\d年(?:度?[,以]|\d{1,2}月\d{1,2}日$)|[#|>*+-]\s"
)
ORGANISATION = re.compile(
    r"(?:政府|委员会|党委|党工委|办事处|管委会|管理委员会|办公室|工作组|[局厅院所])(?:\(盖?章?\))?$"
)
DATE = re.compile(
    r"^[\d二○〇零一二三四五六七八九十]{2,4}\s*[年.\-/]\s*[\d一二三四五六七八九十]{1,2}\s*[月.\-/]\s*[\d一二三四五六七八九十]{0,3}\s*日?$"
)
TITLE_END = re.compile(r"(?:报告|总结|汇报|情况|方案|计划|通知|公告|要点|公示)(?:\([^)]*\))?$")
TITLE_PART = re.compile(r"^[^,。;:!?]{0,14}(?:报告|总结|汇报|情况|工作)(?:\([^)]*\))?$")
SALUTATION = re.compile(r"^[^,。;]{2,40}:$|^[^。;]{2,40}(?:政府|委|局|办|会|厅|室)[^。;]{0,10}:$")
# A heading does not end in one of these: the line is broken before a noun.
DANGLING = re.compile(
    r"(?:[的和与及或并且对向由让为在把将以从各该其]|相关|有关|各类|各项|各级|通过|根据|按照|围绕|结合|进行|"
    r"习近平|习近|法治政|中国特色)$"
)
ITEM_RANK = 6  # from 1. inwards a number opens an item as often as a heading
LEAST_BODY = 22  # characters; shorter lines without punctuation are titles and signatures


@dataclass(frozen=True)
class Line:
    """A line with something on it: its kept folded text and where it stands."""

    text: str
    start: int  # of the first kept character
    end: int  # after the last one
    indent: int  # columns of white space before it
    blank_before: bool

    @property
    def width(self) -> int:
        """Columns: a Chinese character takes two."""
        return sum(
            2 if ord(character) > 0x2E7F or character in "“”‘’…" else 1 for character in self.text
        )


def paragraph_starts(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether it begins a paragraph."""
    wrap = wrap_width(lines)
    body = first_body(lines, wrap)
    item_kinds = kinds_of_items(lines)
    starts = []
    joined = False  # whether the line before continues a body
    for number, line in enumerate(lines):
        if number == 0:
            starts.append(True)
            continue
        before = lines[number - 1]
        if number <= body:
            start = not continues_title(before, line)
        elif wrap:
            start = not continues_wrapped(before, line, wrap)
        else:
            start = not continues_body(before, line, joined, item_kinds)
        joined = not start
        starts.append(start)
    return starts


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The column at which all lines are wrapped, or None where lines are paragraphs."""
    widths = [line.width for line in lines if line.width > 16]
    if len(widths) < 8:
        return None
    edge = round(quantiles(widths, n=20)[-2])
    full = [line for line in lines if edge - 5 <= line.width + line.indent <= edge + 6]
    open_ended = [line for line in full if not TERMINAL.search(line.text)]
    if edge <= 140 and len(full) >= 0.4 * len(widths) and len(open_ended) >= 0.5 * len(full):
        return edge
    return None


def continues_wrapped(before: Line, line: Line, wrap: int) -> bool:
    """In wrapped text a paragraph ends at a short line, an indent, or before a number."""
    if begins_block(line.text) or line.indent > before.indent:
        return False
    if before.width + before.indent >= wrap - 5:
        return not (line.blank_before and TERMINAL.search(before.text))
    # Lines set with figures are shorter; a long one in mid-sentence goes on all the same.
    open_ended = "," in before.text and not TERMINAL.search(before.text)
    goes_on = open_ended and before.width + before.indent >= 0.75 * wrap
    return goes_on or bool(OPEN_END.search(before.text))


def continues_title(before: Line, line: Line) -> bool:
    """Whether a title goes on: 关于2024年法治政府建设 / 情况的报告."""
    if marker_at(line.text) or marker_at(before.text) or TERMINAL.search(before.text):
        return False
    if TITLE_END.search(before.text) or ORGANISATION.search(before.text):
        return False
    starts_title = re.search(r"关于|20\d\d\s*年|法治|依法", before.text)
    return bool(starts_title and TITLE_PART.search(line.text) and len(before.text) <= 40)


def continues_body(before: Line, line: Line, in_body: bool, item_kinds: Collection[str]) -> bool:
    """Whether a sentence goes on over the break between two lines of unwrapped text.

    `in_body`: the line before goes on with a sentence itself; `item_kinds`: the
    numberings whose lines are sentences in this text, not headings.
    """
    if TERMINAL.search(before.text) or begins_block(line.text):
        return False
    if OPEN_END.search(before.text):
        return True
    if DATE.search(before.text) or DATE.search(line.text) or ORGANISATION.search(line.text):
        return False
    if OPENER.match(line.text) or SALUTATION.search(line.text):
        return False
    if in_body or "。" in before.text:
        return True
    marker = marker_at(before.text)
    length = len(before.text) - (marker.end if marker else 0)
    if marker:
        is_item = marker.kind in item_kinds and length >= LEAST_BODY
        return length > LONGEST_HEADING or is_item or bool(DANGLING.search(before.text))
    return length >= LEAST_BODY and not TITLE_END.search(before.text)


def kinds_of_items(lines: Sequence[Line]) -> set[str]:
    """The numberings most of whose lines hold whole sentences."""
    kinds: dict[str, list[bool]] = {}
    for line in lines:
        marker = marker_at(line.text)
        if marker and marker.rank >= ITEM_RANK:
            kinds.setdefault(marker.kind, []).append("。" in line.text)
    return {kind for kind, sentences in kinds.items() if sum(sentences) > 0.7 * len(sentences)}


def begins_block(text: str) -> bool:
    """Whether a line opens with a heading number that is no part of a broken figure."""
    return marker_at(text) is not None


def first_body(lines: Sequence[Line], wrap: int | None) -> int:
    """The number of the first line that is not front matter (title, issuers, salutation)."""
    for number, line in enumerate(lines[:15]):
        full = len(line.text) >= LEAST_BODY or (wrap and line.width + line.indent >= wrap - 5)
        sentence = "。" in line.text or ("," in line.text and full)
        if marker_at(line.text) or len(line.text) > 60 or sentence:
            return number
    return min(len(lines), 15)
