"""Tell of which year a figure is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.amounts import read_amounts

_PREVIOUS = re.compile(r"(?:去年|上年度?|上一年度?|往年|前年)(?!底?以来)")
_NOW = re.compile(r"今年|本年|当年|本年度|现在|目前|截至目前")
_COMPARED = re.compile(  # with which a figure is compared: it is not of that time
    r"(?:与|同|和|跟|较|比|同比)(?:去年|上年度?|上一年度?|往年|前年|20\d{2}年)(?:同期)?(?!同期|的|\s*$)"
)
_YEAR = re.compile(  # as the time of something done, not as part of a name (2023年工作要点)
    r"(?:^|[,。;:、(](?:而|但)?|截[至止]|[到至在于自从由和与较比镇乡办区县市省含]|街道|全国|同比|其中|包括)\s*(20\d{2})年|"
    r"(?<=[\u4e00-\u9fff])(?<!第)(20\d{2})年度?(?=(?:[为是有共达仅约]|分别)|\s*$|[\d,、])"
)
_RESPECTIVELY = re.compile(  # 2022年、2023年分别为, 2021—2023年案件分别为, 近三年案件分别为
    r"(?:(?P<from>20\d{2})年?度?(?:—|-|~|至|到)+(?P<to>20\d{2})年|近(?P<last>[两二三四五])年来?|(?P<each>(?:20\d{2}年度?[、,和与及]*){2,}))"
    r"[^,。;]{0,16}?分别"
)
_SMALL = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_BOTH = re.compile(  # of which the last is meant as well: 2023年和2024年连续两年
    r"20\d{2}年度?(?:、|和|与|及|至|到|—|-)(20\d{2})年(?![^,。;]{0,6}分别)"
)
_SINCE = re.compile(r"(20\d{2})年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|起|开始|至今)")
_ASIDE = re.compile(r"《[^《》]*》|\([^()]*\)")
_THIS_YEAR = re.compile(r"(?:今年|本年度?)的?$")
_CLOSED = re.compile(r"\([^()]*\)")
_SINCE_THEN = re.compile(
    r"(?:目前|现|截至目前)?,?(?:均|全部)?(?:已|尚|仍)(?:经)?(?:全部)?(?:整改|销号|解决|落实)"
)  # 反馈问题7个,已整改6个
_STILL = re.compile(r"(?:还有|尚有|仍有|剩|目前)\s*$")  # 去年指出的3个问题还有1个没有整改到位
_RISE = r"(?:缩短|缩减|压缩|压减|精简|缩小|延长|拓展|提高|提升|上升|增加|增长|扩展|扩大|升|增|下降|降低|减少|降|压降|压减|调整|调增|调减|扩大|发展|壮大)(?:到|至|为)"
_ROSE_SINCE = re.compile(  # 由2022年的42人发展到70人,村均5人: the last is of now
    rf"[由从](?:20\d{{2}}年|去年|上年|年初|上年同期)的?[^,。;]{{1,14}}?{_RISE}"
)
_THEN = re.compile(  # a clause of its own: 而在去年,这两个数字是…
    r"(?:^|[,。;:(])\s*(?:而|但)?在?(?:去年|上年度?|上一年度?|前年|20\d{2}年)(?:度|同期)?,$"
)
_OPENING = re.compile(  # a stock taken over: 年初在册12人、年末10人
    r"年初(?:时|的)?(?:在册|实有|存量|结存|尚有|未结|积存)"
)
_ROSE_TO = re.compile(_RISE)
_PART_OF_YEAR = re.compile(  # 一季度33件、二季度41件; but not 截至5月共33件
    r"(?<![截前上本至到止自从\d年])(?P<part>(?:第?[一二三四1-4]季度|[上下]半年|(?:\d{1,2}(?:-|至|到))?\d{1,2}月份?))"
    r"(?:为|有|是|达|达到|约|共)?$"
)
_REACH = 14  # characters before a figure in which the part of a year stands that it is of
_WITHIN_YEAR = re.compile(r"(?:第?[一二三四]季度|[上下]半年|\d{1,2}月份?)的?\s*$")
ROSE_FROM = re.compile(r"(?:由|从)[^,。;]{0,14}$")  # 由80%提高到100%
RISES_TO = re.compile(rf"^[^,。;]{{0,3}}{_RISE}")


def without_asides(before: str) -> str:
    """The words before a figure without closed brackets: what stands in them colours nothing behind.

    >>> without_asides("行政诉讼案件3件(含上年未结1件),出庭应诉")
    '行政诉讼案件3件,出庭应诉'
    """
    return _CLOSED.sub("", before)


def period_of(before: str, year: int | None) -> str | None:
    """The year of the figure behind these words of its sentence, as digits; the report's by default."""
    if "年" not in before or _SINCE.search(before):
        return str(year) if year else None
    listed = _RESPECTIVELY.search(before)
    every = _years_told(listed, year) if listed else ()
    if listed and every:
        place = len(read_amounts(before[listed.end() :]))
        return str(every[min(place, len(every) - 1)])
    before = _ROSE_SINCE.sub(",", before)
    if year and (both := _BOTH.search(before)) and both[1] == str(year):
        return str(year)
    years = _years_in(_COMPARED.sub(",", _ASIDE.sub("", before)))
    if years and not _NOW.search(before, before.rfind(years[-1])):
        return str(years[-1])
    return str(year) if year else None


