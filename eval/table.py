"""A run, a comparison of two and the history as tables for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.table import Table

from eval.compare import Comparison
from eval.groups import GROUP_COLUMNS, NAMES, figures_by_group, name_of, percent
from eval.metrics.intervals import Interval
from eval.metrics.summary import summarise
from eval.outcome import Run
from eval.saved import SavedRun

SHOWN = 30  # changed questions of a comparison, wrong answers of a run


def render_table(run: Run) -> Group:
    """The figures of a run and its groups, for rich to print; failures by id and reason."""
    figures = summarise(run.outcomes)
    overall = Table(title=f"{figures.questions} questions on {len(run.reports)} reports")
    overall.add_column("Metric")
    for label in ("Value", "95% interval", "Questions"):
        overall.add_column(label, justify="right")

    def add(label: str, value: str, counted: int, interval: Interval | None = None) -> None:
        overall.add_row(label, value, _interval(interval), str(counted))

    add("Nothing wrong", percent(figures.right), figures.questions, figures.intervals.get("right"))
    for name, label in NAMES.items():
        interval = figures.intervals.get(name)
        add(label, percent(figures.shares[name]), figures.counted[name], interval)
    for state, share in figures.states.items():
        add(f"State {state} right", percent(share), figures.counted_states[state])
    add("Numbers without support", str(figures.unsupported), figures.questions)
    add("Latency p50", f"{figures.p50_ms:.1f} ms", figures.questions)
    add("Latency p95", f"{figures.p95_ms:.1f} ms", figures.questions)
    return Group(overall, _group_table(run), _failure_table(run))


def render_comparison(comparison: Comparison) -> Group:
    """Metric by metric, and the questions that changed, what broke first."""
    earlier, later = comparison.earlier, comparison.later
    table = Table(title=f"{earlier.name} → {later.name}")
    table.add_column("Metric")
    for label in ("Earlier", "Later", "Difference", "95% interval", "Questions"):
        table.add_column(label, justify="right")
    for name, found in comparison.differences.items():
        sign = " *" if found.is_certain else ""
        table.add_row(
            name_of(name),
            percent(found.earlier),
            percent(found.later),
            f"{found.difference * 100:+.1f}{sign}",
            _interval(found.interval),
            str(found.questions),
        )
    table.caption = "* not by chance of the questions: the interval leaves out 0"
    changes = Table(title=f"{len(comparison.changes)} questions changed", show_lines=True)
    for label in ("Question", "Now", "Metrics", "Wrong now"):
        changes.add_column(label, overflow="fold")
    for change in comparison.changes[:SHOWN]:
        moved = [f"+ {name_of(name)}" for name in change.better]
        moved += [f"- {name_of(name)}" for name in change.worse]
        wrong = "\n".join(change.later.failures)
        changes.add_row(change.id, change.verdict, "\n".join(moved), wrong)
    return Group(table, changes, *_left_over(comparison))


def _left_over(comparison: Comparison) -> list[str]:
    """What the comparison leaves out, in words."""
    said = []
    if len(comparison.changes) > SHOWN:
        said.append(f"… and {len(comparison.changes) - SHOWN} more changed")
    for names, run in (
        (comparison.only_earlier, comparison.earlier),
        (comparison.only_later, comparison.later),
    ):
        if names:
            said.append(f"{len(names)} questions only in {run.name}: {', '.join(names[:10])}")
    if set(comparison.earlier.reports) != set(comparison.later.reports):
        said.append("The two runs were about different reports.")
    return said


def render_history(runs: Sequence[SavedRun]) -> Table:
    """One run a line, oldest first."""
    columns = ("set_f1", "value_recall", "citation_recall", "status")
    table = Table(title=f"{len(runs)} runs")
    for label in ("Run", "Question set", "Reports", "Questions", "Nothing wrong",
                  *map(name_of, columns), "p50 ms"):  # fmt: skip
        table.add_column(label, justify="left" if label in ("Run", "Question set") else "right")
    for run in runs:
        shares = [percent(run.figures["shares"].get(column)) for column in columns]
        table.add_row(
            run.name,
            run.questions_from,
            str(len(run.reports)),
            str(len(run.answers)),
            percent(run.figures["right"]),
            *shares,
            f"{run.figures['p50_ms']:.1f}",
        )
    return table


def _group_table(run: Run) -> Table:
    table = Table(title="By kind, language, status and tag")
    table.add_column("Group")
    labels = ["Questions", "Nothing wrong", *(NAMES[name] for name in GROUP_COLUMNS), "p50 ms"]
    for label in labels:
        table.add_column(label, justify="right")
    for group in figures_by_group(run).values():
        for name, figures in group.items():
            shares = [percent(figures.shares[column]) for column in GROUP_COLUMNS]
            row = [str(figures.questions), percent(figures.right), *shares]
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


def _interval(interval: Interval | None) -> str:
    if interval is None:
        return "–"
    return f"{interval.low * 100:.1f} … {interval.high * 100:.1f}"
