"""The Plan that a question's words make, before the questions ahead of it are looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rag.models import Condition, Plan
from rag.plan.asked_places import full_name
from rag.plan.kind import counts_towns, kind_of
from rag.plan.quantifiers import group_level
from rag.plan.reading import Reading
from rag.plan.sought import sought_by
from rag.plan.wanted import plan_conditions

_ZH_COUNT = r"(\d+|[一二两三四五六七八九十])"
_TOP = re.compile(
    rf"(?:最.|垫底|居[首末]|领先|靠[前后])的(?={_ZH_COUNT}(?:个|家|份|名|位|篇))|哪(?!一)\s*{_ZH_COUNT}(?=[家个名份位])|(?:前|倒数|后)第?\s*{_ZH_COUNT}(?=名|位|个|家|份|的|[是有]|$|[?,。])|"
    r"\b(?:top|bottom|first|last|which|what)\s+(\d+)\b(?!\s*(?:%|percent))|\bthe (\d+)\s+(?:\w+ ){0,4}(?:with|that|where|whose)\b|"
    r"\bthe (\d+)\s+(?:highest|lowest|largest|smallest|biggest|best|worst|most|fewest)\b",
    re.IGNORECASE,
)
_TOP_WORDS = {w: n for n, w in enumerate("一二三四五六七八九十", 1)} | {
    "两": 2,
}
_ASCENDING = re.compile(
    r"最(?:低|少|小|差)|倒数|垫底|\b(?:lowest|fewest|smallest|(?<!at )least|worst|bottom)\b|\blow(?:est)? to high|\bascending\b",
    re.IGNORECASE,
)
_PLACE_IN_ORDER = re.compile(
    r"第几|(?:排|列|居)(?:在|第)?几[名位]|名次|排名|排位|位次|\b(?:where|how) (?:does|do|did)\b.*\brank\b|"
    r"\b(?:what|which) (?:rank|place|position)\b|\branking of\b",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(r"最|前\S?[一二两三四五六七八九十\d]|\b(?:top|bottom)\b", re.IGNORECASE)
_ASKED_UNIT = re.compile(r"(?:多少|几)(场次?|[件起宗份册本人名元次期])")
_NUMBER_OF_TOWNS = re.compile(
    r"(?:一共|总共|合计|共计|总计)只?有?(?:多少|几)[个家份]?(?:乡镇|镇|乡|街道|地方|报告|单位)|"
    r"\bhow many (?:of the )?(?:towns|townships|reports|places|subdistricts) (?:in total|altogether)\b",
    re.IGNORECASE,
)
_ALL_OF_THEM = re.compile(r"(?:总共|一共|合计|共计)(?:有|是)?(?:多少|几)[个家份][??。]?$")
_MEAN = re.compile(r"平均|均值|年均|\b(?:average|mean)\b", re.IGNORECASE)


def plan_of(reading: Reading) -> Plan:
    if is_foreign(reading):
        return Plan(kind="describe", out_of_scope=True)
    indicators = tuple(dict.fromkeys(m.indicator.name for m in reading.mentions))
    if indicators and not reading.places and reading.cues.define.search(reading.text):
        return Plan(kind="lookup", indicators=indicators, out_of_scope=True)
    kind = kind_of(reading)
    sought = sought_by(reading)
    if sought and kind != "yes_no":
        kind = "describe"
    topic = " ".join(topic.text for topic in reading.topics)
    if kind == "aggregate" and not (indicators or topic or reading.roles or reading.amounts):
        kind = "corpus"  # how many of the reports are of 2024
    if not indicators and not topic and reading.roles and kind in ("census", "lookup", "yes_no"):
        kind = "describe"
    if sought and sought.what == "placing":
        return Plan(
            kind="yes_no" if kind == "yes_no" else "describe",
            places=reading.stored_places,
            years=_years(_base(reading), reading),
            unknown_places=_unknown(reading),
            left_out_places=tuple(mention.name for mention in reading.left_out),
            sought=sought,
        )
    conditions, join = plan_conditions(reading, kind)
    unit = _ASKED_UNIT.search(reading.masked)
    if kind == "lookup" and unit and topic and not indicators:
        conditions = (Condition(topic, "mentions", unit=unit[1]),)
    standing = _standing(reading) if kind == "rank" else ()
    return Plan(
        kind=kind,
        indicators=indicators,
        conditions=conditions,
        join=join,
        order=order_of(reading.masked) if kind == "rank" else None,
        top=_top(reading.masked) if kind == "rank" else None,
        measure=_measure(reading) if kind == "aggregate" else None,
        places=_wider(reading) if standing else reading.stored_places,
        years=_years(conditions, reading),
        roles=reading.roles if kind in ("describe", "census", "yes_no") and not sought else (),
        topic=topic,
        unread=tuple(words for words in reading.unread if not _is_name(words, reading)),
        respelled=reading.respelled,
        out_of_scope=_outside(reading, indicators),
        unknown_places=_unknown(reading),
        left_out_places=tuple(mention.name for mention in reading.left_out),
        town_kinds=reading.town_kinds,
        share=reading.share if kind == "yes_no" else None,
        by=group_level(reading.masked) if kind in ("rank", "aggregate") else None,
        standing_of=standing,
        sought=sought,
    )


def _standing(reading: Reading) -> tuple[str, ...]:
    """The towns whose place in an order is asked: 茅台镇的罚款排第几."""
    if not _PLACE_IN_ORDER.search(reading.masked) or _SUPERLATIVE.search(reading.masked):
        return ()
    return tuple(full_name(m) for m in reading.places if m.level == "town" and m.places)


def _years(conditions: Sequence[Condition], reading: Reading) -> tuple[int, ...]:
    """The years whose reports are asked of: those after the one that they are compared with."""
    bases = {condition.than_year for condition in conditions}
    years = tuple(year for year in reading.years if year not in bases)
    return years or tuple(year + 1 for year in reading.years)


def _base(reading: Reading) -> tuple[Condition, ...]:
    """What another year is compared with, of a question that has no figure: 比2021年提高."""
    return (Condition("", "mentions", than_year=reading.earlier.year),) if reading.earlier else ()


def _wider(reading: Reading) -> tuple[str, ...]:
    """The counties and provinces that a question names beside a town, to rank it in."""
    return tuple(m.name for m in reading.places if m.level not in ("town", "region") and m.places)


def is_foreign(reading: Reading) -> bool:
    """Whether a question asks advice for a case of one's own, or what no report is ever about."""
    if reading.cues.personal.search(reading.text):
        return True
    return not reading.mentions and bool(reading.cues.foreign.search(reading.masked))


