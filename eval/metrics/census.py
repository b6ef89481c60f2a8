"""Is each report in the state it is in, and do the states account for every report?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eval.metrics.given import AnswerJson, findings_of
from rag.models import STATES


@dataclass(frozen=True)
class CensusScore:
    right: int  # reports whose state is as in gold
    total: int  # reports whose state gold knows
    pairs: tuple[tuple[str, str, str], ...]  # (source, gold state, given state or "missing")
    consistent: bool

    @property
    def accuracy(self) -> float:
        """Between 0 and 1; 1 where gold knows no state."""
        return self.right / self.total if self.total else 1.0


def score_census(
    answer: AnswerJson, gold: Mapping[str, str], *, in_scope: int | None = None
) -> CensusScore:
    """The reports in their right state, of those whose state gold knows.

    A report the answer has no finding for, or findings in several states, counts as wrong.
    `consistent` says that the states add up to in_scope, agree with the findings where
    there are any, and in_scope is the number gold asks for.

    Example: gold {马武: match, 李河: not_reported}, given both match: 1 of 2, accuracy 1/2.
    """
    states: dict[str, set[str]] = {}
    for finding in findings_of(answer):
        states.setdefault(str(finding["source"]), set()).add(str(finding["state"]))
    pairs = []
    for source, state in sorted(gold.items()):
        given = states.get(source, {"missing"})
        pairs.append((source, state, "/".join(sorted(given))))
    right = sum(1 for _, state, given in pairs if state == given)
    return CensusScore(right, len(pairs), tuple(pairs), _is_consistent(answer, in_scope))


def _is_consistent(answer: AnswerJson, in_scope: int | None) -> bool:
    census: Mapping[str, int] = answer.get("census") or {}
    counts = {state: int(census.get(state, 0)) for state in STATES}
    total = int(census.get("in_scope", 0))
    if sum(counts.values()) != total or (in_scope is not None and total != in_scope):
        return False
    findings = findings_of(answer)
    if not findings:
        return True
    listed: dict[str, int] = dict.fromkeys(STATES, 0)
    for finding in findings:
        listed[finding["state"]] += 1
    # not_reported reports need no finding of their own: the census counts them
    return all(
        listed[state] == count or (state == "not_reported" and listed[state] <= count)
        for state, count in counts.items()
    )
