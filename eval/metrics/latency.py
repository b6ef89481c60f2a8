"""How long answers take."""

from __future__ import annotations

import math
from collections.abc import Sequence


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile, in the unit of the values: a time that was measured.

    The smallest value that at least `percent` % of the values do not exceed.

    Example: of 10, 20, 30, 40 ms the p50 is 20 ms (rank ceil(0.5·4) = 2), the p95 40 ms
    (rank ceil(0.95·4) = 4).

    Raises:
        ValueError: there is no value, or percent is not in 0..100.
    """
    if not values or not 0 <= percent <= 100:
        raise ValueError("a percentile needs a value and a percent from 0 to 100")
    rank = max(1, math.ceil(percent / 100 * len(values)))
    return sorted(values)[rank - 1]
