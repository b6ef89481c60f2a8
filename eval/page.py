"""A run as one HTML page that needs no other file: figures, plots, wrong answers, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from eval.dataset import span_offsets
from eval.groups import GROUP_COLUMNS, NAMES, figures_by_group, name_of, percent
from eval.metrics.given import citations_of
from eval.metrics.summary import Figures, summarise
from eval.outcome import Outcome, Run
from eval.plots import Bar, Series, lines, share_bars
from eval.saved import SavedRun

AROUND = 160  # characters shown before and after what is cited
LISTED = 60  # reports named above, findings of an answer

Place = tuple[str, int, int]  # source, start, end


@dataclass(frozen=True)
class Excerpt:
    """A cited or expected span as it stands in its report."""

    anchor: str
    source: str
    before: str
    marked: str
    after: str


def render_html(
    run: Run, texts: Mapping[str, str] | None = None, history: Sequence[SavedRun] = ()
) -> str:
    """The page.

    Args:
        texts: stored text by source; with it, citations and gold of wrong answers link to
            where they stand.
        history: earlier runs; those of the same question set are plotted.
    """
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    environment.filters["percent"] = percent
    figures = summarise(run.outcomes)
    failures = [outcome for outcome in run.outcomes if not outcome.score.right]
    excerpts = excerpts_of(failures, texts or {})
    groups = figures_by_group(run)
    return environment.get_template("report.html").render(
        run=run,
        figures=figures,
        groups=groups,
        names=NAMES,
        group_columns=GROUP_COLUMNS,
        # our own SVG, its words escaped
        plots=[
            (title, Markup(plot)) for title, plot in _plots(figures, groups, history, run) if plot
        ],
        failures=failures,
        passed=[outcome for outcome in run.outcomes if outcome.score.right],
        excerpts=excerpts,
        expected=_expected_anchors(failures, texts or {}, excerpts),
        listed=LISTED,
    )


def excerpts_of(outcomes: Sequence[Outcome], texts: Mapping[str, str]) -> dict[Place, Excerpt]:
    """What the wrong answers cite and what they should have, each span once."""
    places: list[Place] = []
    for outcome in outcomes:
        places += [
            (str(item["source"]), int(item["start"]), int(item["end"]))
            for item in citations_of(outcome.answer)[:LISTED]
            if item.get("source") in texts and item.get("start") is not None
        ]
        places += [place for place in _gold_places(outcome, texts) if place]
    return {
        place: _excerpt(f"s{number}", place, texts[place[0]])
        for number, place in enumerate(dict.fromkeys(places), start=1)
    }


def _gold_places(outcome: Outcome, texts: Mapping[str, str]) -> list[Place | None]:
    return [
        (span.source, *span_offsets(span, texts[span.source])) if span.source in texts else None
        for span in outcome.question.spans
    ]


def _expected_anchors(
    outcomes: Sequence[Outcome], texts: Mapping[str, str], excerpts: Mapping[Place, Excerpt]
) -> dict[str, list[str | None]]:
    """By question id, the anchor of each gold span."""
    return {
        outcome.question.id: [
            excerpts[place].anchor if place else None for place in _gold_places(outcome, texts)
        ]
        for outcome in outcomes
    }


def _excerpt(anchor: str, place: Place, text: str) -> Excerpt:
    source, start, end = place
    return Excerpt(
        anchor,
        source,
        text[max(0, start - AROUND) : start],
        text[start:end],
        text[end : end + AROUND],
    )


def _plots(
    figures: Figures,
    groups: Mapping[str, Mapping[str, Figures]],
    history: Sequence[SavedRun],
    run: Run,
) -> list[tuple[str, str]]:
    """Metrics with their intervals, answers right and milliseconds by kind, earlier runs."""
    shares = {"right": figures.right, **figures.shares}
    bars = []
    for name, share in shares.items():
        if share is not None:
            interval = figures.intervals.get(name)
            low, high = (interval.low, interval.high) if interval else (None, None)
            counted = figures.questions if name == "right" else figures.counted[name]
            bars.append(Bar(name_of(name), share, low, high, f"of {counted}"))
    kinds = [Bar(kind, part.right, note=f"of {part.questions}, p50 {part.p50_ms:.0f} ms")
             for kind, part in groups["kind"].items()]  # fmt: skip
    metrics, by_kind = "Metrics, with 95% intervals", "Answers with nothing wrong, by kind"
    earlier = f"Earlier runs of {run.questions_from}"
    return [
        (metrics, share_bars(bars, title=metrics)),
        (by_kind, share_bars(kinds, title=by_kind)),
        (earlier, _history_plot(history, run, earlier)),
    ]


def _history_plot(history: Sequence[SavedRun], run: Run, title: str) -> str:
    same = [earlier for earlier in history if earlier.questions_from == run.questions_from]
    if not same:
        return ""
    measured = [(earlier.started, earlier.figures) for earlier in same]
    rights = [float(known["right"]) for _, known in measured]
    rights.append(summarise(run.outcomes).right)
    started = [when for when, _ in measured] + [run.started]
    points = tuple((float(number), 100 * right) for number, right in enumerate(rights))
    ends = {0.0: started[0][:10], float(len(points) - 1): started[-1][:10]}
    return lines(
        [Series("Nothing wrong", points)],
        title=title,
        x_label=f"{len(points)} runs",
        y_label="%",
        ticks=ends,
    )
