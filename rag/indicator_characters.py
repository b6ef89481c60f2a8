"""The characters without which an expression of the register cannot be found in a label."""

from __future__ import annotations

import re
from collections import Counter

WIDEST = 40  # characters of a set that still tells anything

_TOKEN = re.compile(  # the least that an expression is made of
    r"(?P<aside>\(\?<?[=!])|(?P<open>\((?:\?:|\?P<\w+>|(?!\?)))|(?P<close>\))|(?P<bar>\|)|"
    r"(?P<repeat>[*+?]\??|\{(?P<least>\d*)(?:,\d*)?\}\??)|"
    r"\[(?P<class>\^?\]?(?:\\.|[^\]\\])*)\]|\\(?P<escaped>.)|(?P<anything>[.^$])|(?P<plain>.)",
    re.DOTALL,
)
_NO_CHARACTER = frozenset("wWdDsSbBAZ0123456789")  # behind a backslash: a kind, a place, a group

Needed = frozenset[str] | None  # None where it may be matched by anything


def needed_characters(expression: str, rarity: Counter[str]) -> frozenset[str]:
    """A set of characters of which each match of the expression holds one; empty where unknown.

    Args:
        rarity: how common each character is; of several such sets the rarest is taken.

    >>> sorted(needed_characters("(?:行政)?处罚|罚款", Counter("处处款罚")))
    ['款', '罚']
    """
    tokens = list(_TOKEN.finditer(expression))
    if any(token["plain"] == "(" for token in tokens):
        return frozenset()  # a kind of group that is not read here: (?i:…)
    needed, _ = _alternatives(tokens, 0, rarity)
    return needed or frozenset()


def _alternatives(tokens: list[re.Match[str]], at: int, rarity: Counter[str]) -> tuple[Needed, int]:
    """What a group needs whose words begin at a token, and the place of its bracket."""
    branches: list[Needed] = []
    sequence: list[Needed] = []
    while at < len(tokens) and not tokens[at]["close"]:
        if tokens[at]["bar"]:
            branches.append(_rarest(sequence, rarity))
            sequence, at = [], at + 1
            continue
        needed, at = _item(tokens, at, rarity)
        if at < len(tokens) and tokens[at]["repeat"]:
            needed = needed if _at_least_once(tokens[at]) else None
            at += 1
        sequence.append(needed)
    branches.append(_rarest(sequence, rarity))
    known = [one for one in branches if one is not None]
    return (frozenset().union(*known) if len(known) == len(branches) else None), at


def _item(tokens: list[re.Match[str]], at: int, rarity: Counter[str]) -> tuple[Needed, int]:
    """What one item needs, and where the next begins."""
    token = tokens[at]
    if token["open"] or token["aside"]:
        needed, closed = _alternatives(tokens, at + 1, rarity)
        return (needed if token["open"] else None), closed + 1
    if token["class"] is not None:
        return _of_class(token["class"]), at + 1
    if token["escaped"]:
        kind = token["escaped"] in _NO_CHARACTER
        return (None if kind else frozenset(token["escaped"])), at + 1
    return (frozenset(token["plain"]) if token["plain"] else None), at + 1


def _of_class(members: str) -> Needed:
    if members.startswith("^") or "\\" in members or "-" in members[1:-1] or len(members) > WIDEST:
        return None
    return frozenset(members)


def _at_least_once(repeat: re.Match[str]) -> bool:
    return repeat[0].startswith("+") or bool(repeat["least"] and int(repeat["least"]))


def _rarest(sequence: list[Needed], rarity: Counter[str]) -> Needed:
    sets = [one for one in sequence if one]
    return min(sets, key=lambda one: (sum(rarity[c] + 1 for c in one), sorted(one)), default=None)
