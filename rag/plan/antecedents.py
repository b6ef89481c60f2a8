"""What "them" stands for in an English question: the things it counted before."""

from __future__ import annotations

import re

_COUNTED = re.compile(
    r"\bhow many (?P<what>(?!of\b)[a-z][a-z\- ]{2,40}?)"
    r"(?= (?:did|do|does|has|have|had|was|were|is|are)\b)",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r"\bhow many of (?:them|these|those)(?= (?:are|were|was|is|have|had|did|[a-z]+ed|went|got|ended)\b)",
    re.I,
)


def with_antecedents(text: str) -> str:
    """The question with what it counted in the place of "them".

    >>> with_antecedents("how many penalty cases did it open, and how many of them are closed?")
    'how many penalty cases did it open, and how many penalty cases are closed?'
    """
    counted = _COUNTED.search(text)
    if counted is None:
        return text
    before, after = text[: counted.end()], text[counted.end() :]
    return before + _OF_THEM.sub(f"how many {counted['what']}", after)
