"""What of a claim only repeats the question: the condition that the listed reports meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rag.models import Condition, Operator, Plan, Qualifier
from rag.verify.evidence import Evidence
from rag.verify.figures import Figure, figure_of
from rag.words import fold

_SENTENCE_START = re.compile(r"[。\n](?=[^。\n]*$)")
_STATING = re.compile(
    r"(?:份报告|reports? *:|\((?:\d{4}| *)年?\)).{0,16}?(?:载明|states?) ?"  # years are gone
)
_BOUNDS: dict[Operator, Qualifier] = {
    "==": "exact",
    ">=": "at_least",
    ">": "at_least",
    "<=": "less_than",
    "<": "less_than",
    "between": "range",
}


def restates(figure: Figure, before: str, marks: Iterable[int], evidence: Evidence) -> bool:
    """Whether a figure is the question's own, in the sentence that says which reports meet it.

    That sentence names reports, then what they state by the condition's own name, then its
    figure: 共有21份报告载明法治宣传场次不低于54场. Every report it cites must be a match, and
    a figure with another bound, or of another subject, is a report's own and no condition.

    Args:
        before: the folded claim up to the figure.
        marks: all marks of the claim.
    """
    start = _SENTENCE_START.search(before)
    told = before[start.end() if start else 0 :]
    stating = _STATING.search(told)
    if stating is None:
        return False
    said = told[stating.end() :]
    if not any(_is_of(condition, figure, said) for condition in _conditions(evidence.plans)):
        return False
    matched = {finding.report_id for finding in evidence.findings if finding.state == "match"}
    return all(evidence.citations[mark].report_id in matched for mark in marks)


def _conditions(plans: Iterable[Plan]) -> Iterator[Condition]:
    return (condition for plan in plans for condition in plan.conditions)


def _is_of(condition: Condition, figure: Figure, said: str) -> bool:
    """Whether the figure is the condition's, said of what the condition is about."""
    if condition.value is None or fold(condition.indicator) not in said:
        return False
    low = figure_of(condition.value, condition.unit)
    high = low if condition.value2 is None else figure_of(condition.value2, condition.unit)
    asked = (low.low, high.low, low.family, _BOUNDS.get(condition.op))
    return asked == (figure.low, figure.high, figure.family, figure.qualifier)
