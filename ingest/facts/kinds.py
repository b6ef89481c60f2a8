"""Decide whose figure it is, of which time, and whether it was achieved."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.amounts import read_amounts
from rag.models import FactKind, SectionRole

_TARGET = re.compile(
    r"力争|争取|确保|(?<!年度)(?<!工作)(?<!学法)(?<!培训)(?<!检查)计划(?![,。;、)”》和及与的表书中内])|"
    r"拟(?!定|订|制|稿)|目标|预计|有望|力求|努力(?:实现|做到|使)|要(?:实现|达到|做到|使)|"
    r"明年|下一年|来年|下年度|下一步|"
    r"将[^,。;]{0,24}(?:达到|实现|开展|新增|完成|建成|建设|新建|修建|打造|培养|培训|提升|举办|"
    r"组织|召开|配备|设立|不少于|不低于|力争|继续)|"
    r"最终实现|推动[^,。;]{0,16}达到"
)
_TARGET_AFTER = re.compile(r"^[^,。;]{0,12}的?(?:目标|任务目标|工作目标|计划)")
_NORM = re.compile(
    r"(?:要求|规定|明确|按照|依照|按|根据)[^。;]{0,30}(?:不少于|不低于|不得|至少|达到|应当|须|应)[^,。;]{0,12}$|"
    r"(?:应当|必须|须|不得)[^,。;]{0,16}$"
)
_NORM_AFTER = re.compile(r"^[^,。;]{0,8}的?(?:要求|标准|规定|原则)")
_DONE = re.compile(r"已(?!经?要求)|完成了|达到了|实现了|共|累计")
_RISE = r"(?:提高|提升|上升|增加|增长|扩大|升|增|下降|降低|减少|降)(?:到|至|为)"
_ROSE_TO = re.compile(_RISE)
_ROSE_FROM = re.compile(r"(?:由|从)[^,。;]{0,10}$")  # 由80%提高到100%
_RISES_TO = re.compile(rf"^[^,。;]{{0,3}}{_RISE}")
_PREVIOUS = re.compile(r"去年|上年(?!度?结转)|上一年|往年|前年|上年度(?!结转)")
_COMPARED = re.compile(  # with which a figure is compared: it is not of that time
    r"(?:与|同|和|跟|较|比|同比)(?:去年|上年|上一年|往年|前年|20\d{2}年)(?:同期)?(?!同期|的|\s*$)"
)
_YEAR = re.compile(  # as the time of something done, not as part of a name (2023年工作要点)
    r"(?:^|[,。;:、(]|截[至止]|[到至在于自从由和与较比镇乡办区县市省]|街道|全国|同比|其中)\s*(20\d{2})年"
)
_RESPECTIVELY = re.compile(r"(?:20\d{2}年度?[、,和与及]*){2,}[^,。;]{0,6}分别")
_SINCE = re.compile(r"(20\d{2})年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|起|开始|至今)")
_CHANGE = re.compile(
    r"(?:同比|环比|比(?:去年|上年|上一年)(?:同期)?|较(?:去年|上年|上一年)(?:同期)?|增长|增幅|上升|下降|减少|降低|"
    r"提高|提升|增加|降幅|涨幅|新增幅度|回落)了?(?:约|近|超过|达|为|逾)?\s*$"
)
_REACHED = re.compile(r"(?:到|至|为|达)\s*$")
_AREA = re.compile(
    r"(?:^|[,。;:(、]|其中|目前|年|以来)(?:截至目前,?)?(全(?:县|区|市|省|州|盟|旗|国)|我(?:县|区|市|省|州|国)|"
    r"县(?:级|里|司法局|法院|人民法院)|区(?:级|司法局|法院|人民法院)|市(?:级|司法局|中院)|上级|全国)"
)
_VILLAGE = re.compile(
    r"(?:^|[,。;:(、]|其中|如|例如)\s*(?:[\u4e00-\u9fff]{2,4}[镇乡])?(?!其中|如|例如|各|全|本|该|辖|行政|自然|中心|示范|镇|乡|农|乡镇|街|每|某|一|两|三|几|多|\d|我|在|对|为|和|与|及|与|乡|进|入|驻|帮|联|到|由|从|把|将|共)"
    r"((?:(?![各全每某我要求等个共有镇乡])[\u4e00-\u9fff]){2,4}(?:村|社区))(?=[\u4e00-\u9fff]{2})(?!居|民主法治|\(|级|务|庄|规|组织|干部|支部|法律顾问|法律明白人|人民调解|建设|治理|矫正|戒毒)"
)


@dataclass(frozen=True)
class Meaning:
    kind: FactKind
    actor: str | None
    period: str | None
    rule: str


def read_kind(
    before: str, after: str, *, clause: str, role: SectionRole, year: int | None, unit: str
) -> Meaning:
    """What a figure stands for, from the words around it.

    Args:
        before: the sentence up to the figure, with the clause that it stands in.
        after: the sentence after the figure.
        clause: the figure's own clause up to the figure.
        role: of the section the sentence stands in.
        year: the report's year.
        unit: of the figure; points of percentage are always a change.
    """
    period = _period(before, year)
    if unit == "个百分点" or (_CHANGE.search(clause) and not _REACHED.search(clause)):
        return Meaning("change", _actor(before), period, "change")
    actor = _actor(before)
    if actor is not None:
        return Meaning("other_actor", actor, period, "other_actor")
    if _is_norm(before, after):
        return Meaning("requirement", None, period, "norm")
    target = _is_target(before, after, role)
    if not target and year and period and int(period) > year:
        target = "later_year"
    if target:
        return Meaning("target", None, period, target)
    rises = bool(_ROSE_FROM.search(clause) and _RISES_TO.match(after))
    if rises or _is_previous(before, clause, year, period):
        return Meaning("previous_period", None, period, "previous")
    return Meaning("achieved", None, period, "stated")


def _is_target(before: str, after: str, role: SectionRole) -> str:
    if role == "plans" and not _reports_done(before):
        return "plan_section"
    if _TARGET_AFTER.match(after) and not re.match(r"^[^,。;]{0,12}(?:完成|实现)", after):
        return "target_word"
    last = list(_TARGET.finditer(before))
    if not last or _DONE.search(before, last[-1].end()):
        return ""
    return "target_word" if len(before) - last[-1].end() <= 40 else ""


def _reports_done(before: str) -> bool:
    return bool(re.search(r"(?:去年|上年|20\d{2}年)[^。;]*(?:已|共|累计|完成)", before))


def _is_norm(before: str, after: str) -> bool:
    return bool(_NORM.search(before) or _NORM_AFTER.match(after))


def _period(before: str, year: int | None) -> str | None:
    if _SINCE.search(before):
        return str(year) if year else None
    listed = _RESPECTIVELY.search(before)
    if listed:
        every = re.findall(r"(20\d{2})年", listed[0])
        place = len(read_amounts(before[listed.end() :]))
        return str(every[min(place, len(every) - 1)])
    years = _YEAR.findall(_COMPARED.sub(",", re.sub(r"《[^《》]*》|\([^()]*\)", "", before)))
    if years:
        return str(years[-1])
    return str(year) if year else None


def _is_previous(before: str, clause: str, year: int | None, period: str | None) -> bool:
    clause, before = _COMPARED.sub(",", clause), _COMPARED.sub(",", before)
    if _ROSE_TO.search(clause):
        return False
    if _PREVIOUS.search(clause):
        return True
    if _PREVIOUS.search(before) and not re.search(r"今年|本年", before):
        return True
    return bool(year and period and int(period) < year)


def _actor(before: str) -> str | None:
    areas = _AREA.findall(before)
    if areas and not re.search(r"我(?:镇|乡|街道|办)|全(?:镇|乡|街道)|本(?:镇|乡|街道)", before):
        return str(areas[-1])
    match = _VILLAGE.search(before)
    return match[1] if match else None
