"""What the figures are held to, which of them hold, and what explains one that does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import ge, lt

from eval.bench.measures import Figures

# A figure, how it has to compare with a bound, and the bound.
TARGETS: Mapping[str, tuple[str, float]] = {
    "answers.1000.query.census.p50_ms": ("<", 60),
    "answers.1000.query.census.p95_ms": ("<", 150),
    "growth.census.1000_to_10000": ("<", 2.5),
    "ingest.over_langchain": (">=", 4),
    "ingest.of_raw": (">=", 0.85),
}
HOLDS: Mapping[str, Callable[[float, float], bool]] = {"<": lt, ">=": ge}


def judge(figures: Figures) -> Figures:
    """A verdict for each target whose figure was measured.

    >>> judge({"ingest.over_langchain": 2.5})
    {'target.ingest.over_langchain': 'missed: 2.5, wanted >= 4'}
    """
    verdicts: Figures = {}
    for name, (comparison, bound) in TARGETS.items():
        if name in figures:
            held = HOLDS[comparison](float(figures[name]), bound)
            wanted = f"{figures[name]}, wanted {comparison} {bound:g}"
            verdicts[f"target.{name}"] = f"{'met' if held else 'missed'}: {wanted}"
    return verdicts


def shares(figures: Figures, ingested: int) -> Figures:
    """Where the time of the ingest goes, the largest share first."""
    prefix = f"ingest.{ingested}.share."
    found = {name: share for name, share in figures.items() if name.startswith(prefix)}
    return dict(sorted(found.items(), key=lambda item: -float(item[1])))