def _unknown(reading: Reading) -> tuple[str, ...]:
    """Places no stored report is from; in English any other name beside an indicator."""
    named = tuple(m.text for m in reading.places if not m.places)
    if reading.language == "zh" or not reading.mentions:
        return named
    return (*named, *(words for words in reading.unread if _is_name(words, reading)))


def _is_name(words: str, reading: Reading) -> bool:
    """Whether words that were not understood are a name, as their capitals say."""
    return bool(re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*", words)) and words in reading.text[1:]


def _outside(reading: Reading, indicators: tuple[str, ...]) -> bool:
    """Whether nothing in a question speaks of towns, reports or their subjects.

    A topic that the reports hold still brings it back in.
    """
    told = set(reading.roles) - {"achievements"}  # 怎么做 is said of cooking as well
    if indicators or told or reading.says("corpus"):
        return False
    if any(m.places or m.level in ("town", "county") for m in reading.places):
        return False
    return not (reading.says("census") or reading.cues.domain.search(reading.text))


def _measure(reading: Reading) -> Literal["sum", "mean", "count"]:
    if counts_towns(reading.masked) or _NUMBER_OF_TOWNS.search(reading.masked):
        return "count"
    if reading.says("count") and (
        _ALL_OF_THEM.search(reading.masked) or not reading.says("aggregate")
    ):
        return "count"
    return "mean" if _MEAN.search(reading.masked) else "sum"


def _top(text: str) -> int | None:
    match = _TOP.search(text)
    if match is None:
        return None
    word = next(group for group in match.groups() if group).lower()
    return int(word) if word.isdigit() else _TOP_WORDS[word]


def order_of(text: str) -> Literal["asc", "desc"]:
    """Whether a ranking begins with the lowest."""
    return "asc" if _ASCENDING.search(text) else "desc"
