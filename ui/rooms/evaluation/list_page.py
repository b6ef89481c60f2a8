"""The runs there are, and how their figures went, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from eval.groups import percent
from eval.plots import Series, lines
from eval.saved import SavedRun
from ui.rooms.evaluation.run_page import metric_name, run_link, told_time
from ui.texts import Texts

SHOWN = 40  # runs
COLUMNS = ("right", "set_f1", "value_recall", "citation_recall")
FEWEST = 2  # runs of a set that a line is drawn through
STEP = 20  # percent, from a multiple of which the plots begin


def render_list(runs: Sequence[SavedRun], texts: Texts) -> str:
    """The latest runs in a table, and a plot for each question set that was run more than once."""
    if not runs:
        return f'<p class="none">{escape(texts("no_runs"))}</p>'
    heads = "".join(
        f'<th scope="col">{escape(name)}</th>'
        for name in (
            texts("column_started"),
            texts("column_set"),
            texts("column_reports"),
            texts("column_questions"),
            *(metric_name(measure, texts) for measure in COLUMNS),
            "p50 ms",
        )
    )
    rows = "".join(_row(run, texts) for run in runs[:SHOWN])
    return (
        f"<h3>{escape(texts('last_runs'))}</h3>"
        f'<div class="table" tabindex="0" role="region" aria-label="{escape(texts("last_runs"))}">'
        f'<table class="runs"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"{_plots(runs, texts)}"
    )


def share_of(run: SavedRun, measure: str) -> float | None:
    """A figure of a run, 0 to 1; None where no question has gold for it."""
    found = run.figures["right"] if measure == "right" else run.figures["shares"].get(measure)
    return None if found is None else float(found)


def _row(run: SavedRun, texts: Texts) -> str:
    label = escape(texts("open_run", name=run.questions_from))
    shares = "".join(f"<td>{percent(share_of(run, measure))}</td>" for measure in COLUMNS)
    return (
        f'<tr><td><a href="{escape(run_link(run.name))}" id="run-{escape(run.name)}" '
        f'aria-description="{label}">{told_time(run)}</a></td>'
        f"<td>{escape(run.questions_from)}</td><td>{len(run.reports)}</td>"
        f"<td>{len(run.answers)}</td>{shares}<td>{run.figures['p50_ms']:.0f}</td></tr>"
    )


def _plots(runs: Sequence[SavedRun], texts: Texts) -> str:
    by_set: dict[str, list[SavedRun]] = {}
    for run in reversed(runs):
        by_set.setdefault(run.questions_from, []).append(run)
    drawn = [_plot(name, same, texts) for name, same in by_set.items() if len(same) >= FEWEST]
    return f"<h3>{escape(texts('over_time'))}</h3>{''.join(drawn)}" if drawn else ""


def _plot(name: str, runs: Sequence[SavedRun], texts: Texts) -> str:
    series = []
    for measure in COLUMNS:
        shares = [(number, share_of(run, measure)) for number, run in enumerate(runs)]
        points = tuple((float(x), 100 * share) for x, share in shares if share is not None)
        if points:
            series.append(Series(metric_name(measure, texts), points))
    ends = {float(number): runs[number].started[:10] for number in (0, len(runs) - 1)}
    lowest = min(y for one in series for _, y in one.points)
    title = texts("plot_title", name=name, count=len(runs))
    plot = lines(
        series,
        title=title,
        x_label=texts("plot_runs", count=len(runs)),
        y_label="%",
        ticks=ends,
        between=(lowest // STEP * STEP - (STEP if lowest >= STEP else 0), 100),
    )
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><div class="plot" tabindex="0" '
        f'role="region" aria-label="{escape(title)}">{plot}</div></figure>'
    )
