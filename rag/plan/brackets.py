"""Brackets in a Chinese question that only explain the words in front of them."""

from __future__ import annotations

import re

from rag.indicators import Register
from rag.plan.cues import load_cues

_BRACKETS = re.compile(r"\((?P<inside>[^()]{1,12})\)")
_LIMITS = re.compile(
    r"[含除不仅只即、]|以[上下内]|20\d\d|[镇乡县区市省]$|街道"
)  # 含95%, 不含示范所
_REACH = 12  # characters on either side in which a name may stand


def without_glosses(text: str, register: Register) -> str:
    """A folded question without brackets that part or repeat the name of what is asked for.

    政务热线(12345)满意率 is 政务热线满意率; what limits a figure or names a place stays.

    Args:
        text: the question, folded.
        register: the indicators whose names a bracket may stand in or behind.
    """
    for match in reversed([*_BRACKETS.finditer(text)]):
        if _LIMITS.search(match["inside"]):
            continue
        before, after = text[: match.start()], text[match.end() :]
        if _is_named_across(before, after, register):
            text = before + after
    return text


def _is_named_across(before: str, after: str, register: Register) -> bool:
    """Whether a name ends where the bracket opens, or goes on behind it."""
    near = before[-_REACH:].lstrip("“”\"'")
    around = near + after[:_REACH]
    at = len(near)
    named = [(one.start, one.end) for one in register.find(around, language="zh")]
    events = load_cues("zh").events.values()
    named += [match.span() for event in events for match in event.finditer(around)]
    return any(start < at <= end for start, end in named)
