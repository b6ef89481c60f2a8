"""The indicators that a question names, of the units of its figures where it can be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.blanking import blank_matches
from rag.indicators import IndicatorMention, Register
from rag.models import Language
from rag.plan.asked_amounts import AskedAmount
from rag.plan.conditions import fits
from rag.plan.coordination import settle_ties, share_rates
from rag.plan.events import find_events
from rag.plan.narrowing import is_narrowed

_FOREIGN = re.compile(r"[^\u4e00-\u9fff]")
_ASIDE = re.compile(
    r"\([^()]*[\u4e00-\u9fff][^()]*\)|\b(?:himself|herself|themselves|personally)\b",
    re.IGNORECASE,
)
_VERB = re.compile(r"(?:排查|查|发现|化解|调处|受理|处理|办理|整改)[出了过]?")
_OBJECT = 5  # characters between a verb and what it is done to
_COUNTED = re.compile(r"(?:几|多少)[件起宗次个场]")


def named_indicators(
    masked: str, amounts: Sequence[AskedAmount], language: Language, register: Register
) -> tuple[IndicatorMention, ...]:
    """Every indicator that a question names, in words of its own or by what happened.

    Args:
        masked: the question with its places and years blanked out.
        amounts: its figures.
    """
    found = _of_units(masked, amounts, language, register)
    if language == "en":  # "legally knowledgeable persons" (法律明白人)
        printed = register.find(blank_matches(_FOREIGN, masked), language="zh")
        found += tuple(m for m in printed if not _is_gloss(m, found, masked))
    whole = tuple(mention for mention in found if not is_narrowed(masked, mention, language))
    settled = settle_ties(masked, share_rates(masked, whole, register))
    return _without_echoes(find_events(masked, language, settled, register))


def _is_gloss(printed: IndicatorMention, found: Sequence[IndicatorMention], masked: str) -> bool:
    """Whether Chinese words only repeat an English indicator: hotline completion rate (办结率)."""
    if any(mention.indicator.name == printed.indicator.name for mention in found):
        return True
    return any(
        printed.text in mention.indicator.name
        and masked[mention.end : printed.start].strip(' "“(') == ""
        for mention in found
        if mention.end <= printed.start
    )


def _without_echoes(found: Sequence[IndicatorMention]) -> tuple[IndicatorMention, ...]:
    """The mentions without a lone measure word that repeats one: the 件 of 复议件数比诉讼件数."""
    return tuple(
        mention
        for number, mention in enumerate(found)
        if not _goes_on(mention, found[number + 1 :])
        and (
            len(mention.text) > 1
            or all(other.indicator.name != mention.indicator.name for other in found[:number])
        )
    )


def _goes_on(mention: IndicatorMention, after: Sequence[IndicatorMention]) -> bool:
    """Whether a verb alone belongs to what follows it: 排查出多少处安全隐患 counts no disputes."""
    alone = mention.how == "pattern" and _VERB.fullmatch(mention.text)
    return bool(alone and after and after[0].start - mention.end <= _OBJECT)


def _of_units(
    masked: str, amounts: Sequence[AskedAmount], language: Language, register: Register
) -> tuple[IndicatorMention, ...]:
    """The indicators a question names, of the units of its figures where it can be.

    What stands in brackets, and "himself", does not part the English words around it.

    "Mediation success below 100%" names a rate, and 发了10万份资料 is found without its figure.
    """
    if language == "en":
        masked = blank_matches(_ASIDE, masked)
    found = register.find(masked, language=language)
    if any(_counts_money(mention) for mention in found):
        found = register.find(blank_matches(_COUNTED, masked), language=language)
    if not amounts or any(fits(mention, amount) for mention in found for amount in amounts):
        return found
    named = masked
    for amount in amounts:
        width = amount.end - amount.start
        word = {"zh": "率", "en": "rate"}[language] if amount.unit == "%" else ""
        named = named[: amount.start] + word.ljust(width)[:width] + named[amount.end :]
    others = register.find(named, language=language)
    fitting = any(fits(mention, amount) for mention in others for amount in amounts)
    return others if fitting or not found else found


def _counts_money(mention: IndicatorMention) -> bool:
    """Whether a sum of money was read from words that ask how many cases there were."""
    return mention.indicator.unit == "money" and bool(_COUNTED.search(mention.text))
