"""The kind of answer a question wants."""

from __future__ import annotations

import re

from rag.models import PlanKind
from rag.plan.comparisons import asks_how_much, compared_indicators
from rag.plan.reading import Reading
from rag.words import has_noun

_EACH_YEAR = re.compile(
    r"增长|增加|减少|下降|上升|提高|降低|提升|变|相比|差|多了|少了|多多少|少多少|比20\d\d年[^,。?]{0,8}[高低多少]|\b(?:go|went|gone) (?:up|down)\b|"
    r"\b(?:rise|rose|fall|fell|grow|grew|increase[ds]?|decrease[ds]?|change[ds]?|differ\w*|compare[ds]?)\b",
    re.IGNORECASE,
)
_BESIDE_YEAR = re.compile(
    r"(?:与|和|跟|同|比|较)20\d\d年|\b(?:compared (?:with|to)|since|from|than(?: in)?) 20\d\d",
    re.IGNORECASE,
)
_TOWNS = re.compile(
    r"镇|乡|街道|报告|地方|\b(?:towns?|townships?|reports?|places?)\b", re.IGNORECASE
)
_ALL_YEARS = re.compile(
    r"(?<!\d)[两二三四五几\d]年(?!度)[^,。?]{0,8}(?:加起来|合起来|合计|总共|一共|累计)|[两二三四五几\d]年(?:来|间|里|内|下来)?(?:总共|一共|共|合计|加|累计|合起来|总计)|历年|各年|所有年份|"
    r"\b(?:over|across|in|for|from) (?:all |its |the |these |those |both )+(?:\w+\s+)?(?:years|reports)\b",
    re.IGNORECASE,
)
_HOW_MANY_TOWNS = re.compile(
    r"(?:地方|乡镇|镇|街道|报告|单位)(?:一共|总共|合计|共)?(?:有)?(?:几|多少)[个家份](?=[??。]?$)"
)
_TOLD = re.compile(r"怎样|怎么回事|怎么一回事|效果(?:如何|怎么?样)|介绍|什么样|怎么样|如何")
_NUMBER = re.compile(r"多少|[几多][件次场个人名份条项]|率|数|金额|比例|占比|多[大高]")
_EACH_ASKED = re.compile(r"分别|各(?:是|为|有|自)|\brespective(?:ly)?\b|\beach\b", re.IGNORECASE)
_DEVELOPED = re.compile(
    r"\b(?:develop|evolv|chang)(?:ed|ing|ment)?\b.{0,20}\b(?:over|through|across|during|between|from)\b|(?:怎么|如何|怎样)变化|变化(?:趋势|情况)|逐年列",
    re.IGNORECASE,
)
_MEAN_OF_YEARS = re.compile(
    r"平均每年|每年平均|年均(?!匀)|\b(?:average|mean)\b.{0,30}\b(?:per|a|each) year\b",
    re.IGNORECASE,
)
_SAYS_WHAT = re.compile(
    r"\bwhat (?:do|does|did) (?:the |these |those |all )?(?:\w+ )?(?:reports?|towns?) (?:have to )?say (?:about|on)\b|"
    r"报告(?:里|中)?(?:都)?(?:是)?(?:怎么|如何)(?:说|写|讲|描述)",
    re.IGNORECASE,
)
_OF_ALL = re.compile(
    r"各[地镇乡个]|所有|哪些|报告(?:里|中)?给出|\b(?:towns|townships|places|reports)\b",
    re.IGNORECASE,
)
_MEAN = re.compile(r"平均|均值|人均|年均|\b(?:average|mean)\b", re.IGNORECASE)


