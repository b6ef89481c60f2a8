"""The metrics by the name a reader sees, and the groups of questions a run is looked at by."""

from __future__ import annotations

from collections.abc import Callable

from eval.metrics.summary import Figures, summarise
from eval.outcome import Outcome, Run

NAMES = {
    "set_precision": "Set precision",
    "set_recall": "Set recall",
    "set_f1": "Set F1",
    "set_exact": "Set exact",
    "census_accuracy": "Census state right",
    "census_consistent": "Census accounts for all",
    "value_precision": "Value precision",
    "value_recall": "Value recall",
    "value_f1": "Value F1",
    "citation_precision": "Citation precision",
    "citation_recall": "Citation recall",
    "citation_exact": "Citation = stored text",
    "yes_no": "Yes/no right",
    "wording": "Wording right",
    "abstention_precision": "Abstention precision",
    "abstention_recall": "Abstention recall",
    "status": "Status right",
}
GROUP_COLUMNS = ("set_exact", "value_recall", "citation_recall", "status")
_GROUPS: dict[str, Callable[[Outcome], tuple[str, ...]]] = {
    "kind": lambda outcome: (outcome.question.kind,),
    "language": lambda outcome: (outcome.question.language,),
    "status": lambda outcome: (outcome.question.status,),
    "tag": lambda outcome: tuple(dict.fromkeys(outcome.question.tags)),
}


def figures_by_group(run: Run) -> dict[str, dict[str, Figures]]:
    """The figures of the questions of each kind, language, gold status and tag."""
    groups: dict[str, dict[str, Figures]] = {}
    for group, keys_of in _GROUPS.items():
        members: dict[str, list[Outcome]] = {}
        for outcome in run.outcomes:
            for key in keys_of(outcome):
                members.setdefault(key, []).append(outcome)
        groups[group] = {key: summarise(members[key]) for key in sorted(members)}
    return groups


def name_of(measure: str) -> str:
    """A metric as a reader sees it."""
    return "Nothing wrong" if measure == "right" else NAMES.get(measure, measure)


def percent(share: float | None) -> str:
    """A share as a percentage; a dash where no question has gold for it.

    >>> percent(0.9583), percent(1.0), percent(None)
    ('95.8%', '100%', '–')
    """
    if share is None:
        return "–"
    return "100%" if share == 1 else f"{share * 100:.1f}%"
