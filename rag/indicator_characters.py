"""The characters without which an expression of the register cannot be found in a label."""

from __future__ import annotations

import re._constants as constants  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

WIDEST = 40  # characters of a set that still tells anything


def needed_characters(expression: str, rarity: Counter[str]) -> frozenset[str]:
    """A set of characters of which each match of the expression holds one; empty where unknown.

    Args:
        rarity: how common each character is; of several such sets the rarest is taken.

    >>> sorted(needed_characters("(?:行政)?处罚|罚款", Counter("处处款罚")))
    ['款', '罚']
    """
    return _of_sequence(parser.parse(expression), rarity) or frozenset()


def _of_sequence(items: Iterable[Any], rarity: Counter[str]) -> frozenset[str] | None:
    found = [_of_item(kind, value, rarity) for kind, value in items]
    sets = [one for one in found if one]
    return min(sets, key=lambda one: (sum(rarity[c] + 1 for c in one), sorted(one)), default=None)


def _of_item(kind: Any, value: Any, rarity: Counter[str]) -> frozenset[str] | None:
    """What one item of a parsed expression needs; None where it may be matched by anything."""
    if kind is constants.LITERAL:
        return frozenset(chr(value))
    if kind is constants.IN:
        return _of_class(value)
    if kind is constants.SUBPATTERN:
        return _of_sequence(value[3], rarity)
    if kind is constants.BRANCH:
        branches = [_of_sequence(branch, rarity) for branch in value[1]]
        return None if None in branches else frozenset().union(*(one or () for one in branches))
    if kind in (constants.MAX_REPEAT, constants.MIN_REPEAT) and value[0] > 0:
        return _of_sequence(value[2], rarity)
    return None


def _of_class(members: Sequence[tuple[Any, Any]]) -> frozenset[str] | None:
    if all(kind is constants.LITERAL for kind, _ in members) and len(members) <= WIDEST:
        return frozenset(chr(code) for _, code in members)
    return None
