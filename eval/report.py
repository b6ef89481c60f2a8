"""A run as a table for the terminal, as JSON, and as one HTML page that needs no other file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from rich.console import Group
from rich.table import Table

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
_GROUPS: dict[str, Callable[[Outcome], str]] = {
    "kind": lambda outcome: outcome.question.kind,
    "language": lambda outcome: outcome.question.language,
    "status": lambda outcome: outcome.question.status,
}
_GROUP_COLUMNS = ("set_exact", "value_recall", "citation_recall", "status")


def render_table(run: Run) -> Group:
    """The figures of a run and its groups, for rich to print; failures by id and reason."""
    figures = summarise(run.outcomes)
    overall = Table(title=f"{figures.questions} questions on {len(run.reports)} reports")
    overall.add_column("Metric")
    overall.add_column("Value", justify="right")
    overall.add_column("Questions", justify="right")
    overall.add_row("Nothing wrong", _percent(figures.right), str(figures.questions))
    for name, label in NAMES.items():
        overall.add_row(label, _percent(figures.shares[name]), str(figures.counted[name]))
    for state, share in figures.states.items():
        overall.add_row(f"State {state} right", _percent(share), str(figures.counted_states[state]))
    overall.add_row("Numbers without support", str(figures.unsupported), str(figures.questions))
    overall.add_row("Latency p50", f"{figures.p50_ms:.1f} ms", str(figures.questions))
    overall.add_row("Latency p95", f"{figures.p95_ms:.1f} ms", str(figures.questions))
    return Group(overall, _group_table(run), _failure_table(run))


def _group_table(run: Run) -> Table:
    table = Table(title="By kind, language and status")
    table.add_column("Group")
    labels = ["Questions", "Nothing wrong", *(NAMES[name] for name in _GROUP_COLUMNS), "p50 ms"]
    for label in labels:
        table.add_column(label, justify="right")
    for group in figures_by_group(run).values():
        for name, figures in group.items():
            shares = [_percent(figures.shares[column]) for column in _GROUP_COLUMNS]
            row = [str(figures.questions), _percent(figures.right), *shares]
            table.add_row(name, *row, f"{figures.p50_ms:.1f}")
        table.add_section()
    return table


def _failure_table(run: Run) -> Table:
    table = Table(title="What is wrong", show_lines=True)
    table.add_column("Question", no_wrap=True)
    table.add_column("Wrong", overflow="fold")
    for outcome in run.outcomes:
        if not outcome.score.right:
            table.add_row(outcome.question.id, "\n".join(outcome.score.failures))
    return table


def figures_by_group(run: Run) -> dict[str, dict[str, Figures]]:
    """The figures of the questions of each kind, language and gold status."""
    groups: dict[str, dict[str, Figures]] = {}
    for group, key_of in _GROUPS.items():
        keys = sorted({key_of(outcome) for outcome in run.outcomes})
        groups[group] = {
            key: summarise([outcome for outcome in run.outcomes if key_of(outcome) == key])
            for key in keys
        }
    return groups


def render_json(run: Run) -> dict[str, Any]:
    """The run as JSON: figures, figures by group, and each question with answer and score."""
    groups = figures_by_group(run)
    return {
        "started": run.started,
        "questions_from": run.questions_from,
        "reports": list(run.reports),
        "figures": asdict(summarise(run.outcomes)),
        "groups": {
            group: {name: asdict(figures) for name, figures in members.items()}
            for group, members in groups.items()
        },
        "outcomes": [
            {
                "question": outcome.question.model_dump(mode="json", exclude_defaults=True),
                "answer": dict(outcome.answer),
                "milliseconds": round(outcome.milliseconds, 3),
                "right": outcome.score.right,
                "score": asdict(outcome.score),
            }
            for outcome in run.outcomes
        ],
    }


def render_html(run: Run) -> str:
    """One page: figures, groups, and each wrong answer beside what was expected."""
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    environment.filters["percent"] = _percent
    template = environment.get_template("report.html")
    return template.render(
        run=run,
        figures=summarise(run.outcomes),
        groups=figures_by_group(run),
        names=NAMES,
        group_columns=_GROUP_COLUMNS,
        failures=[outcome for outcome in run.outcomes if not outcome.score.right],
        passed=[outcome for outcome in run.outcomes if outcome.score.right],
    )


def write_run(run: Run, folder: Path) -> tuple[Path, Path]:
    """Write run.json and run.html into a folder, made where it is missing; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    as_json, as_html = folder / "run.json", folder / "run.html"
    text = json.dumps(render_json(run), ensure_ascii=False, indent=1)
    as_json.write_text(text + "\n", encoding="utf-8")
    as_html.write_text(render_html(run), encoding="utf-8")
    return as_json, as_html


def _percent(share: float | None) -> str:
    """A share as a percentage; a dash where no question has gold for it.

    >>> _percent(0.9583), _percent(1.0), _percent(None)
    ('95.8%', '100%', '–')
    """
    if share is None:
        return "–"
    return "100%" if share == 1 else f"{share * 100:.1f}%"
