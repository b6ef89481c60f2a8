"""Read the conditions of a question: an indicator, a comparison, a value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.amounts import MONEY
from rag.indicators import IndicatorMention
from rag.models import Condition, Language
from rag.plan.asked_amounts import AskedAmount
from rag.plan.events import is_denied
from rag.plan.negation import is_negated

# 法律顾问全覆盖, officers are all certified: a rate of 100% without its figure.
_WHOLE = {
    "zh": re.compile(
        r"(?:实现|达到)?(?:了)?(?:全覆盖|每个?村|村村|覆盖了?(?:到)?(?:所有|全部|全体|每一?个?)|全部(?:持证|办结|合格|履行|应诉|出庭)|(?:每一?[件起次]|场场|次次|件件|回回)(?:都|均|全)|百分百|满分|双百)"
    ),
    "en": re.compile(
        r"\b(?:(?:in |for )?(?:every (?:single )?|each |all (?:of )?(?:the |its |their )?)(?:time|cases?|villages?|lawsuits?|hearings?)|always|all (?:certified|closed|settled|resolved)|"
        r"fully|complete coverage|full coverage)\b",
        re.IGNORECASE,
    ),
}


def read_conditions(
    text: str,
    mentions: Sequence[IndicatorMention],
    amounts: Sequence[AskedAmount],
    language: Language,
) -> tuple[Condition, ...]:
    """The conditions on those indicators of a question that are compared or denied."""
    conditions = []
    left = list(amounts)
    for mention in mentions:
        bounds = _bounds_of(mention, mentions, left, amounts, language)
        if (
            bounds
            and bounds[0] not in left
            and is_negated(text, mention.start, mention.end, language)
        ):
            bounds = []  # 案件60件以上、没提过免罚
        left = [amount for amount in left if amount not in bounds]
        conditions += [_compared(mention, bound) for bound in bounds]
        if bounds:
            continue
        name = mention.indicator.name
        if is_denied(text, mention, language):
            conditions.append(Condition(name, "no_case"))
        elif is_negated(text, mention.start, mention.end, language):
            conditions.append(Condition(name, "mentions", negated=True))
        elif mention.indicator.unit == "rate" and _WHOLE[language].search(text):
            conditions.append(Condition(name, "==", 100, unit="%"))
    return tuple(conditions)


def _bounds_of(
    mention: IndicatorMention,
    mentions: Sequence[IndicatorMention],
    left: Sequence[AskedAmount],
    amounts: Sequence[AskedAmount],
    language: Language,
) -> list[AskedAmount]:
    """The figures an indicator is compared with: one, or two bounds of the only indicator."""
    if len(mentions) == 1 and len(amounts) == 2:  # above 90% but short of 100%
        return [amount for amount in amounts if fits(mention, amount)]
    amount = _amount_of(mention, left, language) or _amount_of(mention, amounts, language)
    return [amount] if amount else []


def _compared(mention: IndicatorMention, bound: AskedAmount) -> Condition:
    spoken = {"rate": "%", "money": "元"}.get(mention.indicator.unit)
    unit = bound.unit or spoken
    name = mention.indicator.name
    return Condition(name, bound.op, bound.value, bound.value2, unit, negated=bound.negated)


def fits(mention: IndicatorMention, amount: AskedAmount) -> bool:
    """Whether a figure can be one of this indicator, by its unit."""
    if amount.unit is None:
        return True
    rate, money = (mention.indicator.unit == unit for unit in ("rate", "money"))
    copies = amount.unit in ("份", "册") and mention.indicator.unit in ("times", "people")
    return (amount.unit in ("%", "‰")) == rate and (amount.unit in MONEY) == money and not copies


def _amount_of(
    mention: IndicatorMention, amounts: Sequence[AskedAmount], language: Language
) -> AskedAmount | None:
    """The figure that an indicator is compared with, of those whose unit fits.

    In Chinese it stands behind the indicator, in English next to it on either side.
    """
    fitting = [amount for amount in amounts if fits(mention, amount)]
    if not fitting:
        return None
    inside = [a for a in fitting if mention.start <= a.start and a.end <= mention.end]
    if inside:
        return inside[0]  # 检查超过2000次
    behind = [amount for amount in fitting if amount.end > mention.end]
    if language == "zh":
        return behind[0] if behind else fitting[-1]
    return min(
        fitting,
        key=lambda amount: max(amount.start - mention.end, mention.start - amount.end),
    )


def read_join(text: str, language: Language) -> str:
    """Whether the conditions of a question are joined by and or by or."""
    if language == "zh":
        if re.search(r"既[^?]{2,40}又|同时(?!期)|而且|并且", text):
            return "and"
        return "or" if re.search(r"或者?|要么|任一|之一|至少(?:有)?一", text) else "and"
    if re.search(r"\bboth\b[^?]{3,80}?\band\b", text, re.IGNORECASE):
        return "and"
    either = r"\beither\b|\bor\b(?! (?:more|higher|above|less|below|lower|over|better|up|under)\b(?! than))"
    return "or" if re.search(either, text, re.IGNORECASE) else "and"
