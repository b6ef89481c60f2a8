"""What a bare label is of: the noun of a lead-in, of an earlier figure or of the clause before."""

from __future__ import annotations

import re

from ingest.facts.edges import trim
from ingest.facts.sentences import Span, clause_starts
from ingest.facts.topics import Topics
from rag.words import has_noun

_LEAD_IN = re.compile(
    r"^\W{0,3}(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]|[一二三四五六七八九]是)?\s*(?P<lead>[^,。;:()\d]{2,22}):"
)
_SPOKEN_OF = re.compile(  # 调解这一块,今年一共接了214起
    r"^\W{0,3}(?P<lead>[^,。;:()\d]{2,10}?)(?:这一?块|这一?方面|这项工作|这件事|的事儿?|的情况)(?:上|儿|呢)?,"
)
_QUOTED = re.compile(r"“([^“”]{2,10})”")
_ABOUT = re.compile(
    r"^(?:对照|关于|围绕|针对|就|在)|(?:指标|方面|情况|上|类|按(?:照)?[\u4e00-\u9fff]{2,4}[分计划])+$"
)
_NO_SUBJECT = re.compile(  # a heading that names no matter: 主要工作, 存在的问题
    r"^(?:主要|重点|总体|具体|基本|全年|年度|本年度|20\d\d年)*(?:的|工作|成效|成绩|做法|举措|措施|情况|任务|亮点|特色|问题|地方|之处|困难|难题|短板|弱项|不足|打算|计划|安排|思路|及|和|与|、|开展|推进|取得|存在|下一?步|基本|主要)+$"
)
_SHORT = 14  # characters of a heading that names what the figures under it are of, at most
_PREDICATE = re.compile(  # where what is said of a clause's subject begins
    r"[是为都均已也有没不就仍还较更太偏略将能]|未(?!成年|来)|(?<![题委务作谈大议例席])会(?!议)|由(?!于)|居(?![委民)])|占|达|比(?![例率重])|相比|呈|实现|保持|普遍|基本|全面|明显|逐年|连年|近年来|历年|最[多少高低]|日益|不断|大幅|有所|稳步|持续|深入|扎实|有力|顺利|进一步|工作(?=持续|扎实|有序|稳步|深入|全面|不断|进一步|平稳|有力|顺利|开展|推进|取得|得到)|创|紧?缺|偏|(?<=[率度])(?:得到|取得|显著|上升|提升|提高|回升|攀升)|衔接|联动|协同|顺畅|畅通|成效|有序"
)
_SIZE = re.compile(
    r"(?<=[员部])(?:队伍)?(?:编制|规模|队伍)?(?:数|人数)?$"
)  # 执法人员编制未变,仍为21人
_FIGURE = re.compile(r"(?!12345|20\d\d年)(?<!\d)\d+(?!\d*\.(?:\s|12345))")
_COUNTED = re.compile(r"\d+[个家处所名](?:行政|自然)?(?:村|社区|单位)(?:\(社区\)|\(居\))?")
_ASKED = re.compile(  # 诉讼案件有多少? 全年2件
    r"^\W*(?:[\u4e00-\u9fff]{0,3}问)[:,]|(?:到底|究竟|一共|总共)?(?:是|有|为|达到?|占|共)*"
    r"(?:多少|几(?=[个件次场人名份起宗家成?])|怎么样|怎样|如何|没有|无)(?:[个件次场人名份起宗家成]|百分比)?|[吗呢?]"
)
_GENERIC = re.compile(
    r"^(?:[与同较比和]|上年|去年)|^(?:同比|环比|其中|此外|另外|同时|目前|今年|全年|年内|上级|我[镇乡办]|全[镇乡])+$"
)


def lead_in(reading: str, sentence: Span) -> str:
    """What a sentence names before its colon: 对照“普法”指标:共开展67场."""
    words = reading[sentence.start : sentence.end]
    match = _LEAD_IN.match(words) or _SPOKEN_OF.match(words)
    if match is None and reading[: sentence.start].rstrip().endswith(";"):
        start = max(reading.rfind(mark, 0, sentence.start) for mark in "。!?\n") + 1
        match = _LEAD_IN.match(reading[start : sentence.end])
    return about(match["lead"]) if match else ""


def asked_before(reading: str, before: Span) -> str:
    """What the question right before an answer asks for; empty where none is asked."""
    question = reading[before.start : before.end].strip()
    words = _ASKED.sub("", question)
    if not question.endswith("?") or len(words) > 24 or len(words) == len(question) - 1:
        return ""
    left, right = trim(words, 0, len(words))
    return words[left:right]


def about(words: str) -> str:
    """The noun of a lead-in or a short heading, without what only says that it is one."""
    quoted = _QUOTED.search(words)
    if quoted:
        return quoted[1]
    while match := _ABOUT.search(words):
        words = words[: match.start()] + words[match.end() :]
    return words


def heading_subject(topics: Topics) -> str:
    """The innermost heading, where it is short enough to name what is counted under it."""
    name = topics.name
    named = about(name) if name and len(name) <= _SHORT and "," not in name else ""
    return "" if _NO_SUBJECT.search(named) else named


def named_heading(topics: Topics) -> str:
    """The innermost heading as printed, where it names some matter."""
    return "" if _NO_SUBJECT.search(topics.name) else topics.name


def clause_before(reading: str, sentence: Span, start: int) -> str:
    """The clause before the one that begins at an offset, where it is short and without figures."""
    clauses = [place for place in clause_starts(reading, sentence) if place <= start]
    words = reading[clauses[-2] : clauses[-1] - 1].strip() if len(clauses) > 1 else ""
    words = _COUNTED.split(words)[-1]  # 10个村都建起法治大院,其中新建2处
    return words if len(words) <= 28 and not re.search(r"\d", words) else ""


def rate_spoken_of(reading: str, sentence: Span, start: int) -> str:
    """The rate that the clause before speaks of: 满意率偏低,距离市里要求的95%还有差距."""
    words = clause_subject(reading, sentence, start)
    return words if words.endswith(("率", "度", "比例")) else ""


def clause_subject(reading: str, sentence: Span, start: int) -> str:
    """What the clause before speaks of: 涉旅投诉仍居高位,全年共412起."""
    clauses = [place for place in clause_starts(reading, sentence) if place <= start]
    while len(clauses) > 2 and _FIGURE.search(reading[clauses[-2] : clauses[-1]]):
        clauses.pop()
    if len(clauses) < 2 or _FIGURE.search(reading[clauses[-2] : clauses[-1]]):
        return ""
    comment = _PREDICATE.search(reading, clauses[-2] + 2, clauses[-1])
    end = comment.start() if comment else clauses[-1] - 1
    left, right = trim(reading, clauses[-2], end)
    words = _SIZE.sub("", reading[left:right])
    if (
        len(words) > 20
        or _GENERIC.match(reading[clauses[-2] : end].strip())
        or not (has_noun(words) or words.endswith("纠纷"))
    ):
        return ""
    return words
