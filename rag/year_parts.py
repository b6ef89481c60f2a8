"""Parts of a year, as Chinese names them: 三季度, 上半年, 1-6月."""

from __future__ import annotations

import re

_PART = re.compile(
    r"[一二三四1-4]季度|[上下]半年|"
    r"(?<!\d)(?:\d{1,2}\s*月?份?\s*[-—~至到]\s*)?\d{1,2}\s*月(?:份|[里内])?(?![底末]|\d)"
)


def year_part(text: str) -> re.Match[str] | None:
    """Where a folded text first names a part of a year; the end of a month (6月底) is none.

    >>> year_part("今年1-6月罚了多少")[0]
    '1-6月'
    """
    return _PART.search(text)


def is_year_part(phrase: str) -> bool:
    """Whether a phrase is no more than a part of a year."""
    return _PART.fullmatch(phrase) is not None
