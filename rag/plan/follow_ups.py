"""A question that leans on the one before it: 那李河镇呢？ which of them is the lowest?"""

from __future__ import annotations

from dataclasses import replace

from rag.models import Condition, Plan
from rag.plan.plan import order_of
from rag.plan.reading import Known, Reading


def leans_on_history(reading: Reading, plan: Plan) -> bool:
    """Whether a question leaves out what an earlier one said."""
    cue = reading.cues.follow_up.search(reading.text)
    if plan.kind == "lookup" and not plan.places and not plan.unknown_places and plan.indicators:
        return True  # 罚了多少？ after a question about one town
    nothing_asked = not plan.indicators and not plan.topic and not plan.roles
    if plan.out_of_scope and plan.topic and not cue:
        return False
    if nothing_asked and plan.kind != "corpus":
        return True
    return bool(cue) and not (plan.places and (plan.indicators or plan.roles))


def _asked_anew(before: Plan, reading: Reading) -> tuple[Condition, ...]:
    """The earlier conditions with the figure that this question names: 达到90%的呢？"""
    if not reading.amounts or len(before.conditions) != 1:
        return before.conditions
    asked = reading.amounts[0]
    return (replace(before.conditions[0], op=asked.op, value=asked.value, value2=asked.value2),)


def continued(plan: Plan, before: Plan, reading: Reading, known: Known) -> Plan:
    """The earlier plan with what this question says in place of what it said."""
    subject_left = not plan.indicators and not plan.roles
    subject_left = subject_left and (not plan.topic or reading.says("rank"))
    places = plan.places or (() if plan.unknown_places else before.places)
    years = plan.years or before.years
    if not plan.years and plan.places and not known.has(places, years):
        years = ()  # the year was the other town's
    if not subject_left:
        return replace(plan, places=places, years=years)
    kind = before.kind
    if before.indicators and reading.says("rank"):
        kind = "rank"
    elif before.indicators and plan.kind == "aggregate":
        kind = "aggregate"
    elif (
        before.kind in ("rank", "compare", "aggregate", "census")
        and plan.places
        and before.indicators
    ):
        kind = "lookup"
    return replace(
        before,
        kind=kind,
        conditions=() if kind in ("lookup", "rank", "aggregate") else _asked_anew(before, reading),
        order=order_of(reading.masked) if kind == "rank" else None,
        top=plan.top if kind == "rank" else None,
        measure=plan.measure or ("sum" if kind == "aggregate" else None),
        places=places,
        years=years,
        unknown_places=plan.unknown_places,
    )
