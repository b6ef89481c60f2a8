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
_DID_IT_LOSE = re.compile(
    r"\bhow many (?:did|has|have) (?:it|they)(?: then)? (?P<verb>lose|lost|win|won)\b", re.I
)
_LOST = {"lose": "lost", "win": "won"}
_STAGES = "closed|concluded|resolved|settled|completed|opened|filed|accepted|received|investigated"
_THAN_STAGE = re.compile(
    rf"\b(?:more|fewer|less) (?P<what>[a-z][a-z\- ]{{2,30}}? )(?:were |being )?(?:{_STAGES}) than (?=(?:{_STAGES})\b)",
    re.IGNORECASE,
)


def with_antecedents(text: str) -> str:
    """The question with what it counted in the place of "them".

    >>> with_antecedents("fewer cases closed than opened")
    'fewer cases closed than cases opened'
    >>> with_antecedents("how many penalty cases did it open, and how many of them are closed?")
    'how many penalty cases did it open, and how many penalty cases are closed?'
    """
    text = _THAN_STAGE.sub(lambda match: match[0] + match["what"], text)
    counted = _COUNTED.search(text)
    if counted is None:
        return text
    before, after = text[: counted.end()], text[counted.end() :]
    after = _DID_IT_LOSE.sub(
        lambda match: f"how many {counted['what']} were {_LOST.get(match['verb'], match['verb'])}",
        after,
    )
    return before + _OF_THEM.sub(f"how many {counted['what']}", after)
