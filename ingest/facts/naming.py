"""Tell which canonical indicator a label means, by its words and by what it refers back to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.facts.behind import RATE_UNITS
from ingest.facts.forms import Wording, forms_of
from rag.indicators import Indicator, Register

_VERB = re.compile(
    r"(?:[\u4e00-\u9fff]{0,8}?[,年度]|[\u4e00-\u9fff]{2,20}(?:全年|共|累计))?(?:累计|共|先后|分别|依法|完成|开展|进行|实施)*"
    r"(?P<verb>合法性审[核查]|审核|审查|审(?=[\u4e00-\u9fff])|受理|排查|化解|调解|清理|废止|修改|接待|走访|检查|培训|购置|采购|购买|更新|查处|"
    r"培养|培育|旁听|公示|公开|回复|答复|发放|张贴|悬挂|出动|投入)"
)
_PENDING = "在办数"
_DEEDS = re.compile(  # 警示教育、执法培训等活动6场: several deeds, counted together
    r"(?P<deeds>.+[、和及与”].*?)等(?:一?系列|各类|各项|多种|多项|主题|专项|形式)*(?:活动|工作|事项|业务|服务|任务)"
)
_BETWEEN = re.compile(r"、|和(?!解|谐)|及(?!时)|与(?!会)|(?<=”)(?=“)")
_BY_HEAD = re.compile(
    r"[^、,]{0,6}(?:人均|户均|每[万千]?人)"
)  # 人均执法量18.5次: not how many there were
_SHARED = re.compile(r"等|审[查核]|备案|案件|公开|复议|诉讼|资料|建议|提案")
_TAKES_IN_ALL = "法治宣传场次"  # lectures, advice and films are publicity too
_PUBLISHED = re.compile(r"公开|信息")  # whose parts are kinds of news: 公开信息48条,其中建议提案1条
_DISCLOSED = "主动公开条数"
_AUDIENCE = "宣传受众人次"
_BENEFITS = re.compile(r"(?:共|累计|直接)*(?:惠及|受益|受惠|覆盖|服务|帮助)")
_PUBLICITY = re.compile(r"宣传|宣讲|普法|讲座|讲课|活动|演出|课堂|法治课|资料")
_HELP = re.compile(
    r"工资|欠薪|薪酬|救助|援助|赔偿|补偿|补贴|帮扶|慰问|追[讨回缴]|讨回|挽回|兑现|低保|养老|就业|供水|饮水|道路|路灯|医保"
)


def name_of(register: Register, wording: Wording) -> Indicator | None:
    """The indicator that a printed label means, or None for an open label."""
    if _of_unlike_deeds(register, wording) or _BY_HEAD.match(wording.label):
        return None
    news_only = wording.unit == "条" and bool(_PUBLISHED.search(wording.within))
    for form, last in forms_of(wording):
        if not register.may_mean(form, unit=wording.unit):
            continue
        for context in wording.contexts[:last] if last else ("",):
            found = register.recognise(form, subject=context, unit=wording.unit)
            if found and wording.kinds:
                found = _of_all(register, form, context, wording) or found
            if (
                found is None
                or _helps(wording, found.name)
                or (wording.rest and not found.name.endswith(_PENDING))
            ):
                continue
            if not news_only or found.name == _DISCLOSED:
                return found
    return None


def _of_all(register: Register, form: str, context: str, wording: Wording) -> Indicator | None:
    """What a rate over several kinds means that were just listed; None where they are alike.

    规范性文件1件、合同138件,审核率100%: reviews of all of them.
    """
    kinds = {register.recognise(form, subject=kind, unit=wording.unit) for kind in wording.kinds}
    if len(kinds - {None, register.recognise(form, unit=wording.unit)}) < 2:
        return None
    for kind in wording.kinds:
        context = context.replace(kind, "")
    families = {kind.family for kind in kinds if kind and kind.family}
    family = families.pop() if len(families) == 1 else ""
    found = register.recognise(form, subject=context, unit=wording.unit)
    return found or (register.get(family) if family in register else None)


def _helps(wording: Wording, name: str) -> bool:
    """Whether people were helped and not spoken to: 追讨工资126万元,惠及89人."""
    if name != _AUDIENCE or not _BENEFITS.match(wording.label):
        return False
    spoken = max((m.end() for m in _PUBLICITY.finditer(wording.contexts[0])), default=-1)
    return any(m.end() > spoken for m in _HELP.finditer(wording.contexts[0]))


def _of_unlike_deeds(register: Register, wording: Wording) -> bool:
    """Whether a label lists several deeds of which only some are counted by one indicator."""
    if wording.unit in RATE_UNITS or "、" not in wording.label:
        return False
    listed = _DEEDS.fullmatch(wording.label)
    deeds = _BETWEEN.split(listed["deeds"] if listed else wording.label)
    found = [register.recognise(deed, unit=wording.unit) for deed in deeds]
    names = {one.name if one else None for one in found}
    if listed is None and (None in names or _SHARED.search(wording.label)):
        return False  # what goes before a 、 may be no deed of its own: 决策、合同审查
    return len(names) > 1 and _TAKES_IN_ALL not in names


def name_of_sum(register: Register, parts: Iterable[str | None]) -> Indicator | None:
    """The indicator of a sum: that of all its parts, or one of theirs that the others may stand
    for, as reviews of contracts do for reviews of all kinds; None for an open label."""
    every = set(parts)
    names = {name for name in every if name}
    if len(every) == 1 and names:
        return register.get(names.pop())
    covering = (one for one in sorted(names) if names & {*register.get(one).stages})
    name = next(covering, None)
    return register.get(name) if name else None


def verb_of(label: str) -> str:
    """The verb that a label begins with, of which the figures after it may be objects too."""
    match = _VERB.match(label)
    return match["verb"] if match else ""
