"""Places a question names from which no report is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pypinyin import lazy_pinyin

from rag.models import Place
from rag.place_names import ENDINGS, PlaceMention, bare_name, names_of, pinyin, spellings
from rag.place_words import (
    BARE_CITY_WORDS,
    COMMON_BEFORE,
    ENGLISH_LEVELS,
    ENGLISH_PROVINCES,
    GENERIC_NAMES,
    NAME_GOES_ON,
    NOT_IN_NAME,
    Level,
)
from rag.register import register

_LATIN = re.compile(r"[A-Za-z]")
# Before a name that is written small; 'the mining town' and 'each town' name none.
_BEFORE_NAME = r"in|of|for|from|at|to|did|does|has|had|was|is|and|with|than|about|compare"
_ENGLISH = frozenset("mining machine china remote women engine genuine airline marine".split())
_TENTHS = re.compile(r"[一二三四五六七八九几两\d]$")


def unknown_chinese(text: str, known: Sequence[Place]) -> Iterator[PlaceMention]:
    """Names of towns, counties, cities and provinces in Chinese that are not stored."""
    stored = {name for _, name in names_of(known)}
    table = register()
    levels: tuple[tuple[Level, Iterator[tuple[int, int]]], ...] = (
        ("town", table.towns_in(text)),
        ("county", table.counties_in(text)),
        ("city", table.cities_in(text)),
        ("province", table.provinces_in(text)),
    )
    for level, spans in levels:
        for start, end in spans:
            name = text[start:end]
            generic = GENERIC_NAMES.search(name) or re.fullmatch(r"[乡镇街道县区市省]+", name)
            if name not in stored and not generic:
                yield PlaceMention(name, start, end, level, name, ())
    yield from unregistered(text, stored, known)
    for match in bare_uppers().finditer(text):
        if match[0].startswith("成") and _TENTHS.search(text[: match.start()]):
            continue  # 连七成都不到
        names = [name for name in stored if bare_name(name) == match[0]]
        if not names:
            level = "province" if match[0] in bare_provinces() else "city"
            yield PlaceMention(match[0], match.start(), match.end(), level, match[0], ())


def unregistered(text: str, stored: set[str], known: Sequence[Place]) -> Iterator[PlaceMention]:
    """What has the form of a town's or county's name though the register has none such.

    Only where it stands as a name does (first, after a mark or 和, 的 …; before 的, 有, a
    year …), so that the verbs before 镇 in a sentence (完善镇, 推进镇) are not taken for names.
    """
    for level, ending in ENDINGS[:2]:
        for match in re.finditer(rf"[\u4e00-\u9fff]{{2,8}}?{ending}{NAME_GOES_ON}", text):
            cut = list(COMMON_BEFORE.finditer(match[0][:-1]))
            start = match.start() + (cut[-1].end() if cut else 0)
            name = text[start : match.end()]
            alone = re.fullmatch(rf"[\u4e00-\u9fff]{{2,3}}{ending}", name)
            generic = NOT_IN_NAME.search(name) or re.fullmatch(r"[乡镇街道县区市省]+", name)
            if alone and name not in stored and not generic:
                meant = sounding_alike(name, level, known) or misspelt(name, level, known)
                places = names_of(known)[(level, meant)] if meant else ()
                yield PlaceMention(name, start, match.end(), level, meant or name, places)


def sounding_alike(name: str, level: Level, known: Sequence[Place]) -> str | None:
    """The one stored name of this level that sounds the same: 虎丘镇 typed for 虎邱镇."""
    alike = [
        stored
        for kind, stored in names_of(known)
        if kind == level and pinyin(stored) == pinyin(name)
    ]
    return alike[0] if len(alike) == 1 else None


def misspelt(name: str, level: Level, known: Sequence[Place]) -> str | None:
    """The one stored name of this level with one other character: 鲁克芯镇 typed for 鲁克沁镇.

    Only names of three characters and more before 镇, 乡 …: of shorter ones another character
    makes another town too often. A name that the register knows is no misspelling.
    """
    ending = name[-2:] if name.endswith("街道") else name[-1:]
    if len(name) - len(ending) < 3:
        return None
    near = [
        stored
        for kind, stored in names_of(known)
        if kind == level
        and len(stored) == len(name)
        and sum(mine != theirs for mine, theirs in zip(stored, name, strict=True)) == 1
    ]
    return near[0] if len(near) == 1 else None


@cache
def bare_provinces() -> frozenset[str]:
    return frozenset(
        re.sub(r"(?:[省市]|(?:壮族|回族|维吾尔)?自治区)$", "", name)
        for name in register().provinces
    )


@cache
def bare_uppers() -> re.Pattern[str]:
    """Provinces and cities by their bare names, those that are also words left out."""
    cities = {bare_name(name) for name in register().cities} - BARE_CITY_WORDS
    names = sorted(
        {name for name in cities | bare_provinces() if len(name) >= 2}, key=len, reverse=True
    )
    return re.compile("|".join(names))


def unknown_english(text: str, known: Sequence[Place]) -> Iterator[PlaceMention]:
    """Names with a level in English that are not stored: Longquan town, also in small letters."""
    if not _LATIN.search(text):
        return
    levels = "|".join(ENGLISH_LEVELS)
    others = "The|Which|What|Does|Did|Is|Are|In|Of|How|Each|Every|Any|Compare|And|Or"
    names = rf"(?!(?:{others})\b)[A-Z][a-z'’]+"
    before = rf"\b(?P<name>{names}(?:[ \-]{names}){{0,3}})\s+(?P<level>(?i:{levels}))\b"
    after = rf"\b(?P<level>(?i:{levels})) of (?P<name>{names}(?:[ \-]{names}){{0,2}})"
    spelled = {spelling for _, name in names_of(known) for spelling in spellings(name)}
    small = rf"\b(?:{_BEFORE_NAME})\s+(?P<place>(?P<name>[a-z]{{5,}})\s+(?P<level>{levels}))\b"
    for match in re.finditer(small, text):
        if match["name"] not in spelled and _is_pinyin(match["name"]):
            level = ENGLISH_LEVELS[match["level"]]
            yield PlaceMention(match["place"], *match.span("place"), level, match["name"], ())
    for pattern in (before, after):
        for match in re.finditer(pattern, text):
            if re.sub(r"[^a-z]", "", match["name"].lower()) not in spelled:
                level = ENGLISH_LEVELS[match["level"].lower()]
                yield PlaceMention(match[0], match.start(), match.end(), level, match["name"], ())
    for province in bare_provinces():
        english = ENGLISH_PROVINCES.get(province) or pinyin(province)
        if english in spelled:
            continue
        for match in re.finditer(rf"\b{english}\b", text, re.IGNORECASE):
            yield PlaceMention(match[0], match.start(), match.end(), "province", match[0], ())


def _is_pinyin(word: str) -> bool:
    """Whether a word is two or more syllables of pinyin."""
    return word not in _ENGLISH and bool(re.fullmatch(rf"(?:{_syllables()}){{2,}}", word))


@cache
def _syllables() -> str:
    common = map(chr, range(0x4E00, 0x9FA6))
    found = {spelled for spelled in lazy_pinyin(list(common)) if spelled.isascii()}
    return "|".join(sorted((s for s in found if len(s) > 1 or s in "aeo"), key=len, reverse=True))
