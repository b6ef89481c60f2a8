"""Which of the stored places a question may name, found without reading every name closely.

A place is worth a closer look where its bare name sounds in the question, in characters
or in letters, or where letters of the question look like its spelling. Of each province
one place is always given, so that the great regions are known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rag.homophones import syllables
from rag.models import Place
from rag.place_names import bare_name, levels_of, short_names, spellings
from rag.words import fold

FEW = 20  # places that are all looked at
_WORDS_OF_A_NAME = 3  # written apart: Ma Wu Zhen
_LENGTH_APART = 2  # letters by which a misspelt name may be shorter or longer
_LETTERS = re.compile(r"[a-z]+")


class NameablePlaces:
    """An index of places by how their names sound and are spelt."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = tuple(dict.fromkeys(places))
        # Of thousands of places their numbers are kept: a place is slow to look up by itself.
        self._by_sound: dict[str, list[int]] = defaultdict(list)
        self._by_start: dict[str, list[tuple[str, int]]] = defaultdict(list)
        provinces: dict[str | None, int] = {}
        for number, place in enumerate(self.places):
            provinces.setdefault(place.province, number)
            for _, name in levels_of(place):
                for sound in _sounds(name):
                    self._by_sound[sound].append(number)
                for spelling in _spellings(name):
                    self._by_start[spelling[:2]].append((spelling, number))
        self._always = tuple(provinces.values())
        self._longest = max(map(len, self._by_sound), default=0)

    def in_question(self, *questions: str) -> tuple[Place, ...]:
        """The places that any of the questions may name, with one of each province."""
        if len(self.places) <= FEW:
            return self.places
        text = fold(" ".join(questions)).lower()
        sound = re.sub(r"[^a-z]", "", "".join(syllables(text)))
        letters = re.sub(r"[^a-z]", "", text)
        found = set(self._always)
        for name in _pieces(sound, self._longest) | _pieces(letters, self._longest):
            found.update(self._by_sound.get(name, ()))
        for word in _joined_words(_LETTERS.findall(text)):
            for spelling, number in self._by_start.get(word[:2], ()):
                if abs(len(spelling) - len(word)) <= _LENGTH_APART:
                    found.add(number)
        return tuple(self.places[number] for number in sorted(found))


def _pieces(text: str, longest: int) -> set[str]:
    """All that stands in a text, up to so many characters: a name is looked up, not sought."""
    ends = range(1, longest + 1)
    return {text[start : start + end] for start in range(len(text)) for end in ends}


def _joined_words(words: Sequence[str]) -> Iterable[str]:
    """The words, and neighbours written together."""
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _WORDS_OF_A_NAME) + 1):
            yield "".join(words[start:end])


@lru_cache(maxsize=50_000)
def _sounds(name: str) -> tuple[str, ...]:
    called = (bare_name(name), *(bare_name(short) for short in short_names(name)))
    sounds = ("".join(syllables(one)) for one in called)
    return tuple(dict.fromkeys((*sounds, *_spellings(name))))


@lru_cache(maxsize=50_000)
def _spellings(name: str) -> tuple[str, ...]:
    return tuple(spelling for spelling in spellings(name) if spelling)
