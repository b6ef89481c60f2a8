"""The language a question is asked in, and so answered in."""

from __future__ import annotations

import re

from rag.models import Language

# Words that make a sentence Chinese or English; names and terms of either stand in both.
_ZH = re.compile(r"[的是吗呢哪几么了多少有没]")
_SYLLABLES = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:[iuü]?[aeo]ng?|[aeiouüv][aeiou]?[aeiou]?(?:ng?|r)?))+",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"shi|de|lv|lu|lü|ma|ne|you|zhen|nage|naxie|duoshao|shiduoshao|ji(?:jian|ci|ge)|zui(?:gao|di|duo|shao)|"
    r"youmeiyou|meiyou|shifou",
    re.IGNORECASE,
)
_EN = re.compile(
    r"\b(?:what|which|who|whose|how|when|where|is|are|was|were|did|does|do|has|have|the|of|in|and|"
    r"list|show|compare|tell|for|with|any)\b",
    re.IGNORECASE,
)


def language_of(question: str) -> Language:
    """zh where the question's words are Chinese, else en; a place name alone decides nothing.

    >>> language_of("What did 马武镇 report on mediation in its yearly report?")
    'en'
    """
    if not re.search(r"[A-Za-z]{2}", question) or _is_pinyin(question):
        return "zh"
    chinese, english = _ZH.search(question), _EN.search(question)
    if bool(chinese) != bool(english):
        return "zh" if chinese else "en"
    characters = len(re.findall(r"[\u4e00-\u9fff]", question))
    words = len(re.findall(r"[A-Za-z]{2,}", question))
    return "zh" if characters and characters >= words * 1.5 else "en"


def _is_pinyin(question: str) -> bool:
    """Whether every word of a question could be a syllable of Chinese or some run together."""
    words = re.findall(r"[A-Za-zü]+", question)
    asking = any(_ASKING.fullmatch(word) for word in words)
    return len(words) >= 3 and asking and all(_SYLLABLES.fullmatch(word) for word in words)
