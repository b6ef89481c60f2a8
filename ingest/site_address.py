"""Which place the address of a web site belongs to: www.shizhu.gov.cn, cqszx.gov.cn.

Governments name their sites in pinyin, in full or by its first letters, with the city or
province before it or without. No list of sites is needed: a place is only ever asked for
among the few of one town's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from rag.models import Place
from rag.place_names import bare_name, syllables

HOST = re.compile(
    r"(?<![\w.@-])((?:[a-z0-9-]+\.)+(?:gov|com|org|net|edu)?\.?cn)(?![a-z0-9.-])", re.I
)
# Parts of addresses that name no place.
COMMON = frozenset(
    "www gov com org net cn m wap new old xxgk zwgk zfxxgk zwgk2 xxgkml admin zw zfxx app mobile".split()
)


def hosts_in(text: str) -> tuple[str, ...]:
    """The names of servers under .cn in folded text, in small letters, each once.

    >>> hosts_in("网址:http://www.shizhu.gov.cn/zwgk/1.html")
    ('www.shizhu.gov.cn',)
    """
    return tuple(dict.fromkeys(match[1].lower() for match in HOST.finditer(text)))


def is_site_of(host: str, name: str, upper: str | None) -> bool:
    """Whether a part of the server's name is the place's, after its upper place's or alone.

    >>> is_site_of("www.cqszx.gov.cn", "石柱土家族自治县", "重庆市")
    True
    """
    parts = {part for part in host.split(".") if part not in COMMON and len(part) > 1}
    parts |= {part.removeprefix("zg") for part in parts if len(part) > 4}  # 中国
    parts |= {part.removesuffix("zf") for part in parts if len(part) > 4}  # 政府
    return not parts.isdisjoint(addresses(name, upper))


@cache
def addresses(name: str, upper: str | None) -> frozenset[str]:
    """The ways in which the place's name may be written in an address."""
    own = set(written(name))
    before = set(written(upper)) if upper and upper != name else set()
    return frozenset(own | {first + second for first, second in product(before, own)})


def written(name: str) -> Iterator[str]:
    """Pinyin and first letters of a name, with and without its level."""
    short = bare_name(name)
    for one in (syllables(short), syllables(short + name[-1]), syllables(name)):
        yield "".join(one)
        yield "".join(syllable[0] for syllable in one)


def score_of_site(place: Place, hosts: tuple[str, ...]) -> float:
    """How strongly the servers' names speak for a place; 0 not at all."""
    total = 0.0
    for host in hosts:
        if place.county and is_site_of(host, place.county, place.city or place.province):
            total += 4
        elif place.city and is_site_of(host, place.city, place.province):
            total += 2
    return total
