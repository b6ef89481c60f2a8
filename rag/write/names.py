"""Names of places in a model's English, which only capitals and spelling give away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.place_names import pinyin, spellings
from rag.write.claim import Claim

_NAME = re.compile(r"\b[A-Z][a-z'’]+(?:[ -][A-Z][a-z'’]+)*")
_WORD = re.compile(r"[A-Z][a-z'’]+")
_LEVEL = re.compile(
    r"\s+(?:towns?|townships?|count(?:y|ies)|cit(?:y|ies)|districts?|villages?|sub-?districts?|streets?|"
    r"communit(?:y|ies)|provinces?|prefectures?)\b",
    re.IGNORECASE,
)
_LEVELS_OF = re.compile(r"\b(?:town|township|county|city|district|village|province) of\s+$", re.I)
_SYLLABLE = (
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|"
    r"ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|[aeiou])"
)
_PINYIN = re.compile(rf"(?:{_SYLLABLE}){{2,4}}")
_NOT_NAMES = frozenset("the a an in of at it its this that these those and or for by to".split())


def strange_names(claim: Claim) -> Iterator[str]:
    """Names with a level, or spelt as Chinese ones, that are no cited place's and in no quote."""
    own = {spelling for place in claim.places for spelling in spellings(place)}
    quoted = pinyin(claim.words)
    for match in _NAME.finditer(claim.plain):
        words = [word for word in _WORD.findall(match[0]) if word.lower() not in _NOT_NAMES]
        while words and _LEVEL.fullmatch(f" {words[-1]}"):
            words.pop()
        name = re.sub(r"['’]s$|[^a-z]", "", "".join(words).lower())
        if not name or name in own or (len(name) >= 4 and name in quoted):
            continue
        levelled = _LEVEL.match(claim.plain, match.end()) or _LEVEL.search(match[0])
        levelled = levelled or _LEVELS_OF.search(claim.plain[: match.start()])
        if levelled or any(_is_strange(word, own, quoted) for word in words):
            yield f"place: {match[0]}"


def _is_strange(word: str, own: set[str], quoted: str) -> bool:
    letters = re.sub(r"['’]s$|[^a-z]", "", word.lower())
    known = letters in own or letters in quoted
    return bool(_PINYIN.fullmatch(letters)) and not known
