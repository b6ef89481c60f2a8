"""The printed forms of amounts, and of what looks like one and is none."""

from __future__ import annotations

import re

MONEY = ("亿元", "万元", "元")
_UNITS = (
    "个百分点 人次 场次 件次 辆次 户次 批次 家次 课时 学时 小时 平方米 公里 "
    "人 名 位 场 次 件 起 宗 例 桩 份 册 本 张 条 项 个 家 户 亩 处 所 座 间 台 套 辆 部 支 "
    "期 篇 批 节 堂 面 幅 块 封 通 吨 组 枚 盒 袋 单 卷"
).split()
_UNIT = "|".join(sorted((*MONEY, *_UNITS), key=len, reverse=True))
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_CHINESE = (
    r"(?:[一二两三四五六七八九十百千廿卅〇零壹贰叁肆伍陆柒捌玖拾佰仟]"
    r"[一二两三四五六七八九十百千万亿〇零壹贰叁肆伍陆柒捌玖拾佰仟]*|万(?=[余多]))"
)
LESS = "未达到|未达|未满|没有达到|没达到|不到|不足|不满|低于|少于|不超过|不高于|不多于|至多"
STRICTLY_MORE = "超过|超出|突破|超|逾|大于|高于|多于"
_MORE = rf"不少于|不低于|至少|{STRICTLY_MORE}|(?<!以)上(?=[百千万])"
ABOUT = "大约|大概|大致|将近|接近|约为|约|近"
_BEFORE = rf"(?P<before>{LESS}|{_MORE}|{ABOUT})?\s*(?:了|达到|达)?\s*"
_AFTER = r"(?P<after>以上|左右|上下|以内|以下|及以上|之多|多|余)?"

PERCENT = re.compile(
    rf"{_BEFORE}(?P<figure>(?P<number>{_ARABIC})\s*(?:%?\s*(?:-|—|–|~|至|到)\s*"
    rf"(?P<number2>{_ARABIC})\s*)?(?P<inner>余|多)?\s*"
    rf"(?P<unit>%|‰|percent\b|per cent\b)\s*{_AFTER})"
)
CHINESE_PERCENT = re.compile(
    rf"{_BEFORE}(?P<figure>(?:百分之(?P<number>{_CHINESE}(?:点[一二三四五六七八九零〇]+)?)"
    r"|(?P<hundred>百分百|双百(?=[,。;、)]|$))|(?P<half>(?<=[率例比])过半)"
    r"|(?P<tenths>[一二两三四五六七八九])成(?P<fifth>[一二三四五六七八九])?"
    rf"(?![立为功果效员就长熟本绩型都人品]))\s*{_AFTER})"
)
COUNT = re.compile(
    rf"{_BEFORE}(?P<figure>(?P<number>{_ARABIC})\s*(?P<inner>余|多|来)?\s*"
    r"(?P<scale>万亿|[万亿千百])?\s*"
    rf"(?:(?:-|—|–|~|至|到)\s*(?P<number2>{_ARABIC})\s*)?(?P<scale2>万|亿)?\s*"
    rf"(?P<inner2>余|多)?\s*(?P<unit>{_UNIT})\s*{_AFTER})"
)
CHINESE_COUNT = re.compile(
    rf"{_BEFORE}(?P<figure>(?P<number>{_CHINESE})(?:(?:至|到|-|—)(?P<number2>{_CHINESE}))?"
    rf"(?P<inner>余|多|来)?(?P<scale>[万亿])?(?P<unit>{_UNIT}){_AFTER})"
)
# What looks like a figure and is none: dates, clock times, ordinals, article and document numbers.
NOT_AFTER = re.compile(r"\s*(?:年(?!度?[^,。;]{0,2}[率])|月|日|号|时(?!间)|:\d)")
NOT_BEFORE = re.compile(r"(?:第|[+\d.〔\[×/№#-]|\d[百千万])\s*$|[A-Za-z]$|前$")
VAGUE = re.compile(r"[第每同某另任逐十几\d]$|(?<![次件人户份条场总])数$")  # 第三次, 数十次
DENIED = re.compile(r"(?:没有|无|未有|未发生过?|未出现过?|未产生)$")  # 没有一件
WEB_COUNTER = re.compile(r"(?:浏览|访问|阅读|点击)(?:次数|量|数|人次)?:\s*[\d,.]+\s*万?(?:人?次)?")
BRACKETED = re.compile(r"《[^《》]{0,80}》|〔[^〔〕]{0,12}〕|\[\d{4}\]")
SLOGAN = re.compile(r"“[^“”]{0,16}”|\"[^\"]{1,16}\"|‘[^‘’]{0,16}’")
# Small Chinese numerals before these words count methods and slogans, not things done.
EVENT_UNITS = frozenset(
    "场次 场 次 件 起 宗 例 人次 人 名 份 册 期 家 户 亩 元 万元 亿元 条 项 个 处 台 套 辆".split()
)
DEEDS = frozenset("场次 场 次 件 起 宗 例 人次 份 册 期 户 亩 元".split())
METHOD = re.compile(
    r"(?:项|个|种|位|条|件|张|次|大)?(?:制度|意识|自信|维护|机制|体系|平台|一体|全面|重点|"
    r"抓手|清单|网|办|规定|法宝|注重|坚持|确保|服务|维度|层面|方面|环节|统一|结合|到位|事|"
    r"性|站|门|窗|满意|必须|不放过)"
)
COUNTING = re.compile(
    r"(?:共|共计|合计|累计|总计|达|各|其中|建成|建立|新建|建有|设立|设有|成立|打造|解决|整改|"
    r"办理|化解|制定|出台|开展|组织|召开|举办|发生|受理|调解|调处|处理|查处|发放|培养|聘请|修订|审查|参加|"
    r"出庭|应诉|分别|配备|选派|抽调|派出|新增|增加|评选|拆除|取缔|清理|立案|结案|办结|败诉|招录|"
    r"招聘|选聘|续聘|有|了|过|出)"
    r"[^,。;:]{0,14}$"
)
