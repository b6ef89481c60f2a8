"""What an answer to a yes/no question says."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"^[\s#>*_`~“\"「]+")
_END = r"(?:[\s*_`~”\"」]*(?:[,，.。;；:：!！、—–(（\[]|$|\n))"
_YES = re.compile(rf"(?:是的?|对的?|有的?|yes){_END}", re.IGNORECASE)
_NO = re.compile(rf"(?:否|不是的?|不对|没有|不|no){_END}", re.IGNORECASE)


def read_yes_no(text: str) -> bool | None:
    """True, False, or None where the text begins with neither.

    The first word, markup aside, has to be 是, 是的, 对, 有 or Yes; 否, 不是, 不, 不对,
    没有 or No; and punctuation, a mark or the end of the line has to follow, so that
    是否…, 没有找到… and "No report …" say neither.

    >>> read_yes_no("**否**，96%。[1]"), read_yes_no("没有找到"), read_yes_no("Yes: 100%")
    (False, None, True)
    """
    text = _MARKUP.sub("", text)
    if _YES.match(text):
        return True
    return False if _NO.match(text) else None


def score_yes_no(text: str, gold: bool | None) -> float:
    """1 when the text says what gold says (None: it must say neither), else 0."""
    return float(read_yes_no(text) is gold)
