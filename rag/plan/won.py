"""Cases that were all won are cases of which none was lost."""

from __future__ import annotations

import re

_CASES_ZH = r"(?:行政)?(?:诉讼|官司|应诉)(?:案件|案)?|案件|案子"
_WON: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            rf"(?:(?:{_CASES_ZH})[^,。;?!没未]{{0,4}}?)?(?:是不是|是否)?(?:全部|全都|统统|都|均|全)(?:是)?打?(?:赢|胜诉|胜)(?:了|过)?(?:(?:{_CASES_ZH}))?"
        ),
        "没有败诉案件",
    ),
    (
        re.compile(
            rf"(?:{_CASES_ZH})[^,。;?!没未]{{0,6}}?打?(?:赢|胜诉)(?:了|过)?(?=吗|没有?[?]?$|么|[?]|$)(?:没有?)?|"
            rf"打赢(?:了|过)?(?:所有|全部|这些|[那这][个起件场宗])?(?:的)?(?:[\u4e00-\u9fff]{{2,4}}?)?(?:{_CASES_ZH})?了?(?=吗|没有?[?]?$|么|[?]|$)(?:没有?)?"
        ),
        "没有败诉案件",
    ),
    (
        re.compile(
            r"(?:一[场件桩个起宗]|从来|从)(?:官司|案件|案子)?(?:都|也)?没(?:有)?(?:打)?输(?:过|掉)?"
        ),
        "没有败诉案件",
    ),
    (
        re.compile(
            r"\b(?:prevail|prevailed|win|won) in (?:all|every|each)(?: one)?(?: of)?(?: (?:its|their|the|those))?(?: [a-z]+){0,3}? ?\b(?:actions?|proceedings)\b|"
            r"\b(?:win|won|prevail(?:ed)? in) (?:all|every|each|both|its only|their only|the only)(?: one)?(?: of)?"
            r"(?: (?:its|their|the|those))?(?: [a-z]+){0,2}? ?\b(?:cases?|lawsuits?|suits?|litigation)\b|"
            r"\b(?:win|won) (?:its|their|the)(?: [a-z]+){0,2}? (?:cases?|lawsuits?|suits?)\b|"
            r"\bwin them all\b|\bwon them all\b|\b(?:cases|lawsuits) (?:were )?all won\b",
            re.IGNORECASE,
        ),
        "have no lost cases",
    ),
)
_SEVERAL = re.compile(
    r"哪些|哪几个|几个镇|多少个?镇|有谁|\b(?:which|what|how many|list) ", re.IGNORECASE
)
_HAVING_CASES = {
    "没有败诉案件": "有行政诉讼案件且没有败诉案件",
    "have no lost cases": "had administrative litigation cases but have no lost cases",
}


def with_losses(text: str) -> str:
    """The question with what was all won as what was not lost.

    >>> with_losses("马武镇的行政诉讼都赢了吗?"), with_losses("Did Mawu win all its lawsuits?")
    ('马武镇的没有败诉案件吗?', 'Did Mawu have no lost cases?')
    """
    for pattern, instead in _WON:
        several = _SEVERAL.search(text)  # of several towns, those that had a case at all
        text = pattern.sub(_HAVING_CASES[instead] if several else instead, text)
    return text
