"""Values compared with another town's or another indicator's: 比李河镇高, more than Mawu."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.indicators import IndicatorMention
from rag.models import Condition, Language, Operator
from rag.places import PlaceMention

_MORE_ZH = r"高|多|大|好|强|快|领先"
_LESS_ZH = r"低|少|小|差|弱|慢|落后"
_THAN_ZH = re.compile(r"(?:比|较|比起|相比)\s*$")
# 有没有李河镇高, 没有李河镇高
_AS_HIGH_ZH = re.compile(r"(?:有没有|(?P<not>没有?))\s*$")
_RELATION_ZH = re.compile(
    r"(?P<more>高于|多于|大于|超过|超出|胜过|优于|高过|多过)\s*$|"
    r"(?P<less>低于|少于|小于|不如|不及|赶不上|比不上|低过|少过)\s*$"
)
_COMES_OUT_ZH = re.compile(
    rf"^[^,。;?!]{{0,14}}?(?:更|还|都|要)?(?:(?P<more>{_MORE_ZH})|(?P<less>{_LESS_ZH}))(?!率)"
)
_MORE_EN = (
    r"higher|more|greater|larger|bigger|better|above|exceed\w*|surpass\w*|beat\w*|outdid|ahead of"
)
_LESS_EN = (
    r"lower|fewer|less|smaller|worse|below|under(?!\s+(?:community|supervision|correction))|behind"
)
_THAN_EN = re.compile(
    rf"\b(?:(?P<more>{_MORE_EN})|(?P<less>{_LESS_EN}))\b(?P<between>(?:(?!\bbut\b|\band\b|\bor\b|\d)[^,.;?!]){{0,60}}?)"
    r"(?:\bthan\b)?\s*(?:that of|those of|the one (?:in|of)|in|of|what|its|their|the)?\s*(?:the)?\s*$",
    re.IGNORECASE,
)
_WIDER: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"(?:全|本|所在)?[县区市省州旗国](?:里|内|级)?的?(?:平均)?(?:水平|值|数|率)?"),
    "en": re.compile(
        r"\b(?:county|district|city|municipal|provincial|national|nation|province)(?:-?wide)?\b(?:'s)?"
        r"(?: (?:average|mean|level|figure|rate))?",
        re.IGNORECASE,
    ),
}
# A question whether it is so, of one town beside another.
_ASKED_OF_ONE: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"吗|是否|是不是|对不对|有没有|[了的]吧"),
    "en": re.compile(r"^(?:is|are|was|were|does|do|did|has|have)\b", re.IGNORECASE),
}
_NEEDS_THAN = re.compile(
    r"^(?:higher|more|greater|larger|bigger|better|lower|fewer|less|smaller|worse)", re.I
)


def place_compared_with(
    text: str, mentions: Sequence[PlaceMention], language: Language
) -> tuple[PlaceMention, Operator] | None:
    """The one town a set of towns is compared with, and how; None where two are compared."""
    towns = [mention for mention in mentions if mention.level == "town" and mention.places]
    if len(towns) not in (1, 2):
        return None
    last = towns[-1]  # 茅台镇的应诉率比下营镇高吗
    op = relation_at(text, last.start, last.end, language)
    if len(towns) == 2 and not _ASKED_OF_ONE[language].search(text):
        return None
    return (last, op) if op else None


_HOW_MUCH: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"(?:[高低多少大小好差]出?|相差|差距|差)(?:了)?(?:有)?(?:多少|几[个件起宗次场名人]|多大)"
    ),
    "en": re.compile(
        r"\b(?:how (?:many|much)(?: \w+){0,3}? (?:more|fewer|less|higher|lower|better|worse|above|below)|"
        r"by how (?:many|much)|(?:difference|gap) between)\b",
        re.IGNORECASE,
    ),
}


def asks_how_much(text: str, language: Language) -> bool:
    """Whether a question is after the difference of two figures, not only after which is more."""
    return bool(_HOW_MUCH[language].search(text))


def compared_with_wider(text: str, language: Language) -> Operator | None:
    """How a town's own figure is compared with the county's or city's beside it, if it is."""
    for match in _WIDER[language].finditer(text):
        op = relation_at(text, match.start(), match.end(), language)
        if op:
            return op
    return None


def relation_at(text: str, start: int, end: int, language: Language) -> Operator | None:
    """How what stands at text[start:end] is compared with: more or less than it."""
    before, after = text[:start], text[end:]
    if language == "en":
        found = _THAN_EN.search(before)
        if not found:
            return None
        if _NEEDS_THAN.match(found[0]) and not re.search(r"\bthan\b", found[0], re.IGNORECASE):
            return None
        return ">" if found["more"] else "<"
    found = _RELATION_ZH.search(before)
    as_high = _AS_HIGH_ZH.search(before)
    if not found and (as_high or _THAN_ZH.search(before)):
        found = _COMES_OUT_ZH.search(after)
    if found and as_high and as_high["not"]:  # 没有李河镇高
        return "<" if found["more"] else ">"
    return None if not found else ">" if found["more"] else "<"


def compared_indicators(
    text: str, mentions: Sequence[IndicatorMention], language: Language
) -> Condition | None:
    """Two indicators of one unit of which one is compared with the other: 应诉率比调解成功率高."""
    if len({mention.indicator.name for mention in mentions}) != 2:
        return None
    first, second = mentions[-2:]
    if first.indicator.name == second.indicator.name:
        return None
    units = {first.indicator.unit, second.indicator.unit}
    if len(units) > 1 and units & {"rate", "money"}:
        return None
    op = relation_at(text, second.start, second.end, language)
    if op is None:
        return None
    return Condition(first.indicator.name, op, than_indicator=second.indicator.name)
