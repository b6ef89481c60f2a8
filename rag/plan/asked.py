"""Which of the indicators a question names it asks values of, and which are only its subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.indicators import Indicator, IndicatorMention, Register
from rag.plan.conditions import AskedAmount
from rag.plan.cues import Cues


def asked_values(
    text: str,
    mentions: Sequence[IndicatorMention],
    amounts: Sequence[AskedAmount],
    cues: Cues,
    register: Register,
    *,
    no_case: bool,
) -> tuple[IndicatorMention, ...]:
    """The mentions that ask for a figure, each of the indicator whose unit the question uses.

    哪些镇聘请了法律顾问 names 法律顾问数 and asks for no number: its subject is a topic. A
    count compared with a percentage means the rate that it is the numerator of.
    """
    numeric = any(cues.kinds[kind].search(text) for kind in ("rank", "aggregate", "trend"))
    numeric = numeric or bool(cues.ask_value.search(text)) or no_case
    percent = any(amount.unit == "%" for amount in amounts)
    counted = any(amount.unit != "%" for amount in amounts)
    asked = []
    for named in mentions:
        as_rate = percent and not counted and named.indicator.unit != "rate"
        mention = _as_rate(named, register) if as_rate else named
        rate = mention.indicator.unit == "rate"
        if rate or numeric or (counted and amounts) or cues.measure.search(mention.text):
            asked.append(mention)
    return tuple(asked)


def _as_rate(mention: IndicatorMention, register: Register) -> IndicatorMention:
    name = mention.indicator.name
    rates: list[Indicator] = [tied for tied in mention.tied if tied.unit == "rate"]
    rates += [other for other in register.indicators if other.implied_by[:1] == (name,)]
    return replace(mention, indicator=rates[0]) if rates else mention
