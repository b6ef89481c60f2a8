"""Words typed wrong: with another character of the same sound (行政复义), or other letters."""

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
from rag.plan.english_named import is_known_word
from rag.spelling import nearest_word
from rag.words import field_terms, is_rare, segments, words

Respelled = tuple[str, str]  # as typed, as meant
_LONGEST = 6  # characters of a word that is looked for
_LONG = 4  # characters of a term that is found whatever the words around it are cut into
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# Not part of a noun, so that what stands around them is no word typed wrong.
_PARTICLES = frozenset(
    "的了和与及或是在对从向为把被由以于按将会能要有无未没不也都均全还已又再最更比到过着吗呢吧么"
    "哪谁几多少各每这那其该某些个件起宗次场份名人元家年月日时镇乡县区市省村户我你他它们"
)
# English words that decide what a question asks; each is long enough to be known by its letters.
_DECISIVE = frozenset(
    "reports township townships subdistrict subdistricts average together altogether problems shortcomings "
    "weaknesses already mention mentioned highest lowest biggest largest smallest compare compared difference "
    "between lawsuit lawsuits administrative normative documents document reconsideration mediation disputes "
    "penalty penalties inspection inspections enforcement officers publicity advisers adviser coverage hotline "
    "satisfaction completion petition petitions appearance exceeded percent percentage million thousand "
    "success children enterprises companies".split()
)
# Words that are one letter from those, and right.
_SPELT_RIGHT = frozenset(
    "resorts retorts medication medications meditation complexion competition".split()
)
# The same in Chinese: rare words that are one character from those of the field, and right.
_WRITTEN_RIGHT = frozenset(
    "误工 禁赌 设区 公屋 履新 释法 知法 施法 厨具 待办 失范 整件 颁证 发案 附议 接案 执罚 政改 抢收 欠收 "
    "投书 受礼 工务 一霸 残次 机灌 手车 谐调 讲桌 常考 知行 复权 专治 整枝 综核 进销 体健 词数".split()
)
_SMALL = re.compile(r"\b[a-z]{6,}\b")


def respell_english(text: str) -> tuple[str, tuple[Respelled, ...]]:
    """A question with the misspelt words that decide what it asks put right, and which.

    Names, which are written with a capital, stay.

    >>> respell_english("What prolbems did Boao mention?")
    ('What problems did Boao mention?', (('prolbems', 'problems'),))
    """
    mended: list[Respelled] = []

    def put_right(match: re.Match[str]) -> str:
        word = match[0]
        if word in _DECISIVE or word in _SPELT_RIGHT or is_known_word(word):
            return word
        meant = nearest_word(word, _DECISIVE)
        if meant is None:
            return word
        mended.append((word, meant))
        return meant

    return _SMALL.sub(put_right, text), tuple(dict.fromkeys(mended))


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
        sounds = syllables(run[0])
        for start, end in (*_windows(tokens, starts), *_stretches(*run.span())):
            sounding = known.get(sounds[start - run.start() : end - run.start()], frozenset())
            typed = text[start:end]
            meant = _meant(typed, sounding)
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


def _stretches(start: int, end: int) -> list[tuple[int, int]]:
    """Everything between two offsets that is long enough to be one term by its sound alone."""
    sizes = range(_LONG, _LONGEST + 1)
    return [(at, at + size) for size in sizes for at in range(start, end - size + 1)]


def _meant(typed: str, sounding: frozenset[str]) -> str | None:
    """The one word of those that sound as typed which differs in one character."""
    alike = [
        word
        for word in sounding
        if sum(mine != its for mine, its in zip(typed, word, strict=True)) == 1
    ]
    right = typed in sounding or typed in _WRITTEN_RIGHT
    return alike[0] if len(alike) == 1 and not right else None


@cache
def _by_sound(register: Register) -> Mapping[tuple[str, ...], frozenset[str]]:
    """The words that the indicators' names are made of, and the terms of the field, by sound."""
    names = {n for one in register.indicators for n in (one.name, *one.synonyms)}
    terms = {word for name in names for word in words(name)} | names | field_terms()
    by_sound: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for word in terms:
        if 2 <= len(word) <= _LONGEST and _CHINESE.fullmatch(word):
            by_sound[syllables(word)].add(word)
    return {sound: frozenset(alike) for sound, alike in by_sound.items()}
