"""Is one run better than another, question by question?

Both runs answer the same questions, so the questions are drawn again in pairs: what is
hard for both cancels out, and a smaller difference is seen than by comparing two intervals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eval.metrics.intervals import Interval, mean_interval


@dataclass(frozen=True)
class PairedDifference:
    """The later run less the earlier one."""

    earlier: float
    later: float
    questions: int  # that both runs have a value for
    interval: Interval | None  # of the difference

    @property
    def difference(self) -> float:
        """Between -1 and 1 for a share."""
        return self.later - self.earlier

    @property
    def is_certain(self) -> bool:
        """Whether the interval of the difference leaves out 0."""
        return self.interval is not None and (self.interval.low > 0 or self.interval.high < 0)


def paired_difference(
    earlier: Mapping[str, float], later: Mapping[str, float]
) -> PairedDifference | None:
    """The difference over the questions, by id, that both have; None where there are none.

    Example: earlier {a: 0, b: 1, c: 1}, later {a: 1, b: 1, d: 0}: over a and b, 1/2 and
    2/2, difference 1/2.
    """
    both = sorted(set(earlier) & set(later))
    if not both:
        return None
    differences = [later[name] - earlier[name] for name in both]
    return PairedDifference(
        earlier=sum(earlier[name] for name in both) / len(both),
        later=sum(later[name] for name in both) / len(both),
        questions=len(both),
        interval=mean_interval(differences),
    )
