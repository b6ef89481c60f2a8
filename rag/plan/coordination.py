"""Rates whose subjects share one word: 热线和信访办结率, completion for hotlines or petitions."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.indicators import Indicator, IndicatorMention, Register

_JOINED = re.compile(
    r"\s*(?:和|与|及|、|或者?|以及|,)\s*的?|\s*,?\s*(?:and|or|and/or)\s+(?:(?:for|in|of|on)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_BEFORE = 12  # characters in which "number of" stands before a mention
_COUNTED = re.compile(r"[数量]|多少|几|次|\b(?:number|how many|count)\b", re.IGNORECASE)


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


def settle_ties(text: str, found: tuple[IndicatorMention, ...]) -> tuple[IndicatorMention, ...]:
    """The mentions, a rate of several subjects as that of the subject named beside it.

    In 对热线办理最不满意的(满意率最低) the rate is the hotline's, and its calls are not asked for.
    """
    settled = list(found)
    for mention in found:
        for other in found:
            rates = [t for t in (mention.indicator, *mention.tied) if t.unit == "rate"]
            of_other = [rate for rate in rates if rate.name[:2] == other.indicator.name[:2]]
            said = text[max(0, other.start - _BEFORE) : other.end]
            count = other.indicator.unit != "rate" and not _COUNTED.search(said)
            if len(rates) > 1 and len(of_other) == 1 and count and other in settled:
                settled[settled.index(mention)] = replace(mention, indicator=of_other[0], tied=())
                settled.remove(other)
                break
    return tuple(settled)


def _alike(count: Indicator, rate: Indicator, register: Register) -> Indicator | None:
    """The rate of the count's subject that ends as the other rate does."""
    for one in register.indicators:
        same_kind = one.unit == "rate" and one.name[-3:] == rate.name[-3:]
        if same_kind and one.name[:2] == count.name[:2] and one.name != rate.name:
            return one
    return None
