"""Decide whose figure it is, of which time, and whether it was achieved."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.facts.actors import counts_villages, listed_village, set_beside, whose
from ingest.facts.times import RISES_TO, ROSE_FROM, is_previous, period_of, without_asides
from rag.models import FactKind, SectionRole

_TARGET = re.compile(
    r"力争|原定|年初(?:[^,。;\d]{0,4})(?:提出|定下|确定|承诺|安排(?![^,。;\d]{0,8}(?:经费|资金|预算|专款)))(?!的)|争取(?!到|了|[^,。;\d]{0,8}(?:资金|项目|支持|经费|指标))|(?<!为)(?<!为了)(?<!切实)确保|"
    r"(?<!年度)(?<!工作)(?<!学法)(?<!培训)(?<!检查)(?<!宣传)计划(?![,。;、)”》和及与并的表书中内总])|"
    r"(?<![模虚代草])拟(?![定订制稿签任用聘提])|目标(?:值|是|为|:|达到|$)|预计|有望|力求|努力(?:实现|做到|使)|要(?:实现|达到|做到|使)|要(?:进一步)?[把将][^,。;\d]{2,20}(?:提高|提升|稳定|保持|控制|压降|压减|降低?|扩大|增加|发展)[到至在]|"
    r"明年|下一年(?!度?继续)|来年|(?<!结转)(?<!结转至)(?<!结转到)下年度|下一步|"
    r"将[^,。;与和融纳作列]{0,10}(?:达到|实现|开展|新增|完成|建成|建设|新建|修建|打造|培养|培训|提升|举办|"
    r"组织|召开|配备|设立|不少于|不低于|力争|继续)|"
    r"最终实现|推动[^,。;]{0,16}达到"
)
_LASTING = re.compile(r"明年|来年|下一年|下年度|下一步|目标")  # colours a whole sentence
_TARGET_AFTER = re.compile(r"^[^,。;]{0,12}的(?:目标|任务目标|工作目标|计划)")
_PLANS = re.compile(r"(?<!原)(?<!全年)(?<!今年)计划(?=[\d.]+余?[个项份条])")  # 双随机计划14个
_SET_BEFORE = re.compile(r"(?:年初|年度)[^,。;\d]{0,4}(?:定下?|确定|下达|承诺|计划|提出)的\s*$")
_SET_TASK = re.compile(
    r"^[^,。;]{0,8}(?:任务|目标|指标|计划)(?=[,。;]|已|全部|超额|如期|圆满|没有|未)"
)
_SANCTION = re.compile(r"^的[^,。;]{0,6}(?:扣|不得|取消|约谈|通报|问责|视为|定为|一票否决)")
_SHORT_OF_SET = re.compile(  # 化解率80%,低于县定90%的指标
    r"(?:低于|少于|不及|不足)(?:[国省市县区镇乡上][级里面上]?|上级)(?:[^,。;\d]{0,4}(?:定下?|要求|规定|下达|确定))的?\s*$"
)
_STILL_TO_DO = re.compile(  # 剩余7栋计划于一季度前整治完毕
    r"^[^,。;\d]{0,6}(?:计划|预计|拟|将)(?:于|在)[^,。;]{2,16}(?:完|完毕|完成|到位)"
)
_FALLS_SHORT = re.compile(
    r"(?:[未没]能?达到?|[未没]能?(?:完成|实现)|没有(?:达到|完成|实现)|达不到|没到|未满|不足|不到|不满|(?<!不)(?<!不[得能可])(?<!应)低于|(?<!不)(?<!不[得能可])少于)(?:了)?"
    r"(?:[国省市县区镇乡上][级里上面]?|年初|上级|自己)?"
    r"(?:[^,。;\d]{0,4}(?:定下?|要求|规定|下达|提出|承诺))?的?\s*$"
)
_BOUND = r"(?:不[得能可]?少于|不[得能可]?低于|不得?超过|不得?高于|不得|至少|应当|须|应(?![诉急用对付邀出]))"
_RULE = r"(?:要求|规定|明确|约定|按照|依照|根据|考核(?:指标|标准|目标)|指标(?=是|为)|标准(?=是|为))"
_NORM = re.compile(
    rf"{_RULE}[^。;]{{0,30}}{_BOUND}[^,。;]{{0,12}}$|{_RULE}[^,。;]{{0,20}}(?:达到|为|是)\s*$|"
    r"(?:应当(?!场|由?[^,。;]{0,8}出庭|[^,。;]{2,14}的[^,。;]{0,6}$)|(?:必须|须)(?![^,。;]{2,14}的[^,。;]{0,6}$)|不得)[^,。;]{0,16}$|(?:指标|标准)(?:是|为)[^,。;\d]{2,14}(?:率|比例|度)\s*$|(?:规定|要求|约定)的(?:[村人户]均|平均)?\s*$|[省市县区州上][里级面上]?(?:[^,。;\d]{0,4})(?:定|下达|确定|设定|规定)的?\s*$|(?:下达|分配|规定|要求)的[^,。;]{0,16}(?:任务|指标|目标)(?:数)?(?:是|为)?(?:每[人村名年]|不少于|不低于|至少)*\s*$|"
    r"每(?:学期|半年|季度?|月|年|周)[^,。;]{0,14}(?:不[得能可]?少于|不[得能可]?低于|至少)\s*(?:[\d.]+[^,。;\d]{1,4}[,、][^,。;\d]{0,12}(?:不[得能可]?少于|不[得能可]?低于|至少)\s*)?$|"
    r"[按依照据][^,。;]{1,10}应(?:该)?(?:配备?|设立?|有|建|达)[^,。;]{0,8}$|"
    r"(?:细则|制度|办法|方案|通知|文件|意见|清单|[省市县区上][级里面委]|上级)[^,。;\d]{0,4}(?:要求|规定)(?!的|下|[全及]?完成)[^,。;\d]{2,18}$|(?:下达|分解|分配)(?!的)[^,。;]{2,16}(?:任务|指标|目标)(?:数)?(?:是|为)?$|"
    r"(?:^|[,。;:(])\s*(?:[省市县区上][级里面]?|上级[^,。;]{0,6})?(?<!按)要求(?!下)[^,。;]{2,16}(?:率|比例|占比|度)\s*$"
)
_SET_FOR = re.compile(r"(?:下达|分配|设定|规定)(?:了)?[^,。;\d]{2,14}$")  # 下达持证率95%的指标
_SET_RATE = re.compile(r"的?(?:年度|考核|硬性|工作)*(?:指标|目标|任务)")
_NORM_AFTER = re.compile(r"^[^,。;]{0,8}的(?:要求|标准|规定|原则)(?!全)")
_DONE = re.compile(
    r"已(?!经?要求)|实[训到](?!基地|位|地)|实际(?![上工情困问需能])|完成了|达到了|实现了|共|累计"
)
_COMPARES = r"(?:同比|环比|[比较](?:去年|上年度?|上一年度?|前年|往年|上半年|20\d{2}年)(?:同期)?)"
_MOVES = r"(?:增长|增幅|上升|下降|减少|降低|提高|提升|增加|降幅|涨幅|新增幅度|回落|压缩|缩短|提速|压减|压降|缩减|下滑|上涨|回升)"
_SIZE = r"了?\s*(?:约|近|超过|达|为|逾|大约|超)?\s*$"
_CHANGE = re.compile(
    rf"(?:{_COMPARES}|{_MOVES}){_SIZE}|{_COMPARES}[^,。;]{{0,14}}[多少增减升降提涨高低]出?{_SIZE}|"
    rf"{_COMPARES}[^,。;\d]{{0,6}}[多少](?=[\u4e00-\u9fff])[^,。;\d]{{1,6}}$|"
    r"[较比][^,。;\d]{0,8}平均(?:水平|值|数)?[快慢高低多少长短][了出]?\s*$|"
    r"[多少增减升降涨掉跌][了出]\s*(?:约|近|大约)?\s*$"
)
_CHANGE_OF = re.compile(  # 减少重复入企约31%
    r"(?:增长|上升|下降|减少|降低|增加|压减|压缩|缩减|节约|节省|缩短)[^,。;到至达为是率比占]{1,12}(?:约|近|超|逾)?\s*$"
)
_POINTS = re.compile(r"(?:提|压|[多少增减升降涨])了?\s*$")
_NOT_OURS = re.compile(r"^[^。;]{0,12}不(?:计入|纳入|列入)(?:本|我|全)?(?:[镇乡]|街道)")
_MORE_THAN_THEN = re.compile(  # 与去年相比,案件数多2件
    r"(?:去年|上年度?|20\d{2}年)(?:同期)?相比,[^。;]{0,24}[多少增减][了出]?\s*$"
)
_BASE = re.compile(rf"{_COMPARES}(?:的|为|是)?\s*\(?\s*$")
_BASE_MOVES = re.compile(
    r"^\)?的?(?:相比,?)?[^,。;\d]{0,3}(?:减少|增加|下降|上升|增长|提高|降低|多|少|[降升增减]了?\d)"
)
_OF_NOW = re.compile(
    r"(?:目前|现在|眼下|实际)(?:的|为|是|仅|只有?|达到?|约|已)*\s*$|(?:今年|本年度?|目前|(?<![实体呈出发表])现有?)的?\s*$"
)
_BY = re.compile(r"(?:降幅|增幅|涨幅|升幅|减幅)(?:达到?|为|约|超过?)?\s*$")
_REACHED = re.compile(r"(?:到|至|为|达)\s*$")


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
    before = without_asides(before)
    if _NOT_OURS.search(after):
        return Meaning("other_actor", whose(before), period_of(before, year), "not_counted")
    period = period_of(before, year)
    village = listed_village(before, after, unit)
    actor = None if counts_villages(before, after) else village or whose(before)
    actor = actor or set_beside(clause, after)
    if _is_base(clause, after):
        return Meaning("previous_period", actor, period, "compared_with")
    if _is_change(clause, unit, plan=role == "plans") or _MORE_THAN_THEN.search(before):
        return Meaning("change", actor, period, "change")
    if _is_norm(before, after, clause, role):
        return Meaning("requirement", None, period, "norm")
    if actor is not None:
        return Meaning("other_actor", actor, period, "other_actor")
    told = _PLANS.sub("方案", f"{before}0{unit}")[: -len(unit) - 1]
    target = _is_target(told, after, clause, role)
    if not target and year and period and int(period) > year:
        target = "later_year"
    if target:
        return Meaning("target", None, period, target)
    if role != "plans" and is_previous(before, after, clause, year=year, period=period):
        return Meaning("previous_period", None, period, "previous")
    return Meaning("achieved", None, period, "stated")


def _is_base(clause: str, after: str) -> bool:
    """Whether a figure is what another is compared with: 较上年2518次减少8.4%."""
    return bool(_BASE.search(clause) and _BASE_MOVES.match(after))


def _is_change(clause: str, unit: str, *, plan: bool) -> bool:
    if unit.endswith(("百分点", "个点")):
        return True
    if _BY.search(clause):
        return True
    if _REACHED.search(clause):
        return False
    if plan and not re.search(_COMPARES, clause):
        return False
    rate = unit in ("%", "‰")
    if rate and (_CHANGE_OF.search(clause) or _POINTS.search(clause)):
        return True
    return bool(_CHANGE.search(clause))


def moves_by(clause: str) -> bool:
    """Whether words before a figure say that something changes by it: 案件数量下降20%以上."""
    return bool(_CHANGE.search(clause)) and not _REACHED.search(clause)


def _is_target(before: str, after: str, clause: str, role: SectionRole) -> str:
    if _OF_NOW.search(clause):
        return ""  # 由今年的2.3万元提高到6万元
    if role == "plans":
        rises = ROSE_FROM.search(clause) and RISES_TO.match(after)
        return "" if rises or _reports_done(before) else "plan_section"
    if _FALLS_SHORT.search(clause):
        return ""
    if _TARGET_AFTER.match(after) and not re.match(
        r"^[^,。;]{0,12}(?<![没未])(?<!没有)(?<!未能)(?:完成|实现)", after
    ):
        return "target_word"
    if _STILL_TO_DO.match(after) or (_SET_BEFORE.search(clause) and _SET_TASK.match(after)):
        return "target_word"
    last = list(_TARGET.finditer(before))
    if not last or _DONE.search(before, last[-1].end()):
        return ""
    between = before[last[-1].end() :]
    if not _LASTING.match(last[-1][0]) and "," in between and not re.search(r"\d", between):
        return ""  # 确保案件质量,评查案卷12卷
    return "target_word" if len(between) <= 40 else ""


def _reports_done(before: str) -> bool:
    return bool(re.search(r"(?:去年|上年|20\d{2}年)[^。;]*(?:已|共|累计|完成)", before))


def _is_norm(before: str, after: str, clause: str, role: SectionRole) -> bool:
    if _SANCTION.match(after) or clause.endswith("的扣"):
        return True  # 出庭率低于80%的扣2分
    if _SHORT_OF_SET.search(clause):
        return True
    if _FALLS_SHORT.search(clause):
        return False  # what was not reached says how far it got
    if _NORM_AFTER.match(after) or (_SET_FOR.search(clause) and _SET_RATE.match(after)):
        return True
    norm = _NORM.search(before)
    if norm is None:
        return False
    return role != "plans" or bool(re.search(_RULE, norm[0]))
