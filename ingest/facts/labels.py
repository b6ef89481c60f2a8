"""Find the noun phrase a figure belongs to, as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.facts.bare import is_bare
from ingest.facts.behind import ADVERBS, DEED, PLACES, RATE_UNITS, RIGHT_END, phrase_behind
from ingest.facts.coordination import counted_alike, rate_spans
from ingest.facts.edges import is_verb_only, last_deed, light_verb_length, modal_length, trim
from ingest.facts.figure_first import counted_behind
from ingest.facts.times import part_of_year
from rag.amounts import MONEY, Amount

_VERB_BEHIND = re.compile(rf"(?!“)(?:{RIGHT_END.pattern})")
_COMPARED_WITH = re.compile(  # 比区里要求的90%还差1.8个百分点, 没能达到年初定下的97%
    r"但?(?:也|还|仍)?(?:没有?|[未没]能?)(?:完成|实现|达到)了?|但?(?:没有?达到|达不到|未达到?|离|距离?)(?:全?[国省市县区镇乡州上][级里面上]?|上级)的?|"
    r"但?(?:也|还|仍|均|都|尚)?(?:[没未]能?|没有|达不)(?:达?到|完成)(?:了)?[^,。;\d]{0,8}(?:定下?|提出|确定|承诺|设定|下达|约定|要求|规定|预定|预期)的?(?:目标)?(?:是|为|即)?|"
    r"但?(?:离|距离?|对照|对标|与)[^,。;\d]{0,10}"
    r"(?:定下?|提出|确定|承诺|设定|下达|约定|要求|规定|预定)的?|"
    r"但?(?:也|均|都|已)?(?:[实兑]现|完成|达到|超额完成|超过)了?(?:年初|年度|上年)(?:确定|定下?|提出|制定|下达|计划|承诺|设定)的?|"
    r"(?:也|均|都|已)?(?:远|大大|大幅|略)?(?:超过|超出|多于|高于)了?(?:全?[国省市县区镇乡州上][级里面上]?|上级)(?:要求|规定|确定|下达|设定|定)?的?(?:每(?:年|季度?|月|周)|全年)?|"
    r"略|稍|远|但?(?:仍|还|也|均)?(?:略|稍|明显|远)?(?:比|较|低于|高于|超过|超出|未达到?|没有?达到|达到|离|距离?|与)?(?:全?[国省市县区镇乡州上][级里面上]?|上级)?(?:政府|考核|统一)?"
    r"(?:要求|规定|确定|下达|设定|平均|定|约定)的?(?:[村人户]均)?"
)
_AVERAGE_OF = re.compile(  # 高于本市各乡镇95.1%的平均水平
    r"(?:比|较|低于|高于|高出|超过|优于|落后于?|不及|不如)[^,。;\d]{2,12}"
)
_AVERAGE = re.compile(r"的?(?:平均(?!年龄)|均值)")
_BY_HOW_MUCH = re.compile(
    r"[较比]“[^”]{1,6}”(?:末|初|时期|期间)?|"
    r"(?:[比较与]|高于|低于)全?[国省市县区镇乡州旗][^,。;\d]{0,6}(?:平均(?:水平|值|数)?)?[高低多少快慢]出?|"
    r"[比较](?:去年|上年度?|上一年度?)(?:同期)?(?:净|新)?(?:增加?|减少?|[掉跌降升涨多少])(?:了|出)?|(?:同比|环比|平均)?(?:降幅|增幅|涨幅|升幅|减幅|增速|增长率|下降率)(?:达到?|为|约)?"
)
_CLAUSE_STOP = re.compile(r"[,。;:!?()\n]")
_LAW = re.compile(r"^[^《]*《[^》]*》的?(?=(?!第|等)[^《》]{2,}$)")  # 落实《…目录》的行政处罚权
_BOUND = re.compile(
    r"(?:各|均|都|全年|年内|今年|实现|配有|近|约|超过?|逾|不少于|至少|达到?|将近|大约|一共|共计|合计|总计|累计|共|有|只|仅|[了出过]|[全我本各][县区市省州镇乡])+$"
)
_TOWARDS = re.compile(  # 组织律师为34家企业体检, 分别到14个村培训
    r"(?:分别|先后|专程|逐一)?(?:为|对|给|向|让|帮助?|替|与|对接|到|赴|深入|走进)"
)
_SENT = re.compile(r"(?:共|累计|全年|已)*(?:出动|投入|派出|动员|发动)了?")  # 出动820人次开展巡查
_MADE_UP = re.compile(r"(?:组成|组建|建立|形成|打造|配备|拥有|集结)了?$")  # 组成46人的执法队伍
_OF_TOTAL = re.compile(r"占[^,。;]{1,10}(?:总数|总量|总人数|数)")
_ALIKE = re.compile(r"(?:均|都|皆)[为是有达]?(?:到|了)?\s*$")  # 行政复议、行政诉讼均为0件
_AIM = re.compile(r"(?:年度|年初)?(?:目标|计划|任务)(?:值|数)?(?:是|为|:)*")
_TARGETS = frozenset("家 户 名 人 个 位 所".split())
_COPIES = frozenset("份 册 本 张 幅 套".split())
_HANDLED = frozenset("将 把".split())  # 镇里将38栋楼宇分给16名楼长
_OFTEN_DONE = re.compile(  # 两次召集站所负责人、村干部研究排水问题: the deed is counted, to its end
    r"(?:组织|召集|邀请|召开|带领|率队|深入|前往|专题)(?=[\u4e00-\u9fff])[^,。;:!?()\d\n]{3,40}"
)
_TURNS = frozenset("次 回".split())
_THRESHOLD = re.compile(  # 50万元以上合同9份
    r"(?:及?以[上下]|以内)的?(?P<what>[\u4e00-\u9fff]{2,8})$"
)


@dataclass(frozen=True)
class Label:
    """A label by offsets in the reading, and the span of the clause that states the figure."""

    start: int
    end: int
    claim_start: int
    claim_end: int
    rule: str
    subject: str = ""  # what an earlier member of a coordination says of this one
    named_from: int = -1  # of one carried on: where the words begin that named it before


def find_labels(reading: str, left: int, right: int, amount: Amount) -> tuple[Label, ...]:
    """The labels of one amount; several where coordinated labels share one figure.

    Args:
        left: where the text that may name the figure begins (a clause or the amount before).
        right: where the sentence or the next amount begins.

    Returns:
        At least one label; an empty one (start == end) where the clause names nothing.
    """
    counted = counted_behind(reading, amount, right)
    if counted:
        return (Label(*counted, amount.start, counted[1], "figure_first"),)
    start, end = _words_before(reading, left, amount)
    deed = _threshold_or_deed(reading, amount, right) if start == end else None
    if deed:
        return (deed,)
    after = phrase_behind(reading, amount, right)
    named_before = start < end and not _names_nothing(reading[start:end], amount)
    if named_before and not _counts_what_follows(reading, (start, end), amount, after):
        return _named_before(reading, start, end, amount)
    if reading[after[1] : after[1] + 1] == ":":
        after = (after[0], after[0])  # it leads in what follows
    touches = reading[after[1] : after[1] + 1].isdigit() and is_bare(reading[slice(*after)])
    if (
        after[0] < after[1]
        and not touches
        and not (start < end and _only_says(reading, amount, after))
        and not (_SENT.fullmatch(reading, start, end) and _VERB_BEHIND.match(reading, *after))
    ):
        stop = _CLAUSE_STOP.search(reading, after[1])
        claim_end = stop.start() if stop else len(reading)
        claim_end = claim_end if claim_end - after[1] <= 80 else after[1]
        return (Label(*after, min(start, amount.start), claim_end, "label_after"),)
    if start < end:
        return (Label(start, end, start, amount.end, "verb_before"),)
    return (Label(amount.start, amount.start, amount.start, amount.end, "carried"),)


def _words_before(reading: str, left: int, amount: Amount) -> tuple[int, int]:
    """Where the words before an amount stand that may name it; equal where none do."""
    part = part_of_year(reading, left, amount.start)
    start, end = trim(reading, left, part[0] if part else amount.start)
    if reading[left - 1 : left] == "(" and _AIM.fullmatch(reading, start, end):
        return end, end  # 调解成功率97.8%(目标97%)
    if _COMPARED_WITH.fullmatch(reading, start, end) or _BY_HOW_MUCH.fullmatch(reading, start, end):
        return end, end
    if _AVERAGE.match(reading, amount.end) and _AVERAGE_OF.fullmatch(reading, start, end):
        return end, end
    if (
        reading[start : start + 1] == "占"
        and amount.unit not in RATE_UNITS
        and _OF_TOTAL.fullmatch(reading, start, end)
    ):
        start += 1  # 占受理总数534起的97.9%
    return start, end


def _threshold_or_deed(reading: str, amount: Amount, right: int) -> Label | None:
    """The label behind a bound of what the next figure counts, or behind how often it was done."""
    limit = _THRESHOLD.search(reading, amount.start, right) if amount.unit in MONEY else None
    if limit:
        return Label(*limit.span("what"), amount.start, limit.end(), "to_come")
    often = _OFTEN_DONE.match(reading, amount.end, right) if amount.unit in _TURNS else None
    return Label(*often.span(), amount.start, often.end(), "label_after") if often else None


def _counts_what_follows(
    reading: str, before: tuple[int, int], amount: Amount, after: tuple[int, int]
) -> bool:
    """Whether a noun stands right behind the figure (对接镇域27个居委会), so that it is counted."""
    length = after[1] - after[0]
    if (
        length > 1
        and reading[before[0] : amount.start].rstrip(" ").endswith("的")
        and before[1] - before[0] > 1
        and reading[amount.end : after[0]].strip() == ""
        and not (DEED.match(reading, *after) or _VERB_BEHIND.match(reading, *after))
        and amount.unit not in (*RATE_UNITS, *MONEY)
    ):
        return True  # 应诉的4起官司
    if (
        length < 1
        or reading[amount.end : after[0]].strip(" 的")  # an adverb: 9件全部按时答复
        or DEED.match(reading, *after)
        or _VERB_BEHIND.match(reading, *after)
        or amount.unit in (*RATE_UNITS, *MONEY)
    ):
        return False
    if reading[after[1] : after[1] + 1].isdigit() and not PLACES.fullmatch(reading, *after):
        return False  # it is of the next figure: 法律顾问8人服务13个村
    if length == 1 and reading[after[0]] not in "村组队站所点岗镇乡县户":
        return False
    if reading[amount.end : amount.end + 1] == "的":  # 不少于40学时的培训
        return (
            amount.unit in ("学时", "课时", "小时")
            or is_verb_only(reading[slice(*before)])
            or bool(_MADE_UP.search(reading, *before))
        )
    linked = _BOUND.sub("", reading[before[1] : amount.start].strip(" :"))
    if not linked and amount.unit in _COPIES and light_verb_length(reading[slice(*before)]):
        return False  # what was handed out is named before: 发放宣传册900份律师进村
    towards = _TOWARDS.fullmatch(linked) and amount.unit in _TARGETS
    return not linked or linked in _HANDLED or bool(towards)


def _only_says(reading: str, amount: Amount, after: tuple[int, int]) -> bool:
    """Whether what stands behind only says what came of the counted: 立案3起均已办结."""
    adverbs = ADVERBS.match(reading, amount.end, after[1])
    return bool(adverbs) and is_bare(reading[slice(*after)])


def _names_nothing(text: str, amount: Amount) -> bool:
    if amount.unit in RATE_UNITS and re.search(r"(?:率|比例|占比|比重|度|面)$", text):
        return False
    return is_verb_only(text)


def _named_before(reading: str, start: int, end: int, amount: Amount) -> tuple[Label, ...]:
    text = reading[start:end]
    spans = rate_spans(text) if amount.unit in RATE_UNITS else ()
    if not spans and _ALIKE.search(reading, end, amount.start):
        spans = counted_alike(text)
    if not spans:
        start += last_deed(text)
        text = reading[start:end]
        law = _LAW.match(text)
        begin = start + (law.end() if law else modal_length(text))
        if not law and amount.unit not in RATE_UNITS:
            begin += light_verb_length(reading[begin:end])
        return (Label(begin, end, start, amount.end, "label_before"),)
    first = text[: spans[0][1]]
    begin = max(spans[0][0], modal_length(first))
    return tuple(
        Label(
            start + (begin if index == 0 else left),
            start + right,
            start,
            amount.end,
            "coordinated",
            "" if index == 0 else first,
        )
        for index, (left, right) in enumerate(spans)
    )
