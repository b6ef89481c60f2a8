"""What an English question is about, joined as its words join it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.plan.english_named import Named, named_things, unread_words
from rag.plan.topics import Topic

_AND = re.compile(r",|;|\band\b|\bbut\b|\bnor\b|\bas well as\b", re.IGNORECASE)
# Said of nearly everything, so that it narrows no figure.
_GENERAL = frozenset(
    "执法 行政执法 企业 村 村(居) 社区 群众 法庭 法律 负责人 干部 领导 监督 整改 平台 普法 法治宣传 宣传 培训 "
    "公开 矛盾纠纷 调解 热线 12345 信访 行政处罚 罚款 行政检查 结案 制度 教育 考核 意见 建议 司法局 司法所 "
    "执法人员 政务服务 主要负责人 镇长 党委 党政 民警 行政诉讼 行政复议 规范性文件 满意度 农村 农民 "
    "人口 工单 志愿者 数字化 乡村振兴 依法行政 档案 经费 预算".split()
)
# Around a practice rather than a part of it: drones for enforcement, check-ups for companies.
_AROUND = frozenset(
    "执法 行政执法 企业 村 村(居) 社区 群众 法律 干部 负责人 领导 制度 平台 宣传 普法 法治宣传 农村 农民 公开 "
    "矛盾纠纷 民警 监督 教育 考核 整改 行政检查 法官 投诉举报 意见 建议 人口 社会组织".split()
)
_OR = re.compile(r"\bor\b", re.IGNORECASE)


def english_topics(masked: str) -> tuple[Topic, ...]:
    """The topics an English question names, one for each thing it asks about, in order.

    Args:
        masked: the folded question with places, years, figures and the indicators that
            it asks values of blanked out.
    """
    return _topics_of(masked, named_things(masked))


def known_topics(masked: str) -> tuple[tuple[Topic, ...], tuple[str, ...]]:
    """The topics of an English question that the glossary has, and the words it has not."""
    named = named_things(masked)
    known = tuple(one for one in named if one.known)
    return _topics_of(masked, known), unread_words(masked, named)


def narrowing_topic(topic: Topic, names: Sequence[str]) -> Topic:
    """The topic without what the indicators beside it say already, or what every report says.

    Args:
        names: names and synonyms of the indicators.
    """
    phrases = [phrase for phrase in topic.text.split() if _narrows(phrase, names)]
    return replace(topic, text=" ".join(phrases))


def _narrows(phrase: str, names: Sequence[str]) -> bool:
    alternatives = phrase.split("|")
    if alternatives[0] in _GENERAL:
        return False
    return not any(alternative in name for alternative in alternatives for name in names)


def _topics_of(masked: str, named: tuple[Named, ...]) -> tuple[Topic, ...]:
    topics = []
    for start, end in _pieces(masked, 0, len(masked), _AND, named):
        pieces = _pieces(masked, start, end, _OR, named)
        if any(one.printed and start <= one.start < end for one in named):
            pieces = [(start, end)]  # have or use body-worn recorders (执法记录仪)
        sides = [side for piece in pieces if (side := _side(named, *piece))]
        if sides:
            topics.append(_joined(sides))
    return tuple({topic.text: topic for topic in topics}.values())


def _pieces(
    text: str, start: int, end: int, joint: re.Pattern[str], named: tuple[Named, ...]
) -> list[tuple[int, int]]:
    """The stretches of text[start:end] between the words that join, outside of things named."""
    cuts = [
        match.span()
        for match in joint.finditer(text, start, end)
        if not any(one.start < match.end() and match.start() < one.end for one in named)
    ]
    edges = [start, *(edge for cut in cuts for edge in cut), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _joined(sides: list[list[tuple[int, str]]]) -> Topic:
    """The topic of what "or" joins: A x or y B is A x|y B."""
    words = [[phrase for _, phrase in side] for side in sides]
    start = sides[0][0][0]
    if len(words) < 2:
        return Topic(_telling(words[0]), start)
    either = "|".join([words[0][-1], *(side[0] for side in words[1:])])
    alone = tuple(side[0] for side in words) if all(len(side) == 1 for side in words) else ()
    return Topic(_telling([*words[0][:-1], either, *words[-1][1:]]), start, alone)


def _telling(phrases: list[str]) -> str:
    """The phrases of a topic without those that only say where or for whom, if others are left."""
    telling = [phrase for phrase in phrases if phrase.partition("|")[0] not in _AROUND]
    return " ".join(telling or phrases)


def _side(named: tuple[Named, ...], start: int, end: int) -> list[tuple[int, str]]:
    """What a part of a question names; where it gives the Chinese word itself, only that."""
    here = [one for one in named if start <= one.start < end]
    here = [one for one in here if one.printed] or here
    first = {one.text: one.start for one in reversed(_without_likeness(here))}
    return sorted((at, text) for text, at in first.items())


def _without_likeness(here: list[Named]) -> list[Named]:
    """The things named, of two that share a Chinese word the one of fewer such words."""
    kept: list[Named] = []
    for one in sorted(here, key=lambda one: one.text.count("|")):
        words = {*one.text.split("|")}
        if not any(words & {*other.text.split("|")} for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
