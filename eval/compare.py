"""Two runs of the same questions: what became better, what worse, and whether it is chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eval.metrics.paired import PairedDifference, paired_difference
from eval.metrics.summary import MEASURES
from eval.saved import SavedAnswer, SavedRun

SLIGHT = 1e-9


@dataclass(frozen=True)
class Change:
    """A question whose metrics are not what they were."""

    id: str
    question: str
    better: tuple[str, ...]  # names of metrics
    worse: tuple[str, ...]
    earlier: SavedAnswer
    later: SavedAnswer

    @property
    def verdict(self) -> str:
        """ "mended", "broken", or "better", "worse" or "mixed" where right stays as it was."""
        was, is_now = self.earlier.measures["right"], self.later.measures["right"]
        if was != is_now:
            return "mended" if is_now else "broken"
        if self.better and self.worse:
            return "mixed"
        return "better" if self.better else "worse"


@dataclass(frozen=True)
class Comparison:
    earlier: SavedRun
    later: SavedRun
    differences: Mapping[str, PairedDifference]  # by metric
    changes: tuple[Change, ...]  # what broke first
    only_earlier: tuple[str, ...]  # ids of questions
    only_later: tuple[str, ...]


def compare(earlier: SavedRun, later: SavedRun) -> Comparison:
    """The later run beside the earlier one, over the questions that both have.

    A question is the same when its id and its words are.
    """
    before = {item.id: item for item in earlier.answers}
    after = {item.id: item for item in later.answers}
    same = [name for name in after if name in before and
            before[name].question == after[name].question]  # fmt: skip
    differences = {}
    for measure in ("right", *MEASURES):
        columns = [
            {name: value for name, value in run.column(measure).items() if name in same}
            for run in (earlier, later)
        ]
        found = paired_difference(*columns)
        if found:
            differences[measure] = found
    changes = [change for name in same if (change := _change(before[name], after[name]))]
    order = ("broken", "worse", "mixed", "better", "mended")
    return Comparison(
        earlier,
        later,
        differences,
        tuple(sorted(changes, key=lambda change: order.index(change.verdict))),
        tuple(name for name in before if name not in same),
        tuple(name for name in after if name not in same),
    )


def _change(earlier: SavedAnswer, later: SavedAnswer) -> Change | None:
    both = sorted(set(earlier.measures) & set(later.measures))
    moved = {name: later.measures[name] - earlier.measures[name] for name in both}
    better = tuple(name for name, by in moved.items() if by > SLIGHT)
    worse = tuple(name for name, by in moved.items() if by < -SLIGHT)
    if not better and not worse:
        return None
    return Change(later.id, later.question, better, worse, earlier, later)
