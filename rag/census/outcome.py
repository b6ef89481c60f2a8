"""How all reports in scope come out for one condition, and for all conditions together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.judgements import Citable, Judgement, StateNumbers
from rag.models import STATES, State
from rag.reports import Reports

SILENT = Judgement("not_reported")
_UNREADABLE = Judgement("unreadable")
_OF_STATE = {state: number for number, state in enumerate(STATES)}


class Outcome(Protocol):
    """One condition's judgements of the reports of a scope, by position."""

    states: StateNumbers
    figured: NDArray[np.bool_]  # which rest on a figure
    worded: NDArray[np.bool_]  # which rest on words without one
    citable: Citable | None  # None: what it cites is known when all its judgements are made

    def judgement(self, position: int) -> Judgement: ...


class Judged:
    """The outcome of a condition that the reports were judged for one by one."""

    def __init__(
        self,
        reports: Reports,
        column: Mapping[str, Judgement],
        citable: Citable | None = None,
    ) -> None:
        self.states = np.full(len(reports), _OF_STATE["not_reported"], dtype=np.int8)
        self.figured = np.zeros(len(reports), dtype=np.bool_)
        self.worded = np.zeros(len(reports), dtype=np.bool_)
        self.citable = citable
        self._judgements: dict[int, Judgement] = {}
        for report_id, judgement in column.items():
            position = reports.positions[report_id]
            self.states[position] = _OF_STATE[judgement.state]
            self.figured[position] = judgement.fact is not None
            self.worded[position] = bool(judgement.spans)
            self._judgements[position] = judgement

    def judgement(self, position: int) -> Judgement:
        return self._judgements.get(position, SILENT)


def unreadable(count: int) -> tuple[Judgement, ...]:
    """The judgements of a report whose text is not known."""
    return (_UNREADABLE,) * count


def state_numbers(states: Sequence[State]) -> StateNumbers:
    return np.array([_OF_STATE[state] for state in states], dtype=np.int8)


def joined_states(
    outcomes: Sequence[Outcome], join: Callable[[Sequence[Judgement]], State]
) -> StateNumbers:
    """The state of each report for all conditions together.

    Reports that come out alike for every condition are joined once.

    Args:
        join: gives the state that judgements make; it looks at their states and whether
            they rest on anything.
    """
    alike = np.zeros(len(outcomes[0].states), dtype=np.int64)
    for outcome in outcomes:
        rests = outcome.figured | outcome.worded
        alike = alike * (2 * len(STATES)) + 2 * outcome.states + rests
    _, first, which = np.unique(alike, return_index=True, return_inverse=True)
    joined = [
        join([outcome.judgement(position) for outcome in outcomes]) for position in first.tolist()
    ]
    return state_numbers(joined)[which]
