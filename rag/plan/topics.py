"""What a question is about, once the words that ask are taken away.

A topic is written in one string: phrases that belong together separated by a space, and
alternatives for one phrase by a bar (经费|装备).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rag.blanking import blank_matches
from rag.plan.cues import load_cues
from rag.words import field_terms, has_noun, is_said_of_anything, phrases_of, word_edges

_QUOTED = re.compile(r"[“\"'「『《]([^“”\"'「」『』《》]{2,30})[”\"'」』》]")
_RATE = re.compile(r"的?([\u4e00-\u9fff]{1,8}率)")  # “好差评”主动参评率
_COUNTING = re.compile(r"[办搞做开发罚收建](?=[了过]?(?:多少|几[场次个件份]))")  # 宣传办了多少场
_PAST = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?<![超经通不除为罢])[过了](?=[\u4e00-\u9fff]{2})")
_BY_MEANS = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?<![外未近历以原将往从年本])来(?![信访电文源自历])(?=[\u4e00-\u9fff]{2})|(?<=[\u4e00-\u9fff]{2})来$"
)
_KINDS = re.compile(
    r"([A-Za-z\u4e00-\u9fff]{2,10}(?:、[\u4e00-\u9fff]{2,8}?)+)(?:这类|之类|这样|这些|等|一类)的?"
    r"(?:阵地|场所|设施|平台|活动|做法|载体|措施|设备|地方|东西|形式|方式|工具|系统)|"
    r"([A-Za-z\u4e00-\u9fff]{2,10})(?:这类|之类|一类)的[\u4e00-\u9fff]{0,6}"
    r"(?:阵地|场所|设施|平台|活动|做法|载体|措施|设备|地方|东西|形式|方式|工具|系统)"
)
_LISTED = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})\(([\u4e00-\u9fff]{2,8}(?:[、,或/][\u4e00-\u9fff]{2,8})*)等?\)"
)
_ACTOR = re.compile(
    r"(?:镇村|机关|领导|党员|村|全体)?干部(?=旁听|参加|学习|培训|轮训|述法|包[村案片]|考试|测试|宣誓)"
)
_TAIL = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:的?(?:活动|工作|机制|做法|情况|方面|事项|任务|行动))$"
)
_AND = re.compile(
    r"[,，、;]|以及|并且|而且|同时|既|又|也(?=没|未|无|有|提)|但(?:是)?|却|和(?!谐|解|睦)|与|及(?!时)|还(?=有|建|开|做|提)"
)
_CONTRAST = r"但是?|却|而(?=[没未不])|可是"  # 走访了企业,但没做“法治体检”
_JOINED_BEFORE = re.compile(
    rf"{_CONTRAST}|[,、]?(?:又|同时|而且|并且|还|或者?)(?=[有做开推搞办建给为])|(?:以及|或者?|[和与及、])(?=[“\"'「『《])"
)
_JOINED_BEHIND = re.compile(
    rf"{_CONTRAST}|[,、]?(?:又|同时|而且|并且|还|或者?)(?=[有做开推搞办建给为])|(?<=[”\"'」』》])(?:以及|或者?|[和与及、])"
)  # 既推行“…”又有…, “综合查一次”和免罚
_OR = re.compile(r"或者?|还是|要么")


@dataclass(frozen=True)
class Topic:
    """A thing that a question is about, and where its words begin."""

    text: str
    start: int
    sides: tuple[str, ...] = ()  # the things that 或 joins, each by itself


def read_topics(masked: str) -> tuple[Topic, ...]:
    """The topics a Chinese question names, one for each thing it asks about, in order.

    Args:
        masked: the folded question with places, years, figures and the indicators that
            it asks values of blanked out.
    """
    masked = _KINDS.sub(_kinds_listed, _BY_MEANS.sub(" ", masked))
    masked = _LISTED.sub(_as_alternatives, _COUNTING.sub(" ", masked))
    quoted = [Topic(match[1], match.start(1)) for match in _QUOTED.finditer(masked)]
    if quoted:
        return _with_unquoted(quoted, masked)
    topics = []
    start = 0
    for cut in [*_AND.finditer(masked), None]:
        end = cut.start() if cut else len(masked)
        text, first, sides = _alternatives(masked[start:end])
        if text:
            topics.append(Topic(text, start + first, sides))
        start = cut.end() if cut else end
    strong = [topic for topic in topics if has_noun(topic.text)]
    return tuple({topic.text: topic for topic in strong or topics}.values())


def _with_unquoted(quoted: list[Topic], masked: str) -> tuple[Topic, ...]:
    """What stands in quotation marks, and what is joined to it on either side without them."""
    joined = [*_JOINED_BEFORE.finditer(masked, 0, quoted[0].start)]
    before = read_topics(masked[: joined[-1].start()]) if joined else ()
    behind = quoted[-1].start + len(quoted[-1].text)
    further = _JOINED_BEHIND.search(masked, behind)
    after = read_topics(" " * further.end() + masked[further.end() :]) if further else ()
    beside = [t for t in (*before, *after) if has_noun(t.text) or t.text in field_terms()]
    every = (*_with_measure(quoted, masked), *beside)
    return tuple(sorted(every, key=lambda topic: topic.start))


def _kinds_listed(match: re.Match[str]) -> str:
    """法治广场、公园、长廊这类阵地 as 法治广场或公园或长廊, at the same length."""
    return (match[1] or match[2]).replace("、", "或").ljust(len(match[0]))


def _as_alternatives(match: re.Match[str]) -> str:
    """法治广场(长廊、公园) as 法治广场或长廊或公园, at the same length."""
    return "或" + re.sub("[、,/]", "或", match[0][1:-1]) + " "


def _with_measure(quoted: list[Topic], masked: str) -> tuple[Topic, ...]:
    """What stands in quotation marks, with the rate of it that is asked for behind it."""
    last = quoted[-1]
    behind = _RATE.match(masked, last.start + len(last.text) + 1)
    if behind is None:
        return tuple(quoted)
    return (*quoted[:-1], Topic(f"{last.text} {behind[1]}", last.start, last.sides))


def _alternatives(segment: str) -> tuple[str, int, tuple[str, ...]]:
    """The topic of a part of a question, where in it its words begin, and its sides."""
    sides = []
    first = -1
    start = 0
    for cut in [*_OR.finditer(segment), None]:
        if cut and _joins_verbs(segment[start : cut.start()], segment[cut.end() :]):
            continue
        end = cut.start() if cut else len(segment)
        phrases = _phrases(segment[start:end])
        if phrases:
            sides.append([phrase for _, phrase in phrases])
            first = start + phrases[0][0] if first < 0 else first
        start = cut.end() if cut else end
    if any(has_noun(side[0]) for side in sides):
        named = field_terms()  # 编制或公布了…目录, but 普法或者调解
        sides = [side for side in sides if has_noun(side[0]) or side[0] in named]
    if len(sides) < 2:
        return (" ".join(sides[0]) if sides else ""), max(first, 0), ()
    either = "|".join([sides[0][-1], *(side[0] for side in sides[1:])])
    alone = tuple(side[0] for side in sides) if all(len(side) == 1 for side in sides) else ()
    return " ".join([*sides[0][:-1], either, *sides[-1][1:]]), first, alone


def _joins_verbs(before: str, after: str) -> bool:
    """Whether 或 stands between two words for having: 执法人员配上或者用上了执法记录仪."""
    asking = load_cues("zh").asking
    heads = [match for match in asking.finditer(before) if match.end() == len(before)]
    follows = asking.match(after)
    return bool(heads and heads[0][0].strip() and follows and follows[0].strip())


def _phrases(text: str) -> list[tuple[int, str]]:
    """What a part of a question names, each with its offset in it."""
    text = _without_roles(text)
    trimmed: list[tuple[int, str]] = []
    position = 0
    for term in _field_terms().finditer(text):
        trimmed += _trimmed(text, position, term.start())
        if load_cues("zh").asking.sub("", term[0]):
            trimmed.append((term.start(), term[0]))
        position = term.end()
    trimmed += _trimmed(text, position, len(text))
    phrases = [part for at, phrase in trimmed for part in _actor_apart(at, _PAST.sub("", phrase))]
    phrases = [(at, _TAIL.sub("", phrase)) for at, phrase in phrases if len(phrase) >= 2]
    telling = [(at, phrase) for at, phrase in phrases if not is_said_of_anything(phrase)] or phrases
    return [(at, phrase) for at, phrase in telling if has_noun(phrase)] or telling


def _actor_apart(start: int, phrase: str) -> list[tuple[int, str]]:
    """Who did something apart from what was done: 干部旁听 as 干部 and 旁听."""
    actor = _ACTOR.match(phrase)
    if actor is None or len(phrase) - actor.end() < 2 or phrase in field_terms():
        return [(start, phrase)]
    return [(start, actor[0]), (start + actor.end(), phrase[actor.end() :])]


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The phrases of text[start:end] between the words that only ask.

    A word that asks counts where it is a word of its own: 能 does, in 人工智能 it does not.
    """
    part = text[start:end]
    asking = load_cues("zh").asking
    edges = sorted(word_edges(part))
    within = set(edges)
    for first, last in pairwise(edges):
        if not asking.sub("", part[first:last]):
            within.update(range(first, last))

    def blank(match: re.Match[str]) -> str:
        whole = match.start() in within and match.end() in within
        return " " * len(match[0]) if whole else match[0]

    asked = asking.sub(blank, part)
    found = []
    position = 0
    for piece in asked.split():
        position = asked.index(piece, position)
        found += [
            (start + position + max(0, piece.find(phrase)), phrase) for phrase in phrases_of(piece)
        ]
        position += len(piece)
    return found


@cache
def _field_terms() -> re.Pattern[str]:
    long = sorted((term for term in field_terms() if len(term) >= 4), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, long)))


def _without_roles(text: str) -> str:
    """The text without the words that name a section's role or the kind of question."""
    cues = load_cues("zh")
    asking = [cues.kinds[kind] for kind in ("rank", "compare", "trend")]
    for pattern in (*cues.roles.values(), *asking):
        text = blank_matches(pattern, text)
    return text
