"""The years a question names."""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence

from rag.blanking import blank_matches

_ARABIC = re.compile(
    r"(?<![\d.])(20\d{2})(?!\d|\.\d|\s*[余多件份人次场元名条个项宗起册家户%]|"
    r"\s*(?:yuan|rmb|cny|people|persons?|copies|cases|times|pieces|disputes|residents|visits|inspections|items|or more|or less)\b)"
    r"\s*年?度?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?<!\d)(20\d{2})\s*年?度?\s*(?:-|—|–|~|至|到|to|through|until|and)\s*(20\d{2})\s*年?度?(?!\d)",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"二[〇零]([〇零一二三四五六七八九])([〇零一二三四五六七八九])年?")
# 23年; in 近20年, 20年来 and 23年以上 it counts years.
_COUNTED = r"(?!度?(?:以上|以下|以内|内|间|来|之久|期|多|余|的?历史|如一日))"
_SHORT = re.compile(
    rf"(?<![\d.第近续去前后满共达超逾])(?:1[5-9]|2\d)(?=年{_COUNTED})|(?<=[比较])(?:1[5-9]|2\d)(?=年)"
)
_SHORT_FIRST = re.compile(
    r"(?<![\d.第近续去前后满共达超逾])(?:1[5-9]|2\d)(?=年?度?(?:-|—|–|~|至|到)20\d{2}年)"
)
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}
_YEAR = r"(?<!\d)(20\d{2})(?!\d)"
_SINCE = re.compile(
    rf"{_YEAR}\s*年?度?(?:以来|以后|之后|及以后|起|后)|\bsince\s+{_YEAR}|\bfrom\s+{_YEAR}\s+on(?:wards)?",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"\bafter\s+{_YEAR}", re.IGNORECASE)
_BEFORE = re.compile(
    rf"{_YEAR}\s*年?度?(?:以前|之前|前)|\b(?:before|prior to)\s+{_YEAR}", re.IGNORECASE
)
_LATEST = re.compile(
    r"最(?:近|新)(?:的)?(?:一?年度?|一?份(?=报告)|(?=报告))(?:的)?|\b(?:latest|most recent)(?: year)?\b",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    rf"(?:不包括|不含|不算|除了?|剔除|排除)\s*{_YEAR}\s*年?度?(?:以?外|之外)?|"
    rf"\b(?:except(?: for| in)?|excluding|other than|apart from|not (?:in|from)|outside)\s+{_YEAR}",
    re.IGNORECASE,
)


def in_full(text: str) -> str:
    """A folded question with the years that it writes in two digits in four.

    >>> in_full("21到23年的调解成功率"), in_full("近20年的"), in_full("25年以上工龄")
    ('2021到2023年的调解成功率', '近20年的', '25年以上工龄')
    """
    return _SHORT_FIRST.sub(r"20\g<0>", _SHORT.sub(r"20\g<0>", text))


def read_years(text: str, known: Sequence[int] = ()) -> tuple[tuple[int, ...], str]:
    """The years named in a folded question, ascending, and the text with them blanked out.

    Args:
        known: the years of which there are reports; "since 2022" and "not 2023" mean some.

    >>> read_years("2021到2023年的调解成功率")[0]
    (2021, 2022, 2023)
    """
    years, text = _relative(text, known)
    if known and _LATEST.search(text):
        years.add(max(known))
        text = blank_matches(_LATEST, text)
    for match in _RANGE.finditer(text):
        first, last = sorted((int(match[1]), int(match[2])))
        between = re.search(r"\b(?:between|from)\s*$", text[: match.start()], re.IGNORECASE)
        ends = re.search(r"and", match[0], re.IGNORECASE) and not between
        years.update((first, last) if ends else range(first, last + 1))
    text = blank_matches(_RANGE, text)
    years.update(int(match[1]) for match in _ARABIC.finditer(text))
    text = blank_matches(_ARABIC, text)
    for match in _CHINESE.finditer(text):
        years.add(2000 + 10 * _DIGITS[match[1]] + _DIGITS[match[2]])
    return tuple(sorted(years)), blank_matches(_CHINESE, text)


def _relative(text: str, known: Sequence[int]) -> tuple[set[int], str]:
    """The stored years since, before or but for one that a text names."""
    years: set[int] = set()
    named: set[int] = set()
    for pattern, wanted in (
        (_SINCE, operator.ge),
        (_AFTER, operator.gt),
        (_BEFORE, operator.lt),
        (_LEFT_OUT, operator.ne),
    ):
        if pattern is _SINCE and _RANGE.search(text):
            continue  # from 2021 to 2023
        for match in pattern.finditer(text):
            one = int(next(group for group in match.groups() if group))
            named.add(one)
            years.update(year for year in known if wanted(year, one))
        text = blank_matches(pattern, text)
    return years or named, text
