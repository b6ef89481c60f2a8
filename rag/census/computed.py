"""Rates that no report states and its counts imply (counting rule 4)."""

from __future__ import annotations

from collections.abc import Sequence

from rag.amounts import plain_number
from rag.indicators import Indicator
from rag.judgements import Judgement
from rag.models import Fact


def implied(indicator: Indicator, facts: Sequence[Fact]) -> Judgement | None:
    """The rate that a report's counts come to by the indicator's definition, if they do."""
    if not indicator.implied_by:
        return None
    part, whole = indicator.implied_by
    numerators = [fact for fact in facts if is_count(fact, part)]
    for numerator in numerators:
        denominator = _denominator(whole, indicator.needs_case, numerator, facts)
        if denominator is not None:
            return _rate(numerator, denominator)
    return None


def _denominator(
    whole: str, cases: str | None, numerator: Fact, facts: Sequence[Fact]
) -> Fact | None:
    """The count that a numerator is a share of; of cases, only one of its own sentence."""
    counts = [fact for fact in facts if is_count(fact, whole)]
    counts += [
        fact for fact in facts if is_count(fact, cases) and fact.sentence == numerator.sentence
    ]
    for fact in counts:
        own = numerator.whole in (None, fact.value_start) and fact.whole is None
        if own and fact.value and (numerator.value or 0) <= fact.value:
            return fact
    return None


def _rate(numerator: Fact, denominator: Fact) -> Judgement:
    part, whole = numerator.value or 0, denominator.value or 1
    rate = plain_number(round(part / whole * 100, 1))
    sign = "=" if part * 100 / whole == rate else "≈"
    derivation = f"{part} ÷ {whole} {sign} {rate}%"
    return Judgement("implied", others=(numerator, denominator), value=rate, derivation=derivation)


def is_count(fact: Fact, name: str | None) -> bool:
    """Whether a figure is an exact count of that name, of the report's own place and year."""
    own = fact.kind == "achieved" and fact.actor is None
    return fact.indicator == name and own and fact.qualifier == "exact" and fact.value is not None
