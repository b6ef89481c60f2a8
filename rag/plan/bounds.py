"""Spoken ways of bounding a figure, put in the words that comparisons are known by.

过五十件 is 超过五十件, 满100件 不少于100件, 比3场少 不到3场, at or above 30 at least 30.
"""

from __future__ import annotations

import re

_NUMBER = r"(?:\d[\d.,]*[百千万亿]?|[一二两三四五六七八九十百千万]+)"
_COUNTED = r"(?:%|个百分点|人次|场次|户次|[元块件宗次个场人名份户家条项处台期堂](?:钱)?)"
_UNIT = rf"(?:[余多]?[百千万亿]?(?:{_COUNTED}|起)|成)"
_FIGURE = rf"(?:百分之[零一二三四五六七八九十百点]+|{_NUMBER}\s?{_UNIT}|{_NUMBER}(?=的|都|还|以|起|或|[多少高低大小??,。]|$))(?![年月日])"
_MEASURE = r"(?<=[额款率数量度件案单人纷场访工钱动查罚议听传])"  # what a figure is of
_REWORDED: tuple[tuple[re.Pattern[str], str], ...] = (
    # 100件或者100件以上
    (re.compile(rf"({_FIGURE})(?:或者?|及)\1?(?=以[上下])"), r"\1"),
    (re.compile(rf"(?:不止|不只|不单)(?:有|是)?(?={_FIGURE})"), "超过"),
    (re.compile(rf"比({_FIGURE})(?:都|还)?(?:要)?[多高大]"), r"超过\1"),
    (re.compile(rf"比({_FIGURE})(?:都|还)?(?:要)?[少低小]"), r"不到\1"),
    (re.compile(rf"{_MEASURE}(?:\([^()]*\))?过(?={_FIGURE})"), "超过"),
    (re.compile(rf"(?<=[)])过(?={_FIGURE})"), "超过"),
    (re.compile(rf"(?<![不未没圆美充届期])满(?={_FIGURE}(?![年月]))"), "不少于"),
    (re.compile(rf"(?<![不未没能])(?:够|够得上)(?={_FIGURE})"), "不少于"),
    (re.compile(rf"{_MEASURE}上(?={_FIGURE})"), "不少于"),
    (re.compile(rf"({_NUMBER}{_COUNTED}|{_NUMBER}[万亿])起(?=的|[??,。]|$)"), r"\1以上"),
    (
        re.compile(rf"(?:顶多|撑死|充其量|最多(?=\d*{_FIGURE}(?:的|[??,。]|$)))(?={_NUMBER})"),
        "至多",
    ),
    (re.compile(rf"连({_FIGURE})都(?:没有?|不|未|还没)?(?:到|达到|满|上|够)"), r"不到\1"),
    (re.compile(rf"控制在({_FIGURE})以内"), r"不超过\1"),
    (re.compile(rf"(?:恰恰|不多不少|整整|刚刚好|恰|刚巧)(?:是|为|就是)?(?={_FIGURE})"), "正好"),
    (
        re.compile(
            r"\b(?:at or (?:above|over)|from)(?= \d[\d.,]*%?(?: \w+)? (?:up|upwards)\b)", re.I
        ),
        "at least",
    ),
    (
        re.compile(
            r"\b(?:at or (?:above|over)|equal to or (?:above|more than|greater than|over))\b", re.I
        ),
        "at least",
    ),
    (
        re.compile(r"\b(?:at or (?:below|under)|equal to or (?:below|less than|under))\b", re.I),
        "at most",
    ),
)


def bounded(text: str) -> str:
    """A folded question whose bounds are in the usual words.

    >>> bounded("罚款过5万元的"), bounded("热线工单满2000件")
    ('罚款超过5万元的', '热线工单不少于2000件')
    """
    for pattern, usual in _REWORDED:
        text = pattern.sub(usual, text)
    return text
