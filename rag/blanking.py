"""Parts of a text overwritten with spaces, so that every offset stays what it was."""

from __future__ import annotations

import re
from collections.abc import Iterable


def blank_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with a space for every character between these offsets.

    >>> blank_spans("马武镇的罚款", [(0, 3)])
    '   的罚款'
    """
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def blank_matches(pattern: re.Pattern[str], text: str) -> str:
    """The text with a space for every character that the pattern finds."""
    return pattern.sub(lambda match: " " * len(match[0]), text)
