"""Write the figure that a report's own is compared with, and the difference where it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rag.amounts import plain_number
from rag.compose.draft import Draft
from rag.compose.numbers import SCALE, one_kind, points_unit, worth
from rag.compose.phrases import figure, texts, value_words
from rag.judgements import Judgement
from rag.models import Condition, Fact


def add_reference(
    judgement: Judgement, condition: Condition, draft: Draft, *, exactly: bool = False
) -> None:
    """Lines with what a figure is compared with: another place's, or that of the year before.

    Args:
        exactly: whether the difference is shown as well, with its arithmetic.
    """
    if not judgement.reference or condition.than_place:
        return
    words = texts(draft.language)
    told = [fact for fact in judgement.reference if fact.kind != "change"]
    if told and condition.than_year:
        card = judgement.reference_card
        shape = words["before_told" if card else "before_unknown"]
        facts = facts_in_words(told, draft)
        draft.line("  - " + shape.format(year=card.year if card else "", facts=facts))
    elif told:
        draft.line("  - " + words["compared_with"].format(facts=facts_in_words(told, draft)))
    own = judgement.fact
    if told and exactly and own is not None and _subtracts(own, told[0]):
        draft.line("  - " + by_how_much(own, told[0], draft, year=bool(condition.than_year)))
    for change in judgement.reference:
        if change.kind == "change" and (exactly or not told):
            marks = draft.marks([change])
            quote = change.quote.strip()
            draft.line("  - " + words["change_told"].format(quote=quote, marks=marks))


def by_how_much(own: Fact, other: Fact, draft: Draft, *, year: bool) -> str:
    """By how much a figure is above or below another: 比上年减少：305起 - 256起 = 49起."""
    words = texts(draft.language)
    if worth(own) == worth(other):
        return words["equal_to"]
    above = worth(own) > worth(other)
    ways = ("more_than_before", "less_than_before") if year else ("higher_by", "lower_by")
    ends = (own, other) if above else (other, own)
    return words[ways[0 if above else 1]].format(derivation=difference(*ends, draft))


def _subtracts(own: Fact, other: Fact) -> bool:
    return own.value is not None and other.value is not None and one_kind([own, other])


def difference(high: Fact, low: Fact, draft: Draft) -> str:
    """Two figures' difference with its arithmetic, money of two units in 元."""
    if high.unit != low.unit and high.unit in SCALE:
        ends, unit = (worth(high), worth(low)), "元"
        units = (unit, unit)
    else:
        ends = (Decimal(str(high.value)), Decimal(str(low.value)))
        unit, units = high.unit, (high.unit, low.unit)
    shown = [f"{plain_number(end)}{own}" for end, own in zip(ends, units, strict=True)]
    outcome = f"{plain_number(ends[0] - ends[1])}{points_unit(unit, draft.language)}"
    marks = (draft.marks([high]), draft.marks([low]))
    return f"{shown[0]}{marks[0]} - {shown[1]}{marks[1]} = **{outcome}**"


def facts_in_words(facts: Sequence[Fact], draft: Draft) -> str:
    """Figures with their printed labels and marks: 应出庭7次[2]、委托2次[3]."""
    separator = texts(draft.language)["list_separator"]
    space = "" if draft.language == "zh" else " "
    return separator.join(
        f"{fact.label}{space}{figure(fact, draft.language)}{draft.marks([fact])}"
        if not fact.rule.startswith("no_event")
        else f"{value_words(fact, draft.language)}{draft.marks([fact])}"
        for fact in facts
    )
