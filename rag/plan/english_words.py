"""The words of an English question in one form each, however they are inflected and spelled."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?")
_BREAK = re.compile(r"[;:.?!()\[\]]")
_LITTLE = frozenset("a an the of for".split())  # may stand or miss within a phrase
_VOWEL = re.compile(r"[aeiouy]")
_DIGITS = {
    word: str(number)
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
}
_IRREGULAR = {
    form: base
    for base, forms in {
        "be": "is are was were been being am",
        "begin": "began begun",
        "bring": "brought",
        "build": "built",
        "buy": "bought",
        "catch": "caught",
        "child": "children",
        "come": "came",
        "deal": "dealt",
        "do": "did done does",
        "draw": "drew drawn",
        "drive": "drove driven",
        "fall": "fell fallen",
        "find": "found",
        "get": "got gotten",
        "give": "gave given",
        "go": "went gone",
        "hang": "hung",
        "have": "has had",
        "hear": "heard",
        "hold": "held",
        "keep": "kept",
        "know": "knew known",
        "lead": "led",
        "leaf": "leaves",
        "leave": "left",
        "lose": "lost",
        "make": "made",
        "man": "men",
        "meet": "met",
        "pay": "paid",
        "person": "people",
        "police": "policeman policemen",
        "rise": "rose risen",
        "say": "said",
        "see": "saw seen",
        "send": "sent",
        "show": "shown",
        "sit": "sat",
        "speak": "spoke spoken",
        "spend": "spent",
        "stand": "stood",
        "sue": "sued suing",
        "take": "took taken",
        "teach": "taught",
        "tell": "told",
        "think": "thought",
        "use": "used using",
        "win": "won",
        "woman": "women",
        "write": "wrote written",
    }.items()
    for form in forms.split()
}
# Of each row the first that fits: what is put in its place, letters that have to stay.
_ENDINGS = (
    (
        ("sses", "ss", 2),
        ("ches", "ch", 2),
        ("shes", "sh", 2),
        ("xes", "x", 2),
        ("ies", "y", 2),
        ("s", "", 2),
    ),
    (("ied", "y", 2), ("eed", "eed", 0), ("ing", "", 3), ("ed", "", 3)),
)
_SPELLINGS = (  # British and American
    (re.compile(r"is(?=ation$|$)"), "iz"),
    (re.compile(r"yz$"), "ys"),
    (re.compile(r"our(?=$|hood$)"), "or"),
    (re.compile(r"(?<=[a-z]{2})tr$"), "ter"),
    (re.compile(r"mm$"), "m"),
    (re.compile(r"enc$"), "ens"),
    (re.compile(r"(?<=[aeiou])([a-z])\1"), r"\1"),
    (re.compile(r"judgem"), "judgm"),
    (re.compile(r"advisor"), "adviser"),
)


@dataclass(frozen=True)
class Token:
    """A word of a text; `broken` where a full stop, a bracket or the like stands before it."""

    stem: str
    start: int
    end: int
    broken: bool
    listed: bool  # whether a comma stands before it


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a text in order, without the articles, of and for."""
    found = []
    last = 0
    broken = listed = False
    for match in _TOKEN.finditer(text):
        broken = broken or bool(_BREAK.search(text[last : match.start()]))
        listed = listed or "," in text[last : match.start()]
        last = match.end()
        if match[0].lower() in _LITTLE:
            continue
        found.append(Token(stem_of(match[0]), match.start(), match.end(), broken, listed))
        broken = listed = False
    return tuple(found)


def stem_of(word: str) -> str:
    """One form for all inflections and both spellings of a word; not always a word itself.

    >>> stem_of("organisations") == stem_of("organization"), stem_of("penalties")
    (True, 'penalty')
    """
    word = re.sub(r"['’]s?$", "", word.lower())
    word = _DIGITS.get(word, _IRREGULAR.get(word, word))
    for endings in _ENDINGS:
        word = _without(word, endings)
    if len(word) > 3:
        word = word.removesuffix("e")
    for pattern, put in _SPELLINGS:
        word = pattern.sub(put, word)
    return word


def _without(word: str, endings: tuple[tuple[str, str, int], ...]) -> str:
    if word.endswith(("ss", "us", "is")):
        return word
    for ending, put, shortest in endings:
        left = word[: len(word) - len(ending)]
        if word.endswith(ending) and len(left) >= shortest and _VOWEL.search(left):
            return left + put
    return word
