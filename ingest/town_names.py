"""Which town a text comes from: by issuers, title, file name, web site, then the text.

All texts are folded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from ingest.site_address import hosts_in
from rag.register import Register, register

TOWN_ENDING = r"(?:镇|乡|街道|苏木|开发区|园区|管理区|新区|农场|林场)"
ORGAN = re.compile(
    r"(?:人民政府|政府|办事处|党委|党工委|工作委员会|委员会|管理委员会|管委会|管理处|党政办公室|党政办)+$"
)
GENERIC = re.compile(
    r"^(?:乡|我|本|全|各|该|村|城|集|建制|中心|两|一个|个|在|辖)(?:镇|乡|街道)$|乡镇$|镇乡$"
)
ELSEWHERE = re.compile(
    r"(?:赴|前往|奔赴|来自|借鉴|对标)[^,。;]{2,24}|(?<![达做])到[^,。;]{2,20}?(?:考察|学习|取经|参观)"
)
# 2025年,银杏大街街道在文峰区委的领导下
OPENING = re.compile(
    r"(?:20\d\d年(?:度|以来)?,?|现[将就对])([\u4e00-\u9fff]{2,8}?(?:镇|乡|街道|苏木))"
    r"(?=在|坚持|认真|深入|以|紧|党|立足|全面|始终|围绕|按照|高度|积极|严格|切实|20\d\d)"
)
OPENING_LENGTH = 600  # characters
# Who a web site says has written or sent a text.
PUBLISHED = re.compile(
    r"(?:(?:信息|稿件|文章)?来\s*源|(?:发布|发文|公开|生成)(?:机构|机关|单位))\s*:\s*([\u4e00-\u9fff]{3,24})"
)
# What development zones are called; which one it is says the place before it.
ZONE = re.compile(
    r"(?:国家级|省级)?(?:高新|经济)?(?:技术)?(?:产业)?(?:开发区|工业园区|产业园区|园区|管理区|新区)$"
)
PRINTED = re.compile(rf"[\u4e00-\u9fff]{{1,8}}?{TOWN_ENDING}")


@dataclass(frozen=True)
class Evidence:
    """The texts that say where a document comes from, the surest first."""

    issuers: Sequence[str]
    title: str
    name: str  # of the file, without its ending
    text: str
    site: str = ""  # what the web site it was saved from prints about it

    @cached_property
    def whole(self) -> str:
        """All of the texts, without the places that a delegation went to or learned from."""
        return "\n".join((*self.issuers, self.title, self.name, self.at_home, self.site))

    @cached_property
    def at_home(self) -> str:
        return ELSEWHERE.sub("", self.text)

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        return hosts_in(f"{self.site}\n{self.name}")


def town_of(evidence: Evidence) -> str | None:
    """The name of the town: from issuers, title, file name, then the most frequent one."""
    known = register()
    publishers = PUBLISHED.findall(evidence.site)
    for printed in (*evidence.issuers, evidence.title, evidence.name, *publishers):
        found = town_in(printed, known, evidence.text)
        if found:
            return found
    counted = Counter(
        evidence.text[start:end]
        for start, end in known.towns_in(evidence.text)
        if not GENERIC.search(evidence.text[start:end]) and end - start > 2
    )
    ranked = counted.most_common(2)
    if ranked and ranked[0][1] >= 2 and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        return ranked[0][0]
    return town_of_opening(evidence.text)


def town_of_opening(text: str) -> str | None:
    """The town a text says at its start that it tells of, though the register has none such."""
    found = OPENING.search(text[:OPENING_LENGTH])
    return found[1] if found and not GENERIC.search(found[1]) else None


def town_in(printed: str, known: Register, text: str = "") -> str | None:
    """The town an issuer, title or file name begins with, upper levels left off.

    Args:
        text: of the report, which tells a town of its own from one whose name ends as another's.

    >>> town_in("中共重庆市万州区李河镇委员会", register())
    '李河镇'
    """
    head = re.split(r"关于|20\d\d|二[〇○零]", printed.removeprefix("中共").replace(" ", ""))[0]
    head = ORGAN.sub("", head)
    while upper := upper_end(head, known):
        if upper >= len(head):
            return None
        head = head[upper:]
    spans = [
        (start, end)
        for start, end in known.towns_in(head)
        if end - start > 2 and not GENERIC.search(head[start:end])
    ]
    if spans:
        start, end = spans[-1]
        # 滨海经济技术开发区 is not any 经济技术开发区.
        named = ZONE.fullmatch(head[start:end]) and 2 <= start <= 6
        return head[:end] if named or _is_longer(head[:end], start, text) else head[start:end]
    found = PRINTED.match(head)
    if found and 3 <= len(found[0]) <= 10 and not GENERIC.search(found[0]):
        unregistered = re.match(rf"^.{{2,8}}?[县区市旗](?=.{{2,}}{TOWN_ENDING}$)", found[0])
        return found[0][unregistered.end() :] if unregistered else found[0]
    return None


def _is_longer(name: str, start: int, text: str) -> bool:
    """Whether a town that no register has only ends as a known one: 青石桥镇 is no 石桥镇."""
    above = start > 1 and name[:start] in bare_uppers()  # 石柱马武镇
    if above or not 0 < start <= 3 or not PRINTED.fullmatch(name):
        return False
    longer = text.count(name)
    return longer >= 2 and longer > text.count(name[start:]) - longer


def upper_end(text: str, known: Register) -> int:
    """Where the province, city or county at the start of `text` ends, 0 where none is."""
    levels = (known.provinces_in, known.cities_in, known.counties_in)
    return max((end for level in levels for start, end in level(text) if start == 0), default=0)


def zone_in(zone: str, evidence: Evidence) -> str:
    """The full name of a zone that title or issuer only call 经济开发区: 宁河经济开发区.

    Given as it is where the text has no such name, or several.
    """
    found = {
        evidence.text[match.start() - length : match.start()] + zone
        for match in re.finditer(re.escape(zone), evidence.text)
        for length in (2, 3, 4)
        if evidence.text[max(0, match.start() - length) : match.start()] in bare_uppers()
    }
    return found.pop() if len(found) == 1 else zone


@cache
def bare_uppers() -> frozenset[str]:
    """The names of counties and cities without their levels."""
    known = register()
    return frozenset(bare(name) for names in (known.counties, known.cities) for name in names)


def bare(name: str) -> str:
    """A name without the word for its level: 石柱土家族自治县 is 石柱, 马武镇 is 马武."""
    name = re.sub(r"(?:自治[县州区旗]|[省市县区旗盟州镇乡]|街道|苏木|地区)$", "", name)
    # A people of the name is at least two characters, so is what it leaves.
    return re.sub(r"(?<=..)(?:(?:[\u4e00-\u9fff]{1,5}?族)+)$", "", name)
