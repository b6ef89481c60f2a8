"""How far a mean could lie elsewhere with other questions of the same sort (bootstrap).

The percentile bootstrap (Efron and Tibshirani 1993, chapter 13): the questions are drawn
again with replacement, 2,000 times, and the mean of each draw taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 2000
SEED = 20240101  # the same questions always give the same interval


@dataclass(frozen=True)
class Interval:
    """What 95 of 100 draws lie between; both ends in the range of the metric."""

    low: float
    high: float


def mean_interval(values: Sequence[float]) -> Interval | None:
    """The 95% interval of the mean, of at least two values; else None.

    Example: 1, 1, 1, 1: (1, 1). Of 0, 1 a draw is 0, 1/2 or 1, with 1/4, 1/2 and 1/4 of
    the draws: (0, 1).
    """
    if len(values) < 2:
        return None
    column = np.asarray(values, dtype=np.float64)
    random = np.random.default_rng(SEED)
    drawn = random.integers(len(column), size=(DRAWS, len(column)))
    low, high = np.percentile(column[drawn].mean(axis=1), (2.5, 97.5))
    return Interval(float(low), float(high))
