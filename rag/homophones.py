"""How characters sound, for words typed with a wrong character."""

from __future__ import annotations

from pypinyin import lazy_pinyin

_NEAR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


def syllables(text: str) -> tuple[str, ...]:
    """One syllable a character, without tones, sounds that are often confused folded.

    >>> syllables("应诉率") == syllables("应素率")
    True
    """
    return tuple(_folded(syllable) for character in text for syllable in lazy_pinyin(character))


def _folded(syllable: str) -> str:
    for sound, near in _NEAR:
        syllable = syllable.replace(sound, near)
    return syllable
