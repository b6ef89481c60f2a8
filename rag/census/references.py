"""Compare each report's figure with another figure: another town's, or one of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from rag.census.judge import holds
from rag.judgements import Judgement
from rag.models import Condition, Fact, Number, ReportCard


@dataclass(frozen=True)
class Reference:
    """The figure that others are compared with, and what it rests on."""

    value: Number
    unit: str
    facts: tuple[Fact, ...]
    derivation: str | None = None
    card: ReportCard | None = None

    @classmethod
    def of(cls, judgement: Judgement | None, card: ReportCard | None = None) -> Reference | None:
        """The reference that a judgement gives; None where it states no exact figure."""
        if judgement is None:
            return None
        fact = judgement.fact
        if fact is not None and fact.value is not None and judgement.state != "no_case":
            return cls(fact.value, fact.unit, (fact,), None, card)
        if judgement.value is not None:
            return cls(judgement.value, "%", judgement.others, judgement.derivation, card)
        return None


def compared(
    condition: Condition,
    stated: Mapping[str, Judgement],
    references: Mapping[str, Reference | None],
    *,
    without: Collection[str] = (),
) -> dict[str, Judgement]:
    """By report, whether its figure stands to its reference as the condition says.

    A report of the reference's own place is never a match; one without a figure of its
    own, or without a reference, stays as far as it was judged.
    """
    found: dict[str, Judgement] = {}
    for report_id, judgement in stated.items():
        reference = references.get(report_id)
        if judgement.state == "implied" and reference is not None:
            found[report_id] = replace(
                judgement, reference=reference.facts, reference_card=reference.card
            )
            continue
        if judgement.state != "match" or judgement.fact is None:
            found[report_id] = judgement
            continue
        if reference is None and condition.than_wider and condition.op != "mentions":
            found[report_id] = replace(judgement, state="mentioned")
            continue
        held = condition.op == "mentions"
        if reference is not None and report_id not in without:
            asked = replace(condition, value=reference.value, unit=reference.unit)
            held = holds(asked, judgement.fact)
        found[report_id] = replace(
            judgement,
            state="match" if held else "other_value",
            reference=reference.facts if reference else (),
            reference_card=reference.card if reference else None,
        )
    return found
