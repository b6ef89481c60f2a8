"""The figures of a run: means over the questions that have gold for a metric."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from eval.metrics.abstention import score_abstention
from eval.metrics.intervals import Interval, mean_interval
from eval.metrics.latency import percentile
from eval.outcome import Outcome

MEASURES = (
    "set_precision",
    "set_recall",
    "set_f1",
    "set_exact",
    "census_accuracy",
    "census_consistent",
    "value_precision",
    "value_recall",
    "value_f1",
    "citation_precision",
    "citation_recall",
    "citation_exact",
    "yes_no",
    "wording",
)


@dataclass(frozen=True)
class Figures:
    """Shares are between 0 and 1; None where no question has gold for the metric."""

    questions: int
    right: float  # share of questions whose answer has nothing wrong
    shares: dict[str, float | None] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)  # questions behind each share
    intervals: dict[str, Interval] = field(default_factory=dict)  # 95%, of right and of shares
    states: dict[str, float] = field(default_factory=dict)  # recall of each census state
    counted_states: dict[str, int] = field(default_factory=dict)  # reports behind each
    unsupported: int = 0  # numbers
    p50_ms: float = 0.0
    p95_ms: float = 0.0


def summarise(items: Sequence[Outcome]) -> Figures:
    """The figures of some questions.

    Raises:
        ValueError: there is no question.
    """
    if not items:
        raise ValueError("no question to summarise")
    measured = [measures_of(item) for item in items]
    columns = {name: [row[name] for row in measured if name in row] for name in MEASURES}
    shares = {name: _mean(column) for name, column in columns.items()}
    counted = {name: len(column) for name, column in columns.items()}
    abstention = score_abstention((item.question.status, item.score.status) for item in items)
    states = _states(items)
    times = [item.milliseconds for item in items]
    rights = [float(item.score.right) for item in items]
    intervals = {name: mean_interval(column) for name, column in columns.items()}
    intervals["right"] = mean_interval(rights)
    shares |= {
        "abstention_precision": abstention.precision,
        "abstention_recall": abstention.recall,
        "status": abstention.status,
    }
    counted |= dict.fromkeys(("abstention_precision", "abstention_recall", "status"), len(items))
    return Figures(
        questions=len(items),
        right=sum(rights) / len(items),
        shares=shares,
        counted=counted,
        intervals={name: known for name, known in intervals.items() if known},
        states={state: right / total for state, (right, total) in states.items()},
        counted_states={state: total for state, (_, total) in states.items()},
        unsupported=sum(len(item.score.unsupported) for item in items),
        p50_ms=percentile(times, 50),
        p95_ms=percentile(times, 95),
    )


def measures_of(outcome: Outcome) -> dict[str, float]:
    """The metrics the question has gold for, by name."""
    score, question = outcome.score, outcome.question
    measures = {"citation_exact": score.citations_exact}
    if sets := score.sets:
        measures |= {
            "set_precision": sets.precision,
            "set_recall": sets.recall,
            "set_f1": sets.f1,
            "set_exact": sets.exact,
        }
    if census := score.census:
        measures["census_consistent"] = float(census.consistent)
        if census.total:
            measures["census_accuracy"] = census.accuracy
    if values := score.values:
        measures |= {
            "value_precision": values.precision,
            "value_recall": values.recall,
            "value_f1": values.f1,
        }
    if citations := score.citations:
        measures |= {
            "citation_precision": citations.precision,
            "citation_recall": citations.recall,
        }
    if score.yes_no is not None:
        measures["yes_no"] = score.yes_no
    if question.must_not or question.must_say:
        measures["wording"] = float(not score.forbidden and not score.missing)
    return measures


def _mean(column: Sequence[float]) -> float | None:
    return sum(column) / len(column) if column else None


def _states(items: Sequence[Outcome]) -> dict[str, tuple[int, int]]:
    """Per state of gold: reports given in it, and all of them, over all questions."""
    known: dict[str, tuple[int, int]] = {}
    for item in items:
        for _, state, given in item.score.census.pairs if item.score.census else ():
            right, total = known.get(state, (0, 0))
            known[state] = (right + (state == given), total + 1)
    return dict(sorted(known.items()))
