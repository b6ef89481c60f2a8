"""A question about the reports that meet a condition: 超过100人的镇中调解成功率最高的是谁."""

from __future__ import annotations

import re

from rag.models import Language

_TOWNS_ZH = r"(?:乡镇|镇街|镇|乡|街道|地方|报告|单位)"
_TOWNS_EN = r"(?:towns|townships|reports|places|sub-?districts)"
_OUTER_ZH = r"最|平均|合计|总共|一共|总计|共计|加起来|排[名序第]|分别|各是|有几个|有多少个"
_OUTER_EN = r"highest|lowest|most|fewest|largest|smallest|average|mean|total|sum"
_NESTED: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        rf"^(?:在|从)?(?P<inner>[^,。;?!]*[\d一二三四五六七八九十百][^,。;?!]*)的(?:那些|几个|所有)?{_TOWNS_ZH}"
        rf"(?:当中|之中|里面|中|里|内)?[,，]?(?P<outer>(?!有哪些|是哪些|有谁)[^。;?!]*(?:{_OUTER_ZH}).*)$"
    ),
    "en": re.compile(
        rf"^(?:among|of|in) (?:the |all )?{_TOWNS_EN} (?P<inner>(?:with|that|where|whose|having) [^,?]*\d[^,?]*),\s*"
        rf"(?P<outer>.*\b(?:{_OUTER_EN})\b.*)$|"
        rf"^(?P<outer2>.*\b(?:{_OUTER_EN})\b.*?) (?:among|of|for|in|across) (?:the |all )?{_TOWNS_EN} "
        r"(?P<inner2>(?:with|that|where|whose|having) .*\d.*)$",
        re.IGNORECASE,
    ),
}
_LEADERS_ZH = re.compile(
    rf"^(?:在|从)?(?P<inner>[^,。;?!]*最[高多低少大小][^,。;?!]{{0,8}}[一二两三四五六七八九十\d]+个{_TOWNS_ZH})"
    rf"(?:当中|之中|里面|中|里|内|的)[,，]?(?P<outer>[^。;?!]*(?:{_OUTER_ZH}).*)$"
)
_ASKING: dict[Language, str] = {"zh": "{}的镇有哪些", "en": "which towns {}"}


def split_nested(question: str, language: Language) -> tuple[str, str] | None:
    """The question that picks reports and the one asked of them; None where there is one only.

    >>> split_nested("法律明白人超过100人的镇中调解成功率最高的是谁", "zh")
    ('法律明白人超过100人的镇有哪些', '调解成功率最高的是谁')
    """
    leaders = _LEADERS_ZH.match(question.strip()) if language == "zh" else None
    if leaders:
        return f"{leaders['inner']}是哪些", leaders["outer"].strip()
    match = _NESTED[language].match(question.strip())
    if match is None:
        return None
    groups = match.groupdict()
    inner = groups["inner"] or groups.get("inner2") or ""
    outer = groups["outer"] or groups.get("outer2") or ""
    return _ASKING[language].format(inner.strip()), outer.strip()
