"""The years a question names."""

from __future__ import annotations

import re

_ARABIC = re.compile(
    r"(?<![\d.])(20\d{2})(?![\d.]|\s*[余多件份人次场元名条个项宗起册家户%])\s*年?度?"
)
_RANGE = re.compile(
    r"(?<!\d)(20\d{2})\s*年?\s*(?:-|—|–|~|至|到|to|through|and)\s*(20\d{2})\s*年?(?!\d)",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"二[〇零]([〇零一二三四五六七八九])([〇零一二三四五六七八九])年")
_SHORT = re.compile(r"(?<![\d.])(\d{2})年(?!度?(?:以上|以下|内|间|来))")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}


def read_years(text: str) -> tuple[tuple[int, ...], str]:
    """The years named in a folded question, ascending, and the text with them blanked out.

    >>> read_years("2021到2023年的调解成功率")[0]
    (2021, 2022, 2023)
    """
    years: set[int] = set()
    for match in _RANGE.finditer(text):
        first, last = sorted((int(match[1]), int(match[2])))
        joined = re.search(r"and", match[0], re.IGNORECASE)
        years.update((first, last) if joined else range(first, last + 1))
    text = _blank(_RANGE, text)
    years.update(int(match[1]) for match in _ARABIC.finditer(text))
    text = _blank(_ARABIC, text)
    for match in _CHINESE.finditer(text):
        years.add(2000 + 10 * _DIGITS[match[1]] + _DIGITS[match[2]])
    text = _blank(_CHINESE, text)
    years.update(2000 + int(match[1]) for match in _SHORT.finditer(text))
    return tuple(sorted(years)), _blank(_SHORT, text)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)
