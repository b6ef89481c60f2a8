"""A figure compared with that of another year: 比上年少, 较2022年下降, fewer than the year before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from rag.denials import only_denials
from rag.models import Language, Operator

_BASE_ZH = r"(?:自己|自身|本身|它们?|其|该镇|本镇)?的?(?:去年(?:同期)?|上一?年度?(?:同期)?|前一?年(?:同期)?|(?P<year>20\d\d)(?!\s*[余多件份人次场元名条个项宗起册家户%\d.])年?度?(?:同期|全年)?)"
_MORE_ZH = (
    r"增多|增加|增长|上升|上涨|提高|提升|升高|扩大|好转|改善|进步|多(?!少|元)|高(?!低|效|质)|好(?!人|不好)|"
    r"升|涨|增(?!强|设)"
)
_LESS_ZH = r"减少|减轻|下降|降低|下滑|回落|缩减|降|(?<!多)少(?!年|数)|低(?!保)|退步|变差|跌|减(?!轻处罚|刑)"
_COMES_OUT_ZH = rf"(?:(?P<more>{_MORE_ZH})|(?P<less>{_LESS_ZH}))"
_ZH = (
    re.compile(
        rf"(?P<base>(?:比起?|较之?|相比于?|[与和跟同对]){_BASE_ZH}(?:的)?(?:相比|相较|比较|比起来|比|来看)?[,:]?)"
        rf"(?:[^,。;?!]{{0,14}}?){_COMES_OUT_ZH}"
    ),
    re.compile(rf"(?P<same>同比|环比)[^,。;?!]{{0,6}}?{_COMES_OUT_ZH}"),
    re.compile(
        rf"(?:(?P<more>高于|多于|大于|超过|好于|优于)|(?P<less>低于|少于|小于|不如|不及|没有?超过))(?P<base>{_BASE_ZH})"
    ),
)
# 花了多少,上年呢: the figure of the year before as well.
_BESIDES: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"[,，;和与](?P<base>去年|上一?年度?|前一?年)(?:同期)?(?:又|的)?(?:是|有)?(?:呢|多少|几)"
    ),
    "en": re.compile(
        r"\b(?:and|versus|vs\.?|compared with)(?: (?:in|what about|how about))? "
        r"(?P<base>(?:the )?(?:year before|previous year|prior year|last year|year earlier))\s*\?*$",
        re.IGNORECASE,
    ),
}
# 信访总量降了的镇, 罚款降幅最大的镇: since the year before, as that is what reports compare with.
_SINCE_ZH = re.compile(
    r"(?:(?P<less>下降|减少|降低|下滑|回落|降)|(?P<more>增加|增长|增多|上升|上涨|提高|提升))(?:了(?=[??。]*$)|了?的"
    r"(?=(?:乡镇|镇街|镇|乡|街道|地方|报告)|(?:都)?(?:有|是)(?:哪|谁|几)|[?。]|$))|"
    r"(?:(?P<less_most>降幅|减幅|下降|减少|降低|降得|少得)|(?P<more_most>增幅|涨幅|升幅|增长|增加|上升|提高|涨得|升得))"
    r"(?:得|幅度)?最(?:大|多|快|明显|厉害)"
)
_WHY_ZH = re.compile(r"为什么|为何|怎么会|原因")
# 升了还是降了: which way is what is asked.
_EITHER = re.compile(r"还是|或(?:者)?|是升是降|[升增]降|高低|多少了?没|\bor\b", re.IGNORECASE)
_NOT = re.compile(r"没|未|不(?!断|少|同)|\bnot\b|n't|\bnever\b", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r"(?:没有?|未能?|不)\s*$|(?:\bnot\b|n't|\bnever\b)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_OTHERWISE: dict[Operator, Operator] = {">": "<=", "<": ">="}
_HOW_MUCH_ZH = re.compile(r"^[了过出]*(?:多少|几[^,。;?!]|多大|[几多]成)")

_BASE_EN = (
    r"(?:(?:in |for |of |that of |(?:in |for )?(?:the |its |their )?(?:same )?(?:(?:town|place|township|subdistrict)(?:'s)? )?(?:own )?"
    r"(?:report|figure|number|rate|count|total|level|value)s? (?:of|for|in|from) |the one (?:of|in) |(?:what )?(?:it|they|the (?:same )?towns?(?: itself)?) "
    r"(?:did|had|was|were|reported|stated|gave) (?:in )?)?(?:the |a |one )?"
    r"(?:year before|year ago|previous year(?:'s)?(?: figure| level)?|prior year|preceding year|year earlier|"
    r"last year(?:'s)?|(?P<year>20\d\d)(?:'s)?(?!\s+(?:\w+s|yuan|rmb|cny|people)\b)))"
)
_EN = (
    re.compile(
        r"\b(?:(?P<more>more|higher|greater|larger|bigger|better)|(?P<less>fewer|less|lower|smaller|worse))\b"
        rf"(?:(?!\bbut\b|\band\b)[^,.;?!]){{0,60}}?(?P<base>\bthan\s+{_BASE_EN}\b)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?P<more>rose|risen|rises?|rising|increas\w+|grew|grown|grow|went up|gone up|go up|climbed|climb|"
        r"improved?|up|more)|(?P<less>fell|fallen|fall|falls|decreas\w+|dropped|drop|declined?|went down|gone down|"
        r"go down|shrank|shrunk|cut|reduced|down|fewer|less))\b"
        r"(?:(?!\bbut\b)[^.;?!]){0,40}?"
        r"(?P<base>\b(?:from|compared (?:with|to)|in comparison (?:with|to)|since|over|on|against|relative to|"
        rf"versus|vs\.?)\s+{_BASE_EN}\b)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?P<more>rose|risen|rise|increas\w+|grew|grow|growth|went up|improved?|up)|"
        r"(?P<less>fell|fallen|fall|decreas\w+|dropped|drop|declined?|went down|cut|reduced|down))\b"
        r"[^.;?!]{0,30}?\b(?P<same>year[- ](?:on|over)[- ]year)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?P<same>year[- ](?:on|over)[- ]year)\s+(?:(?P<more>rise|increase|growth|improvement)|"
        r"(?P<less>fall|decrease|drop|decline|reduction))\b",
        re.IGNORECASE,
    ),
)
_HOW_MUCH_EN = re.compile(
    r"\b(?:how (?:many|much)(?: \w+){0,4}? (?:more|fewer|less|higher|lower|better|worse|greater|did|has|have|was|were)|"
    r"by how (?:many|much))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Earlier:
    """How the figure of a year is compared with that of the year before, or of a named one."""

    op: Operator
    year: int | Literal["before"]
    start: int  # of the question's words for it, half-open
    end: int
    words: tuple[tuple[int, int], ...]  # those of them that name nothing else: 比上年, 少了
    how_much: bool  # asked is the difference, not only whether there is one
    besides: bool = False  # only the figure of that year is asked as well: 花了多少,上年呢


def compared_with_earlier(text: str, language: Language) -> Earlier | None:
    """The comparison with another year that a folded question makes; None where it makes none.

    >>> compared_with_earlier("罚款比上年少了的镇", "zh").op
    '<'
    >>> compared_with_earlier("诉讼比上年是多了还是少了", "zh").how_much
    True
    """
    for pattern in {"zh": _ZH, "en": _EN}[language]:
        match = pattern.search(text)
        if match is None:
            continue
        either = _EITHER.search(text, match.start(), min(len(text), match.end() + 6))
        groups = match.groupdict()
        year: int | Literal["before"] = int(groups["year"]) if groups.get("year") else "before"
        how_much = (
            bool(_HOW_MUCH_ZH.match(text[match.end() :]))
            if language == "zh"
            else bool(_HOW_MUCH_EN.search(text))
        )
        how_much = how_much or bool(either)
        op: Operator = ">" if groups["more"] else "<"
        if _is_denied(text, match):
            op = _OTHERWISE[op]
        spans = [match.span(name) for name in ("base", "same", "more", "less") if groups.get(name)]
        return Earlier(op, year, match.start(), match.end(), tuple(spans), how_much)
    asks_why = _WHY_ZH.search(text)  # 为什么减少了: no comparison is asked for
    since = _SINCE_ZH.search(text) if language == "zh" and not asks_why else None
    if since:
        less = since["less"] or since["less_most"]
        op = "<" if less else ">"
        if _is_denied(text, since):
            op = _OTHERWISE[op]
        return Earlier(op, "before", *since.span(), (since.span(),), how_much=False)
    besides = _BESIDES[language].search(text)
    if besides:
        spans = [besides.span("base")]
        return Earlier(">", "before", *besides.span(), tuple(spans), how_much=False, besides=True)
    return None


def _is_denied(text: str, match: re.Match[str]) -> bool:
    """Whether it is said not to be so: 没有比上年增加, 比上年没有增加."""
    inside = match[0].removeprefix("没")
    return bool(_NOT.search(only_denials(inside)) or _NOT_BEFORE.search(text[: match.start()]))
