"""The paragraph of one report that is nearest to a question in meaning, where none has its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.models import Paragraph
from rag.words import fold

_NEAREST = 4  # paragraphs, nearest first, of which one has to share a word
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
_COMMON = frozenset(
    "行政 执法 法律 法治 政府 工作 案件 情况 问题 以后 之后 之前 时候 负责人 干部 人员 群众 部门 单位 活动 管理 "
    "建设 服务 村民 居民 乡镇 街道 可能 怎么 如何".split()
)


def nearest_paragraph(topic: str, ranked: Sequence[Paragraph]) -> Paragraph | None:
    """The best of the nearest paragraphs that shares a telling word with the topic, if any.

    How near the best is in meaning does not tell questions that a report answers from those
    it does not (cosines of 0.85 to 0.90 for both), so that a word has to be shared as well;
    of a topic in English words that have no Chinese here, the nearest is all that can be told.

    Args:
        topic: phrases joined by a space, alternatives within one by |.
        ranked: paragraphs of one report, nearest first.
    """
    if not ranked:
        return None
    if not _CHINESE.search(topic):  # no word of a report could be shared
        return ranked[0]
    asked = {pair for phrase in topic.replace("|", " ").split() for pair in _pairs(fold(phrase))}
    return next((one for one in ranked[:_NEAREST] if asked & _pairs(fold(one.text))), None)


def _pairs(text: str) -> set[str]:
    """Two characters each, as most Chinese words are; those of most reports left out."""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    return {pair for pair in pairs if _CHINESE.fullmatch(pair)} - _COMMON
