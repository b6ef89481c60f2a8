"""Which line breaks of a text end a paragraph, and which only break a line.

Nothing in a plain text says so; these rules read what typists, wrapping mail
programs and page breaks leave behind. They see folded text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from statistics import quantiles

from ingest.headings import LONGEST_HEADING, marker_at
from rag.words import word_edges

TERMINAL = re.compile(r"[。!?;:…][”\"’')》】」』]*$|[。!?…][”\"]?\([^)]{4,}\)$|\|$")
OPEN_END = re.compile(r"[,、(《“‘]$")
# How paragraphs open: a line that begins so is no continuation, whatever went before.
OPENER = re.compile(
    r"第?[一二三四五六七八九十]{1,2}(?:是|要)|(?:首先|其次|再次|最后|同时|另外|此外|下一步|今后|附件|抄送)[,:]?|"
    r"(?:今年|一年|近年)以?来|20\d\d年(?:度?[,以]|\d{1,2}月\d{1,2}日$)|[#|>*+-]\s"
)
ORGANISATION = re.compile(
    r"(?:(?<!法治)(?<!服务型)政府|委员会|党委|党工委|办事处|管委会|管理委员会|办公室|工作组|[局厅院所])(?:\(盖?章?\))?$"
)
DATE = re.compile(
    r"^[\d二○〇零一二三四五六七八九十]{2,4}\s*[年.\-/]\s*[\d一二三四五六七八九十]{1,2}\s*[月.\-/]\s*[\d一二三四五六七八九十]{0,3}\s*日?$"
)
TITLE_END = re.compile(r"(?:报告|总结|汇报|情况|方案|计划|通知|公告|要点|公示)(?:\([^)]*\))?$")
TITLE_PART = re.compile(r"^[^,。;:!?]{0,14}(?:报告|总结|汇报|情况|工作)(?:\([^)]*\))?$")
SALUTATION = re.compile(r"^[^,。;]{2,40}:$|^[^。;]{2,40}(?:政府|委|局|办|会|厅|室)[^。;]{0,10}:$")
# A heading does not end in one of these: the line is broken before a noun.
DANGLING = re.compile(
    r"(?:(?<!方)向|[的和与及或并且对由让为在把将以从各该其]|相关|有关|各类|各项|各级|通过|根据|按照|围绕|结合|进行|"
    r"习近平|习近|法治政|中国特色)$"
)
CUT_FIGURE = re.compile(r"[\u4e00-\u9fff]\s?[\d.]{0,8}\d[.]?$")
FIGURE_GOES_ON = re.compile(r"\d{0,6}(?:\.\d+)?\s?(?:[%‰]|[\u4e00-\u9fff])(?!、)")
CHINESE_END = re.compile(r"[\u4e00-\u9fff]{2,4}$")
CHINESE_START = re.compile(r"[\u4e00-\u9fff]{1,4}")
ITEM_RANK = 6  # from 1. inwards a number opens an item as often as a heading
# A row of a table set with blanks: short cells with wide gaps between them.
ROW = re.compile(r"\S[^,。;]{0,24}?(?:\t|[ \u3000]{2,})\S{1,16}(?:(?:\t|[ \u3000]{2,})\S{1,10})+$")
LEAST_BODY = 22  # characters; shorter lines without punctuation are titles and signatures


@dataclass(frozen=True)
class Line:
    """A line with something on it: its kept folded text and where it stands."""

    text: str
    start: int  # of the first kept character
    end: int  # after the last one
    indent: int  # columns of white space before it
    blank_before: bool
    page_before: bool = False  # what stands at the edge of a page was taken out before it

    @property
    def width(self) -> int:
        """Columns: a Chinese character takes two."""
        return sum(
            2 if ord(character) > 0x2E7F or character in "“”‘’…" else 1 for character in self.text
        )


@dataclass(frozen=True)
class Wrap:
    """The length at which lines are broken, in columns or in characters."""

    edge: int
    slack: int  # by which a full line may be shorter
    measure: Callable[[Line], int]
    lines: int  # how many are that long

    def fills(self, line: Line) -> bool:
        return self.measure(line) >= self.edge - self.slack


def paragraph_starts(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether it begins a paragraph."""
    wrap = wrap_of(lines)
    body = first_body(lines, wrap)
    item_kinds = kinds_of_items(lines)
    starts = []
    joined = False  # whether the line before continues a body
    for number, line in enumerate(lines):
        if number == 0:
            starts.append(True)
            continue
        before = lines[number - 1]
        if ROW.match(before.text) or ROW.match(line.text):
            start = True
        elif number <= body:
            start = not continues_title(before, line)
        elif wrap:
            start = not continues_wrapped(before, line, wrap)
        else:
            start = not continues_body(before, line, joined, item_kinds)
        joined = not start
        starts.append(start)
    return starts


