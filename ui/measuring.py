"""The commands that measure: how good the answers are, and how fast."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import Console

from eval.report import render_json
from eval.run import evaluate
from eval.table import render_table
from rag.settings import Settings
from ui.ingesting import open_current, progress_bar
from ui.messages import Messages
from ui.tables import PIPE_WIDTH, write_json, write_table


def run_eval(
    settings: Settings,
    say: Messages,
    *,
    questions: Path | None,
    corpus: Path | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Ask a question set and print how good the answers are.

    Asked of the corpus; without one, the user's questions of the stored reports, and the
    questions that came with the program of the samples.
    """
    folder = out or settings.data / "runs" / f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}"
    with ExitStack() as stack:
        stored = None
        if questions is not None and corpus is None:
            stored = stack.enter_context(open_current(settings, say))
        on_progress = stack.enter_context(progress_bar(say))
        run = evaluate(
            questions=questions,
            corpus=corpus,
            out=folder,
            stores=stored,
            on_progress=lambda done, total: on_progress("answering", done, total),
        )
    if as_json:
        write_json(render_json(run), sys.stdout)
    else:
        width = None if sys.stdout.isatty() else PIPE_WIDTH
        Console(file=sys.stdout, width=width).print(render_table(run))
    typer.echo(say("run_written", folder=folder), err=True)


def run_eval_of_facts(say: Messages) -> None:
    """Compare the ledger with the figures that a person took down, and print each miss."""
    from eval.facts import render_facts, run_facts  # noqa: PLC0415  the gold is read for this only

    with progress_bar(say) as on_progress:
        run = run_facts(lambda done, total: on_progress("reading", done, total))
    width = None if sys.stdout.isatty() else PIPE_WIDTH
    Console(file=sys.stdout, width=width).print(render_facts(run))


def run_bench_command(say: Messages, *, reports: int, as_json: bool) -> None:
    """Measure on copies of the samples, and print a figure a line."""
    from eval.bench import run_bench  # noqa: PLC0415  what it measures with is only its own

    with progress_bar(say) as on_progress:
        figures = run_bench(reports=reports, on_progress=on_progress)
    if as_json:
        write_json(figures, sys.stdout)
    else:
        records = [{"figure": name, "value": value} for name, value in figures.items()]
        write_table(records, ("figure", "value"), sys.stdout, say)
