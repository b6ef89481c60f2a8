"""Did the answer name the right reports, all of them and no other?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class SetScore:
    """Each between 0 and 1; exact is 1 only when the two sets are the same."""

    precision: float
    recall: float
    f1: float
    exact: float


def score_set(given: Collection[str], gold: Collection[str]) -> SetScore:
    """Precision, recall, F1 and exactness of the matched reports.

    Precision is the share of the given that is gold, recall the share of gold that is
    given, F1 their harmonic mean. Of nothing given the precision is 1, and where gold is
    empty the recall is 1: naming no report is right where none matches.

    Example: gold {马武}, given {马武, 李河}: precision 1/2, recall 1/1,
    F1 2·(1/2)·1/(1/2+1) = 2/3, exact 0.
    """
    right = len(set(given) & set(gold))
    precision = right / len(set(given)) if given else 1.0
    recall = right / len(set(gold)) if gold else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return SetScore(precision, recall, f1, float(set(given) == set(gold)))
