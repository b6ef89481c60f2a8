"""Words that narrow an indicator to a part of it: 民法典宣传 is not all 法治宣传."""

from __future__ import annotations

import re

from rag.indicators import IndicatorMention
from rag.models import Language
from rag.plan.english_named import named_things
from rag.year_parts import year_part

_OF_PUBLICITY = re.compile(r"宣传|普法|讲座|培训")
_SUBJECTS = re.compile(
    r"民法典|宪法|国家安全|反?电信?网络?诈骗|反诈|防诈骗?|禁毒|扫黑除恶|反有组织犯罪|消防|安全生产|"
    r"交通安全|防溺水|未成年人(?:保护)?|妇女权益|反家庭?暴力?|家庭教育|劳动(?:法|合同|保障)|农民工|土地(?:管理)?|"
    r"宅基地|环保|环境保护|森林防火|防火|食品安全|信访条例|养老诈骗|消费者|保密|统计法|选举|行政复议法|"
    r"长江保护|黄河保护|耕地保护|知识产权"
)
_ABOUT = re.compile(
    r"的?(?:风险|隐患|苗头|压力|难题|经费|资金|预算(?!执行)|费用)(?!数|排查|评估|整改)"
)  # 败诉风险 is no lost case
_NEAR = 6  # characters before a mention in which its subject stands
_BESIDE = 50  # the same of an English one, before or behind it
_ON = re.compile(r"\s*(?:on|about|of|for|against)?\s*(?:the\s)?\s*", re.IGNORECASE)


def is_narrowed(text: str, mention: IndicatorMention, language: Language) -> bool:
    """Whether a question asks for one subject of what an indicator counts all of.

    Args:
        text: the question with its places and years blanked out.
    """
    if language == "zh" and (_ABOUT.match(text, mention.end) or year_part(text)):
        return True
    if not _OF_PUBLICITY.search(mention.indicator.name):
        return False
    if language == "en":
        around = _beside(text, mention)
    else:
        around = text[max(0, mention.start - _NEAR) : mention.end]
    return any(word not in mention.indicator.name for word in _SUBJECTS.findall(around))


def _beside(text: str, mention: IndicatorMention) -> str:
    """In Chinese what an English question names right before a mention, or "on" which it is."""
    before = text[max(0, mention.start - _BESIDE) : mention.start]
    after = text[mention.end : mention.end + _BESIDE]
    near = [one.text for one in named_things(before) if not before[one.end :].strip()]
    near += [one.text for one in named_things(after) if _ON.fullmatch(after[: one.start])]
    return " ".join(near)
