"""What a section is about: done, duties, shortcomings, plans; from its heading, else its text.

All patterns read folded text with swapped words undone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.models import SectionRole

DUTIES = re.compile(
    r"第一责任人|(?:主要负责人|党政(?:班子|领导|主要领导|负责人)|领导班子|主要领导|负责同志)[^,]{0,16}(?:履行|履职|职责|述法)|"
    r"履行[^,]{0,16}法治[^,]{0,10}职责|履职尽责情况|述法"
)
WEAKNESS = r"(?:问题|不足|困难|短板|薄弱环节|差距|缺点|缺陷|弱项)"
SHORTCOMINGS = re.compile(
    rf"(?:存在|面临|遇到)[^,]{{0,10}}{WEAKNESS}|存在哪些|{WEAKNESS}(?:和|与|及|、)[^,]{{0,4}}(?:原因|{WEAKNESS})|"
    rf"^(?:主要|突出|工作中?的?)?(?:的)?{WEAKNESS}(?:[和与及、]|{WEAKNESS}|之处|分析|$)|(?:不足|差距)之处|(?:原因|问题)(?:剖析|分析)|短板弱项$|"
    rf"(?:发现|查找|查摆|梳理|自查|反馈|暴露|反映)(?:出|到)?的?[^,]{{0,4}}{WEAKNESS}(?:[和与及、]|$)|"
    rf"^(?:当前|目前|仍|还|尚)[^,]{{0,10}}{WEAKNESS}|^[^,]{{0,8}}的{WEAKNESS}$|"
    r"(?:做得|工作)不(?:够|好|到位)|(?:差|不够)的地方|没有?做(?:好|到位)"
)
PLANS = re.compile(
    r"下一步|下步|下一阶段|下阶段|今后|明年|来年|下年度|工作(?:思路|打算|计划|设想|谋划|安排|方案|规划)|"
    r"(?:思路|打算|安排|计划|努力方向|工作重点|工作要点|目标举措|目标任务)(?:[和与及]|$)|"
    r"(?:改进|整改|解决)(?:的)?(?:措施|对策|方向|办法|举措)|(?:对策|意见)建议|对策及|努力方向"
)
ACHIEVEMENTS = re.compile(
    r"举措|(?:主要|具体|重点)(?:工作)?措施|成效|做法|成绩|亮点|特色|经验|(?:工作|任务|建设|推进|落实|开展|完成|进展|执行|基本|总体|主要|有关|贯彻)[^,]{0,6}情况|"
    r"情况$|工作回顾|(?:主要|重点)工作|工作总结"
)
# Wording that names a weakness only to mend it: 补短板 is an achievement or a plan.
MENDED = re.compile(
    rf"(?:补齐?|补强|弥补|解决|化解|整改|排查|聚焦|攻克|克服|针对|破解|治理|处置|处理)[^,]{{0,10}}{WEAKNESS}|{WEAKNESS}(?:整改|治理|排查|化解|导向)|"
    r"(?:突出|重点|信访|历史遗留)问题"
)

PLAN_TEXT = re.compile(
    r"^(?:下一步|下步|今后|明年|接下来|下一阶段|下年度)|^(?:针对|对照)(?:以上|上述|存在|这些)|"
    r"^20\d\d年(?:度)?,?(?:我|本)?[^,。]{0,14}?(?:(?<!现)将|(?<![重主需必首纲概提])要(?![求点位素闻义])|计划)|^[^,。]{0,14}(?:将|拟)(?:继续|进一步|着力|围绕|认真|坚持)"
)
SHORTCOMING_TEXT = re.compile(
    rf"(?:存在|仍有|还有|尚有|有)(?:着)?[^,。]{{0,14}}(?:{WEAKNESS})|与[^,。]{{2,16}}(?:还|仍|尚)[^,。]{{0,6}}差距|(?:不足|差距|问题)(?:主要)?(?:表现在|有以下|如下)"
)
_LABEL = re.compile(r"([^。,;:]{2,12}):(?=.)")
DUTY_TEXT = re.compile(r"^[^,。]{0,20}(?:主要负责人|主要领导)[^。]{0,40}第一责任人")

CUES: tuple[tuple[SectionRole, re.Pattern[str]], ...] = (
    ("shortcomings", SHORTCOMINGS),
    ("plans", PLANS),
    ("duties", DUTIES),
    ("achievements", ACHIEVEMENTS),
)


def heading_roles(heading: str, report_year: int | None = None) -> list[SectionRole]:
    """The roles a heading names, in the order they stand in it; often one, two if combined.

    >>> heading_roles("存在问题及下一步打算")
    ['shortcomings', 'plans']
    >>> heading_roles("补短板,强弱项,提升执法水平")
    []
    """
    bare = MENDED.sub(lambda match: "＿" * len(match[0]), heading)
    found = [(match.start(), role) for role, pattern in CUES if (match := pattern.search(bare))]
    roles = [role for _, role in sorted(found, key=lambda cue: cue[0])]
    if "shortcomings" in roles or "plans" in roles or "duties" in roles:
        # 问题整改情况 and 职责情况 end in a word for things done; the rarer word decides.
        roles = [role for role in roles if role != "achievements" or named_apart(bare)]
    later = report_year and any(
        int(year) > report_year for year in re.findall(r"(?<!\d)(20\d\d)年", bare)
    )
    return ["plans"] if later and "shortcomings" not in roles else roles


APART = re.compile(r"其他|其它|附[件表:]|有关说明|名词解释")


def top_role(heading: str, before: SectionRole) -> list[SectionRole]:
    """The role of an outermost section whose heading names only a subject: 加强组织领导.

    Reports tell subject by subject what was done, until a heading says otherwise.
    """
    told = before in ("other", "achievements", "duties") and not APART.search(heading)
    return ["achievements"] if told else []


def named_apart(heading: str) -> bool:
    """Whether things done are named beside another part: 主要成效和存在问题."""
    return bool(re.search(r"(?:举措|成效|做法|成绩|开展情况)[^,]{0,4}[、和与及,]", heading))


def section_role(
    heading: str, parent: Sequence[SectionRole], report_year: int | None = None
) -> list[SectionRole]:
    """The roles of a section: its own where its heading names one, else its parent's.

    Inside shortcomings and plans a sub-heading names what is weak or wanted, so only
    a change between those two counts; elsewhere any but 'achievements' overrides.
    """
    own = heading_roles(heading, report_year)
    if not parent or list(parent) == ["other"]:
        return own or list(parent)
    if {"shortcomings", "plans"} & set(parent):
        changed: list[SectionRole] = [role for role in own if role in ("shortcomings", "plans")]
        strong = changed and len(heading) <= 16
        return changed if strong or (len(parent) > 1 and changed) else list(parent)
    overriding: list[SectionRole] = [role for role in own if role != "achievements"]
    return overriding if overriding and len(heading) <= 40 else list(parent)


def paragraph_role(text: str, section: Sequence[SectionRole], before: SectionRole) -> SectionRole:
    """The role of one paragraph.

    `section`: the roles of its section, several where the heading combines them, none
    where no heading says; `before`: the role of the paragraph before it in the section.
    """
    cued = text_role(text)
    if len(section) == 1 and section[0] != "other":
        return section[0]
    if len(section) > 1:
        later = section[section.index(before) :] if before in section else section
        return cued if cued in later else later[0]
    return cued if cued != "other" else before


def label_role(text: str, report_year: int | None) -> SectionRole | None:
    """The role that a paragraph's own label names; None without one.

    >>> label_role("问题:信访存量较大。", 2023), label_role("2024年:组织旁听庭审。", 2023)
    ('shortcomings', 'plans')
    >>> label_role("法治宣传:开展宣传44场。", 2023) is None
    True
    """
    label = _LABEL.match(text)
    named = heading_roles(label[1], report_year) if label else []
    apart: list[SectionRole] = [role for role in named if role in ("shortcomings", "plans")]
    return apart[0] if len(named) == len(apart) == 1 else None


def text_role(text: str) -> SectionRole:
    """The role a paragraph's own first words give away, else 'other'."""
    head = text[:90]
    if PLAN_TEXT.search(head):
        return "plans"
    if SHORTCOMING_TEXT.search(head) and not MENDED.search(head):
        return "shortcomings"
    if DUTY_TEXT.search(head):
        return "duties"
    return "other"
