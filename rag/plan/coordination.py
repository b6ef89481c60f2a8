"""Rates whose subjects share one word: 热线和信访办结率, completion for hotlines or petitions."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.indicators import Indicator, IndicatorMention, Register

_JOINED = re.compile(
    r"\s*(?:和|与|及|、|或者?|以及|,)\s*的?|\s*,?\s*(?:and|or|and/or)\s+(?:(?:for|in|of|on)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)


def share_rates(
    text: str, found: tuple[IndicatorMention, ...], register: Register
) -> tuple[IndicatorMention, ...]:
    """The mentions, a count that is joined to a rate as the rate of the same kind.

    In 信访和12345的办结率 both 信访办结率 and 热线办结率 are asked for.
    """
    shared = list(found)
    for number, mention in enumerate(found):
        if mention.indicator.unit == "rate":
            continue
        for other in found[max(0, number - 1) : number + 2]:
            first, second = sorted((mention, other), key=lambda one: one.start)
            joined = _JOINED.fullmatch(text[first.end : second.start])
            if other.indicator.unit == "rate" and joined:
                rate = _alike(mention.indicator, other.indicator, register)
                if rate is not None:
                    shared[number] = replace(mention, indicator=rate)
    return tuple(shared)


def _alike(count: Indicator, rate: Indicator, register: Register) -> Indicator | None:
    """The rate of the count's subject that ends as the other rate does."""
    for one in register.indicators:
        same_kind = one.unit == "rate" and one.name[-3:] == rate.name[-3:]
        if same_kind and one.name[:2] == count.name[:2] and one.name != rate.name:
            return one
    return None
