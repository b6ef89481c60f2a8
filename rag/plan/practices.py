"""Practices under all the names that reports give them, from `practices.yaml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TypeVar

import yaml

from rag.plan.topics import Topic
from rag.wording import wording
from rag.words import field_terms

_PERSONS = "干部|领导干部|机关干部|群众|企业|合作社|农户|商户|村民|居民|人大代表|政协委员|代表|委员"
_ACTORS = re.compile(
    rf"{_PERSONS}|(?:镇|乡|街道)?(?:领导)?班子|党政班子|党委|党政|镇政府|机关|单位|部门"
)
# What practices are done to: 对轻微违法行为免罚 asks of no more than 免罚.
_OF_ANY = re.compile(
    rf"(?:轻微|初次)?(?:违法)?(?:行为|违法|当事人|案件)+|{_PERSONS}|法院|人民法院|法庭|行政处罚|处罚"
)
T = TypeVar("T", bound=Topic)
_TERM = 3  # characters
_OF_LAW = re.compile(r"法治文化|法治主题|法治|普法|宪法")


def with_practices(topic: str) -> str:
    """The topic with the other names of each practice it names as alternatives.

    >>> with_practices("枫桥经验")
    '枫桥经验|枫桥式'
    """
    named = [(phrase, _with_names(phrase)) for phrase in topic.split()]
    known = any(phrase != names for phrase, names in named)
    wanted = [
        n for phrase, n in named if not (known and _OF_ANY.fullmatch(phrase.split("|")[0]))
    ] or [topic]
    return " ".join(wanted)


def telling_sides(sides: Sequence[str]) -> tuple[str, ...]:
    """The things of a list, each whole: 法治文化广场、公园 asks of no 公园 of another kind.

    Beside a known practice those to whom it is done are left out (法治体检 for companies).
    """
    known = any(_with_names(side) != side for side in sides)
    kept = [side for side in sides if not (known and _OF_ANY.fullmatch(side))]
    kind = _OF_LAW.match(sides[0])
    if kind is None:
        return tuple(kept)
    whole = (f"{kind[0]}{one}|法治{one}|法治…{one}" for one in kept)
    return tuple(
        long if re.fullmatch(r"[\u4e00-\u9fff]{2}", one) else one
        for one, long in zip(kept, whole, strict=True)
    )


def is_actor(topic: str) -> bool:
    """Whether a topic only says who does something, or to whom it is done."""
    return " " not in topic and bool(_ACTORS.fullmatch(topic.split("|", maxsplit=1)[0]))


def without_recipients(topics: Sequence[T]) -> list[T]:
    """The topics without those to whom, or where, a known practice beside them is done."""
    known = any(_with_names(phrase) != phrase for one in topics for phrase in one.text.split())
    return [one for one in topics if not (known and _is_of_any(one.text))]


def _is_of_any(topic: str) -> bool:
    return " " not in topic and bool(_OF_ANY.fullmatch(topic.split("|", maxsplit=1)[0]))


def _with_names(phrase: str) -> str:
    asked = phrase.split("|")
    for family in _families():
        if any(wording(name).pattern.search(one) for one in asked for name in family):
            return "|".join(dict.fromkeys((*asked, *family)))
    return phrase


@cache
def _families() -> tuple[tuple[str, ...], ...]:
    content = yaml.safe_load(files("rag.plan").joinpath("practices.yaml").read_text("utf-8"))
    return tuple(tuple(family) for family in content)


def known_terms(topic: str) -> tuple[str, ...]:
    """The practices and terms of the field that a topic's phrases are, or hold, in order.

    >>> known_terms("干部去法院旁听庭审")
    ('旁听庭审',)
    """
    found = []
    for phrase in topic.split():
        first = phrase.partition("|")[0]
        inner = [t for t in field_terms() if len(t) >= _TERM and t in first and t != first]
        if inner:
            found.append(max(sorted(inner), key=len))
        elif "|" in phrase or first in field_terms():
            found.append(phrase)
    return tuple(dict.fromkeys(found))