def wrap_of(lines: Sequence[Line]) -> Wrap | None:
    """Where all lines are wrapped, or None where lines are paragraphs."""
    found = [wrap for measure in (columns, characters) if (wrap := wrapped_at(lines, measure))]
    return max(found, key=lambda wrap: wrap.lines, default=None)


def wrapped_at(lines: Sequence[Line], measure: Callable[[Line], int]) -> Wrap | None:
    """The wrap that shows when line lengths are measured so."""
    long = [line for line in lines if line.width > 16]
    if len(long) < 8:
        return None
    edge = round(quantiles([measure(line) for line in long], n=20)[-2])
    slack = 5 if measure is columns else 2
    full = [line for line in long if edge - slack <= measure(line) <= edge + slack + 1]
    open_ended = [line for line in full if not TERMINAL.search(line.text)]
    if edge <= 140 and len(full) >= 0.4 * len(long) and len(open_ended) >= 0.5 * len(full):
        return Wrap(edge, slack, measure, len(full))
    return None


def columns(line: Line) -> int:
    """The width of a line with its indent, Chinese characters two columns wide."""
    return line.width + line.indent


def characters(line: Line) -> int:
    return len(line.text) + line.indent


def continues_wrapped(before: Line, line: Line, wrap: Wrap) -> bool:
    """In wrapped text a paragraph ends at a short line, an indent, or before a number."""
    if breaks_number(before.text, line.text) and wrap.fills(before):
        return True
    if begins_block(line.text) or line.indent > before.indent:
        return False
    if wrap.fills(before):
        return not (line.blank_before and TERMINAL.search(before.text))
    # Lines set with figures are shorter; a long one in mid-sentence goes on all the same.
    open_ended = "," in before.text and not TERMINAL.search(before.text)
    goes_on = open_ended and wrap.measure(before) >= 0.75 * wrap.edge
    return goes_on or bool(OPEN_END.search(before.text))


def continues_title(before: Line, line: Line) -> bool:
    """Whether a title goes on: 关于2024年法治政府建设 / 情况的报告."""
    if marker_at(line.text) or marker_at(before.text) or TERMINAL.search(before.text):
        return False
    if TITLE_END.search(before.text) or ORGANISATION.search(before.text):
        return False
    if TITLE_END.search(line.text) and broken_word(before.text, line.text):
        return len(before.text) <= 60
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
    if breaks_number(before.text, line.text):
        return True
    if OPENER.match(line.text) or SALUTATION.search(line.text):
        return False
    if line.page_before and not marker_at(before.text) and not TITLE_END.search(before.text):
        return True
    if not marker_at(before.text) and not TITLE_END.search(before.text):
        broken = broken_word(before.text, line.text)
        # 化解纠纷 / 排查隐患 may be a heading and its text; 行政处罚 / 权 is neither.
        if broken and (min(broken) == 1 or len(before.text) >= LEAST_BODY):
            return True
    if in_body or "。" in before.text:
        return True
    marker = marker_at(before.text)
    length = len(before.text) - (marker.end if marker else 0)
    if marker:
        is_item = marker.kind in item_kinds and length >= LEAST_BODY
        return length > LONGEST_HEADING or is_item or bool(DANGLING.search(before.text))
    return length >= LEAST_BODY and not TITLE_END.search(before.text)


def breaks_number(before: str, line: str) -> bool:
    """Whether a figure goes on over the break: 纠纷1 / 06件."""
    return bool(CUT_FIGURE.search(before) and FIGURE_GOES_ON.match(line))


def broken_word(before: str, line: str) -> tuple[int, int] | None:
    """How many characters of a word that goes on over the break stand before and after it."""
    tail, head = CHINESE_END.search(before), CHINESE_START.match(line)
    if not tail or not head:
        return None
    edges = word_edges(tail[0] + head[0])
    place = len(tail[0])
    if place in edges:
        return None
    start = max(edge for edge in edges if edge < place)
    return place - start, min(edge for edge in edges if edge > place) - place


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


def first_body(lines: Sequence[Line], wrap: Wrap | None) -> int:
    """The number of the first line that is not front matter (title, issuers, salutation)."""
    for number, line in enumerate(lines[:15]):
        full = len(line.text) >= LEAST_BODY or (wrap and wrap.fills(line))
        sentence = "。" in line.text or ("," in line.text and full)
        if marker_at(line.text) or len(line.text) > 60 or sentence:
            return number
    return min(len(lines), 15)
