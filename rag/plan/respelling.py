"""Words of the field typed with a wrong character of the same sound: 行政复义, 罚宽."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate

from rag.homophones import syllables
from rag.indicators import Register
from rag.models import Place
from rag.places import find_places
from rag.words import field_terms, is_rare, segments, words

Respelled = tuple[str, str]  # as typed, as meant
_LONGEST = 6  # characters of a word that is looked for
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# Not part of a noun, so that what stands around them is no word typed wrong.
_PARTICLES = frozenset(
    "的了和与及或是在对从向为把被由以于按将会能要有无未没不也都均全还已又再最更比到过着吗呢吧么"
    "哪谁几多少各每这那其该某些个件起宗次场份名人元家年月日时镇乡县区市省村户我你他它们"
)


def respell(
    text: str, register: Register, places: Sequence[Place]
) -> tuple[str, tuple[Respelled, ...]]:
    """A folded question with such words as they are meant, of the same length, and which.

    Only what the dictionary has no word for is changed, and only where one word sounds so;
    the names of places stay.

    >>> from rag.indicators import load_register
    >>> respell("罚宽最多的镇", load_register(), ())
    ('罚款最多的镇', (('罚宽', '罚款'),))
    """
    known = _by_sound(register)
    named: list[tuple[int, int]] | None = None
    mended: list[Respelled] = []
    for run in list(_CHINESE.finditer(text)):
        tokens = segments(run[0])
        starts = [run.start() + at for at in accumulate((len(t) for t in tokens), initial=0)]
        for start, end in _windows(tokens, starts):
            typed = text[start:end]
            meant = _meant(typed, known)
            if meant is None:
                continue
            if named is None:
                named = [(place.start, place.end) for place in find_places(text, places)]
            if not any(start < place_end and place < end for place, place_end in named):
                text = text[:start] + meant + text[end:]
                mended.append((typed, meant))
    return text, tuple(dict.fromkeys(mended))


def _windows(tokens: Sequence[str], starts: Sequence[int]) -> list[tuple[int, int]]:
    """Where neighbouring tokens of which one is a lone character or a rare word may be one word."""
    windows = []
    for first in range(len(tokens)):
        for last in range(first, len(tokens)):
            group = tokens[first : last + 1]
            if starts[last + 1] - starts[first] > _LONGEST:
                break
            lone = [token for token in group if len(token) == 1 or is_rare(token)]
            if lone and starts[last + 1] - starts[first] > 1 and _PARTICLES.isdisjoint(lone):
                windows.append((starts[first], starts[last + 1]))
    return windows


def _meant(typed: str, known: Mapping[tuple[str, ...], frozenset[str]]) -> str | None:
    """The one word that sounds as typed and differs in one character."""
    sounding = known.get(syllables(typed), frozenset())
    alike = [
        word
        for word in sounding
        if sum(mine != its for mine, its in zip(typed, word, strict=True)) == 1
    ]
    return alike[0] if len(alike) == 1 and typed not in sounding else None


@cache
def _by_sound(register: Register) -> Mapping[tuple[str, ...], frozenset[str]]:
    """The words that the indicators' names are made of, and the terms of the field, by sound."""
    names = (n for one in register.indicators for n in (one.name, *one.synonyms))
    terms = {word for name in names for word in words(name)} | field_terms()
    by_sound: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for word in terms:
        if 2 <= len(word) <= _LONGEST and _CHINESE.fullmatch(word):
            by_sound[syllables(word)].add(word)
    return {sound: frozenset(alike) for sound, alike in by_sound.items()}
