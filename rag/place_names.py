"""Place names by level: with and without their ending, in characters and in pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin

from rag.models import Place
from rag.place_words import ENGLISH_ENDINGS, ENGLISH_PROVINCES, Level

ENDINGS: tuple[tuple[Level, str], ...] = (
    ("town", r"(?:民族乡|街道办事处|街道|苏木|镇|乡)"),
    ("county", r"(?:自治县|自治旗|县|区|旗)"),
    ("city", r"(?:自治州|市|州|盟)"),
    ("province", r"(?:自治区|省)"),
)
ANY_ENDING = re.compile(f"(?:{'|'.join(ending for _, ending in ENDINGS)})$")
# The name of a people in a division's name: 石柱土家族自治县 is called 石柱.
PEOPLES = re.compile(
    r"(?<=..)(?:(?:土家|壮|回|苗|维吾尔|彝|藏|蒙古|布依|侗|瑶|白|朝鲜|哈尼|黎|哈萨克|傣|畲|傈僳|仡佬|东乡|拉祜|水|佤|纳西|羌|土|"
    r"仫佬|锡伯|柯尔克孜|达斡尔|景颇|毛南|撒拉|布朗|塔吉克|阿昌|普米|鄂温克|怒|京|基诺|德昂|保安|裕固|鄂伦春|独龙|满)族?)+"
    r"(?=(?:族)?(?:自治|[乡镇]|$))"
)
_ZONE = re.compile(
    r"(.{2,4}?)(?:国家级)?(?:经济技术|高新技术产业|高新技术|经济|旅游|产业)+(开发区|示范区|度假区)"
)
# Characters with several readings, by the one that names of places have.
_IN_PLACES = {"长": "chang", "都": "du", "朝": "chao", "单": "shan"}
_READ_AS_USUAL = ("长子",)
_LONG = 4  # characters of a bare name that is also called by its first two


@dataclass(frozen=True)
class PlaceMention:
    """A place named in a question.

    `places` are the stored places it stands for; empty where no stored report comes
    from there, so that the answer can say so. Two names of one place that stand
    together (石柱马武) are one mention of the inner place.
    """

    text: str  # as written
    start: int
    end: int
    level: Level
    name: str  # as stored (马武镇, 重庆市, 西南); as written where it is not stored
    places: tuple[Place, ...]
    narrowed: bool = False  # the question named a wider place of it as well


def names_of(known: Sequence[Place]) -> dict[tuple[Level, str], tuple[Place, ...]]:
    """Every stored name by level, with the places that lie there."""
    return _names_of(tuple(known))


@lru_cache(maxsize=8)  # a question asks for them several times
def _names_of(known: tuple[Place, ...]) -> dict[tuple[Level, str], tuple[Place, ...]]:
    names: dict[tuple[Level, str], list[Place]] = {}
    for place in dict.fromkeys(known):
        for level, name in levels_of(place):
            names.setdefault((level, name), []).append(place)
    return {key: tuple(places) for key, places in names.items()}


def levels_of(place: Place) -> Iterator[tuple[Level, str]]:
    """The names of a place from province down; a municipality counts once."""
    if place.province:
        yield "province", place.province
    if place.city and place.city != place.province:
        yield "city", place.city
    if place.county and place.county != place.city:
        yield "county", place.county
    if place.town:
        yield "town", place.town


def bare_name(name: str) -> str:
    """The name without its level and people.

    >>> bare_name("石柱土家族自治县"), bare_name("马武镇"), bare_name("赵县")
    ('石柱', '马武', '赵县')
    """
    without_people = PEOPLES.sub("", name)
    short = ANY_ENDING.sub("", without_people)
    return short if len(short) >= 2 else without_people


def short_names(name: str) -> tuple[str, ...]:
    """What else people call a place, beside its name without the ending.

    >>> short_names("烟台经济技术开发区"), short_names("凉城新村街道"), short_names("马武镇")
    (('烟台开发区',), ('凉城街道',), ())
    """
    zone = _ZONE.fullmatch(name)
    if zone:
        return (zone[1] + zone[2],)
    short = bare_name(name)
    town = re.search(r"(?:镇|乡|街道)$", name)
    if town and len(short) >= _LONG:
        return (short[:2] + town[0],)
    return ()


def pinyin(name: str) -> str:
    """The pinyin of a name in small letters without tones and spaces: 马武 is mawu."""
    return "".join(syllables(name))


@lru_cache(maxsize=50_000)
def syllables(name: str) -> tuple[str, ...]:
    """The pinyin of each character of a name, as place names are read: 长宁 is chang, ning."""
    read = lazy_pinyin(name)
    if len(read) != len(name) or name.startswith(_READ_AS_USUAL):
        return tuple(read)
    return tuple(_IN_PLACES.get(one, usual) for one, usual in zip(name, read, strict=True))


def spellings(name: str) -> set[str]:
    """The pinyin of a name in full and without its level, in small letters, no spaces."""
    short = bare_name(name)
    found = {pinyin(name)}
    if len(short) >= 2:
        found.add(pinyin(short))
    if name[1:] in ENGLISH_ENDINGS:  # Gao County: one syllable says too little by itself
        found.add(pinyin(name[0]) + ENGLISH_ENDINGS[name[1:]])
    return {spelling for spelling in found if len(spelling) >= 4} | {
        english for chinese, english in ENGLISH_PROVINCES.items() if name.startswith(chinese)
    }
