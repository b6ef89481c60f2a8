"""Undoes the word swaps of document-sharing sites, in the reading only.

The printed words stay in the stored text and in every quote.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml


@cache
def table() -> tuple[int, tuple[re.Pattern[str], ...], tuple[tuple[re.Pattern[str], str], ...]]:
    """How many tells it takes, the tells, and the swaps of `swaps.yaml`."""
    rules = yaml.safe_load(files("ingest").joinpath("swaps.yaml").read_text(encoding="utf-8"))
    tells = tuple(re.compile(tell) for tell in rules["tells"])
    swaps = tuple((re.compile(printed), meant) for printed, meant in rules["swaps"])
    return rules["least_tells"], tells, swaps


def tells_in(text: str) -> list[str]:
    """The swapped wordings found in folded text, one of each kind."""
    _, tells, _ = table()
    return [match[0] for tell in tells if (match := tell.search(text))]


def is_swapped_copy(tells: list[str]) -> bool:
    least, _, _ = table()
    return len(tells) >= least


def undo_swaps(text: str) -> str:
    """The folded text with swapped words undone, of the same length.

    >>> undo_swaps("完善公共法律效劳,标准决策程序")
    '完善公共法律服务,规范决策程序'
    """
    _, _, swaps = table()
    for printed, meant in swaps:
        text = printed.sub(meant, text)
    return text