def kind_of(reading: Reading) -> PlanKind:
    """The kind, from the cues of a question and what it names; the first that fits."""
    asked = bool(reading.mentions)
    named = any(len(t.text) >= 4 and has_noun(t.text) for t in reading.topics)
    if reading.says("corpus") and not asked and not named and not reading.roles:
        return "corpus"
    supposed = bool(reading.conditions) or (reading.earlier is not None and asked)
    if _SAYS_WHAT.search(reading.masked) and not asked:
        return "describe"
    asks_why = reading.cues.why.search(reading.masked)
    if asks_why and supposed and not reading.says("set"):
        if not reading.stored_places and _OF_ALL.search(reading.masked):
            return "describe"
        return "yes_no"  # why so: whether it is so comes first
    if reading.compared and asked and reading.says("yes_no") and not reading.says("set"):
        return "yes_no"
    if reading.compared and asked:
        return "aggregate" if reading.says("count") else "census"
    if reading.share and reading.says("yes_no") and not reading.says("set"):
        return "yes_no"
    if asked and reading.wider:
        if asks_how_much(reading.masked, reading.language):
            return "lookup"
        return "yes_no" if reading.says("yes_no") and not reading.says("set") else "census"
    compared = compared_indicators(reading.masked, reading.mentions, reading.language)
    if (
        compared
        and not reading.stored_places
        and not asks_how_much(reading.masked, reading.language)
    ):
        return "aggregate" if reading.says("count") else "census"
    if reading.earlier and (asked or len(reading.topics) == 1):
        return _of_earlier(reading)
    several = len({place for mention in reading.places for place in mention.places}) >= 2
    if asked and reading.says("rank"):
        each = several and len(reading.stored_places) > 1 and _EACH_ASKED.search(reading.masked)
        return "compare" if each else "rank"
    summed = asked and reading.says("aggregate") and not reading.conditions
    together = (
        reading.one_place and len(reading.years) >= 2 and not _EACH_YEAR.search(reading.masked)
    )
    shown = reading.one_place and _DEVELOPED.search(reading.masked)
    if summed and shown:
        return "trend"
    if summed and (together or _ALL_YEARS.search(reading.masked)):
        return "aggregate"
    if asked and _MEAN_OF_YEARS.search(reading.masked) and reading.one_place:
        return "aggregate"
    if asked and (reading.says("trend") or _over_years(reading)):
        return "trend"
    if _counts_reports(reading):
        return "aggregate"
    if summed and (not reading.one_report or _MEAN.search(reading.masked)):
        return "aggregate"
    if asked and several and reading.says("compare") and not reading.says("set"):
        return "compare"
    return _of_set_or_report(reading, asked)


def _of_earlier(reading: Reading) -> PlanKind:
    """Whether it is asked which figures rose or fell, whether one did, or by how much."""
    if reading.earlier and reading.earlier.besides:
        return "lookup"
    if reading.earlier and not reading.earlier.how_much:
        if reading.says("count"):
            return "aggregate"
        if reading.says("yes_no") and not reading.says("set"):
            return "yes_no"
        sets = reading.says("set") or reading.says("census") or not reading.stored_places
        if sets and not reading.one_report:
            return "census"
    return "trend"


def _of_set_or_report(reading: Reading, asked: bool) -> PlanKind:
    census = reading.says("census") and not (reading.one_report and not reading.says("set"))
    if reading.says("yes_no") and not census and not reading.says("set"):
        return "yes_no"
    of_set = reading.topics and reading.says("set") and not reading.one_report
    if reading.roles and not asked and not of_set:
        return "describe"
    if census or reading.says("set"):
        names = asked or reading.topics or reading.amounts or reading.says("rank")
        return "census" if names or not _TOWNS.search(reading.masked) else "corpus"
    if asked and reading.conditions and not reading.one_report:
        return "census"
    told = reading.topics and _TOLD.search(reading.masked) and not _NUMBER.search(reading.masked)
    if not asked and told:
        return "describe"
    if asked or reading.cues.ask_value.search(reading.masked):
        return "lookup"
    return "describe"


def _over_years(reading: Reading) -> bool:
    """Whether a question compares years of one place: 2024年比2023年提高了多少."""
    beside = len(reading.years) == 1 and _BESIDE_YEAR.search(reading.text)
    return (
        reading.one_place
        and bool(len(reading.years) >= 2 or beside)
        and bool(_EACH_YEAR.search(reading.masked))
    )


def counts_towns(text: str) -> bool:
    """Whether the number of towns is asked, whatever else is summed: …的地方一共有几个？"""
    return bool(_HOW_MANY_TOWNS.search(text))


def _counts_reports(reading: Reading) -> bool:
    if not reading.says("count"):
        return False
    if counts_towns(reading.masked):
        return True
    return not (reading.mentions and reading.says("aggregate") and not reading.conditions)
