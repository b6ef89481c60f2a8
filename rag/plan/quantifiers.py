"""How many of the reports a question is about: all of them, most, more than ten, only streets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rag.models import Language, Share
from rag.plan.asked_amounts import AskedAmount

_TOWNS_ZH = r"(?:乡镇|镇街|镇|乡|街道|报告|地方|单位)"
_TOWNS_EN = r"(?:towns?|townships?|reports?|places?|sub-?districts?|streets?)"
_ALL = {
    "zh": re.compile(
        rf"(?:所有|全部|每个|每一个|每份|各)的?{_TOWNS_ZH}|{_TOWNS_ZH}(?:是不是|是否)?(?:全都|全部|都|均)"
    ),
    "en": re.compile(
        rf"\b(?:all|every|each)\b(?:\s+of)?(?:\s+the)?\s+(?:\w+\s+)?{_TOWNS_EN}\b", re.I
    ),
}
_BOTH = {"zh": re.compile("都|均|皆|全"), "en": re.compile(r"\b(?:both|all|each)\b", re.I)}
_MOST = {
    "zh": re.compile(r"大多数|大部分|多数|(?:超过|过)一?半|半数以上|一半以上"),
    "en": re.compile(
        rf"\bmost\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+)?{_TOWNS_EN}\b|\bmajority\b|\b(?:more than|over) half\b",
        re.I,
    ),
}
_COUNTED = {
    "zh": re.compile(rf"\s*个?(?:以上的?)?{_TOWNS_ZH}"),
    "en": re.compile(rf"\s*(?:or more )?(?:\w+ )?{_TOWNS_EN}\b", re.I),
}
# Kinds of place that a question keeps to; 镇 is said of all of them, so that it keeps to none.
_KINDS: dict[Language, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "zh": (
        (
            "民族乡",
            re.compile(r"(?:哪些|哪几个?|哪个|各|所有|全部|几个|多少个?)民族乡|^民族乡[里中当]"),
        ),
        (
            "街道",
            re.compile(
                r"(?:哪些|哪几个?|哪个|各|所有|全部|几个|多少个?)街道(?:办事处|办)?(?![镇乡和、与及]|或)|"
                r"^街道(?:办事处)?[里中当]"
            ),
        ),
    ),
    "en": (
        (
            "民族乡",
            re.compile(
                r"\b(?:which|what|list|all|many|any) (?:of )?(?:the )?ethnic townships\b", re.I
            ),
        ),
        (
            "街道",
            re.compile(
                r"\b(?:which|what|list|all|many|any) (?:of )?(?:the )?"
                r"(?:sub-?districts?|street offices?|streets)\b(?! (?:and|or))",
                re.I,
            ),
        ),
    ),
}


Level = Literal["province", "city", "county"]
_LEVELS: tuple[tuple[Level, str, str], ...] = (
    ("province", "省份?|省市", "province"),
    ("city", "(?:地级)?市", "city"),
    ("county", "县|区县|县区|区", "(?:county|district)"),
)


def group_level(text: str) -> Level | None:
    """The level of places whose sums are asked for: 罚款最多的是哪个省, fines by province."""
    for level, zh, en in _LEVELS:
        pattern = (
            rf"(?:哪一?个?|各|每个?|按)(?:{zh})(?:里|内)?(?![镇乡])|的(?:{zh})(?:是|为)哪|"
            rf"\b(?:which|what|by|each|per) {en}\b"
        )
        if re.search(pattern, text, re.IGNORECASE):
            return level
    return None


def counts_reports(text: str, amount: AskedAmount, language: Language) -> bool:
    """Whether a figure of a question counts reports, not what they state: 超过10个镇没有诉讼."""
    after = _COUNTED[language].match(text, amount.end)
    return after is not None and amount.unit in (None, "个", "家", "份", "条")


def share_of(
    text: str, counted: Sequence[AskedAmount], language: Language, *, of_both: bool = False
) -> Share | None:
    """How many reports a yes-or-no question asks about; None where it asks of any.

    Args:
        counted: the figures of the question that count reports.
        of_both: whether it names all towns of one name (两个太平镇), whose "both" is all of them.
    """
    if counted:
        return Share(counted[0].op, counted[0].value, "份")
    if _MOST[language].search(text):
        return Share(">", 50, "%")
    every = _ALL[language].search(text) or (of_both and _BOTH[language].search(text))
    return Share(">=", 100, "%") if every else None


def town_kinds(text: str, language: Language) -> tuple[str, ...]:
    """The kind of place that a question keeps to: 哪些街道, which ethnic townships."""
    return tuple(name for name, pattern in _KINDS[language] if pattern.search(text))[:1]
