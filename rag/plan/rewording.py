"""Spoken ways of saying things, put as reports and other questions put them."""

from __future__ import annotations

import re

_REWORDED: tuple[tuple[re.Pattern[str], str], ...] = (
    # 应诉律, 成功绿: the last character of a rate, typed with another of its sound.
    (re.compile(r"(?<=[功诉结意盖格证时开行复解应庭受])[律绿虑](?=[^师法]|$)"), "率"),
    # 一件行政复议都没有
    (
        re.compile(
            r"连?一[件起宗个次例]([\u4e00-\u9fff]{2,10}?)(?:案件|案)?(?:都|也)(?:没有?|无|未)(?:发生|出现|打|有)?过?"
            r"(?=的|[,??。]|$)"
        ),
        r"没有发生\1",
    ),
    (
        re.compile(
            r"负责人(?:一次|从来|从|根本)?(?:都|也|就)?(?:没有?|未)有?(?:出过庭|出庭(?:应诉)?过?)(?=的|[,??。]|$)"
        ),
        "负责人出庭应诉率是0%",
    ),
    (re.compile(r"(?<=走访|慰问|旁听)[了过](?=[\u4e00-\u9fff])"), ""),
    # 处罚立了多少案、结了多少案
    (re.compile(r"([立结办审])(?:了|过)?(多少|几)(?:[件个起宗]案[件子]?|案)"), r"\1案\2件"),
    # 10件以上(不含10件)
    (
        re.compile(
            r"((?:\d+|[一二两三四五六七八九十百千万]+)[件起宗次个场人名份万元%]*)以上\(不含[^)]{0,8}\)"
        ),
        r"超过\1",
    ),
    (
        re.compile(
            r"((?:\d+|[一二两三四五六七八九十百千万]+)[件起宗次个场人名份万元%]*)以下\(不含[^)]{0,8}\)"
        ),
        r"低于\1",
    ),
    (re.compile(r"(?<=以[上下])\(含[^)]{0,8}\)"), ""),
    (re.compile(r"\([^()]{1,24}(?:都算|也算|均算|算上|算在内|都行|也行|皆可|均可)\)"), ""),
    # 立案的处罚案件全部办结了吧?
    (
        re.compile(
            r"(?:全部|全都|都)(?:已经?|按[时期])?(办结|结案|化解|答复|整改|备案)(?:了|完毕?|到位|完了)?(?=[吧吗么??]|没有|$)"
        ),
        r"\1率达到100%了",
    ),
    (re.compile(r"合格的(?:占|有)(?:多少|几成|比?多大)"), "合格率是多少"),
    # 连90%都没有的
    (
        re.compile(r"连?(\d+(?:\.\d+)?%|[一二三四五六七八九]成)都(?:没有?|不到|没到|达不到)"),
        r"不到\1",
    ),
    # 行政处罚的规模
    (re.compile(r"(?<=行政处罚|行政诉讼|行政复议)(?:案件)?的?(?:规模|体量|总量|多寡)"), "案件数"),
    # 配了执法记录仪没有?
    (re.compile(r"(?<=[\u4e00-\u9fff]{2})(?<![都也全均])没有?(?=[??]*$)"), "吗"),
    (re.compile(r"(?<=率)(是|为|等于)零(?!星)"), r"\g<1>0%"),
    (re.compile(r"(?<=[\d十百千万亿])块(?:钱|人民币)?"), "元"),
    (re.compile("案子"), "案件"),
    (re.compile("街办"), "街道"),
)


def reworded(text: str) -> str:
    """A folded Chinese question in the words that the rules know.

    >>> reworded("哪些镇一件行政复议都没有?"), reworded("罚款一千块钱的")
    ('哪些镇没有发生行政复议?', '罚款一千元的')
    """
    for pattern, usual in _REWORDED:
        text = pattern.sub(usual, text)
    return text