def _years_told(listed: re.Match[str], year: int | None) -> Sequence[int]:
    """The years of which figures are told one after another; none where they are not known."""
    if listed["each"]:
        return [int(one) for one in re.findall(r"(20\d{2})年", listed["each"])]
    if listed["from"]:
        return range(int(listed["from"]), int(listed["to"]) + 1)
    return range(year - _SMALL[listed["last"]] + 1, year + 1) if year else ()


def _years_in(text: str) -> list[str]:
    """The years that words name as the time of something, in order."""
    return [match[1] or match[2] for match in _YEAR.finditer(text)]


def part_of_year(reading: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the part of a year stands that the words between two offsets end with; None without."""
    start = max(start, end - _REACH)
    words = reading[start:end]
    if not ("月" in words or "季" in words or "半年" in words):
        return None
    part = _PART_OF_YEAR.search(reading, start, end)
    return part.span("part") if part else None


def is_previous(
    before: str, after: str, clause: str, *, year: int | None, period: str | None
) -> bool:
    """Whether a figure is of an earlier period, or what is left of one (上年结转)."""
    clause, before = _COMPARED.sub(",", clause), _COMPARED.sub(",", before)
    if ROSE_FROM.search(clause) and RISES_TO.match(after) and not _NOW.search(clause):
        return not _WITHIN_YEAR.search(clause)
    if _ROSE_TO.search(clause) or _THIS_YEAR.search(clause):
        return False
    if _SINCE_THEN.match(clause) or _STILL.search(clause):
        return False
    if _OPENING.search(clause):
        return True
    if _PREVIOUS.search(clause):
        return not _NOW.search(clause, [*_PREVIOUS.finditer(clause)][-1].end())
    if _opens_with_previous(before):
        return True
    then = _THEN.search(before[: len(before) - len(clause)])
    if then and not (year and str(year) in then[0]):
        return True
    return bool(year and period and int(period) < year)


def _opens_with_previous(before: str) -> bool:
    """Whether a sentence that begins with an earlier time has not come back to the present."""
    first = _PREVIOUS.search(before)
    if first and before[: first.start()].endswith(("较", "比", "由", "从", "与", "同")):
        return False
    if first is None or _NOW.search(before, first.end()):
        return False
    return not re.search(r"\d|[一二三四五六七八九十](?=[件起次人个名])", before[: first.start()])
