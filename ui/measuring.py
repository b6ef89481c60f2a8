"""The commands that measure how good the answers are."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import Console, RenderableType

from eval.compare import compare
from eval.floors import below, read_floors
from eval.groups import NAMES, name_of, percent
from eval.metrics.summary import summarise
from eval.outcome import Run
from eval.report import render_json
from eval.run import evaluate
from eval.saved import SavedRun, read_history, read_run
from eval.table import render_comparison, render_history, render_table
from rag.errors import BadQuestionFile
from rag.settings import Settings
from ui.ingesting import open_current, progress_bar
from ui.messages import Messages
from ui.tables import PIPE_WIDTH, write_json

LAST = "last"


def run_eval(
    settings: Settings,
    say: Messages,
    *,
    questions: Path | None,
    corpus: Path | None,
    out: Path | None,
    compare_with: str | None,
    fail_under: Sequence[str],
    as_json: bool,
) -> int:
    """Ask a question set and print how good the answers are; 1 if a floor is not reached.

    Asked of the corpus; without one, the user's questions of the stored reports, and the
    questions that came with the program of the samples.
    """
    floors = read_floors(fail_under, NAMES)
    earlier = find_run(compare_with, settings) if compare_with else None
    folder = out or _runs(settings) / f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}"
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
    _show(run, as_json=as_json)
    if earlier is not None:
        print_table(render_comparison(compare(earlier, read_run(folder))), to_stderr=as_json)
    typer.echo(say("run_written", folder=folder), err=True)
    return _judge(run, floors, say)


def run_corpus(
    folder: Path,
    settings: Settings,
    say: Messages,
    *,
    reports: int,
    seed: int,
    ask: bool,
    fail_under: Sequence[str],
    out: Path | None,
    as_json: bool,
) -> int:
    """Write made reports, and ask the set questions about them; 1 if a floor is not reached."""
    from eval.made.corpus import make_corpus  # noqa: PLC0415  for this only

    floors = read_floors(fail_under, NAMES)
    started = time.perf_counter()
    with progress_bar(say) as on_progress:
        try:
            made = make_corpus(
                folder,
                reports=reports,
                seed=seed,
                on_progress=lambda done, total: on_progress("writing", done, total),
            )
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
    seconds = round(time.perf_counter() - started, 1)
    typer.echo(say("corpus_made", count=reports, folder=folder, seconds=seconds), err=True)
    if not ask:
        return 0
    from eval.made.reading import render_reading  # noqa: PLC0415
    from eval.sets import ask_made  # noqa: PLC0415  the program itself

    results = out or _runs(settings) / f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}"
    with progress_bar(say) as on_progress:
        found = ask_made(made, out=results, on_progress=on_progress)
    _show(found.run, as_json=as_json)
    print_table(render_reading(found.reading), to_stderr=as_json)
    typer.echo(say("run_written", folder=results), err=True)
    return _judge(found.run, floors, say)


def run_history(settings: Settings, *, as_json: bool) -> None:
    """Print the runs in the data folder, oldest first."""
    runs = read_history(_runs(settings))
    if as_json:
        records = [
            {"run": run.name, "started": run.started, "questions_from": run.questions_from,
             "reports": len(run.reports), "figures": run.figures}
            for run in runs
        ]  # fmt: skip
        write_json(records, sys.stdout)
    else:
        print_table(render_history(runs))


def run_comparison(names: Sequence[str], settings: Settings, *, as_json: bool) -> None:
    """Print the second of two runs beside the first."""
    earlier, later = (find_run(name, settings) for name in names[:2])
    found = compare(earlier, later)
    if as_json:
        write_json(
            {
                "differences": {
                    name: asdict(item) | {"difference": item.difference, "certain": item.is_certain}
                    for name, item in found.differences.items()
                },
                "changes": [asdict(item) | {"verdict": item.verdict} for item in found.changes],
                "only_earlier": found.only_earlier,
                "only_later": found.only_later,
            },
            sys.stdout,
        )
    else:
        print_table(render_comparison(found))


def find_run(name: str, settings: Settings) -> SavedRun:
    """A run by its folder, its name in the data folder, or "last".

    Raises:
        BadQuestionFile: there is no such run.
    """
    if name == LAST:
        history = read_history(_runs(settings))
        if not history:
            raise BadQuestionFile(f"{_runs(settings)} holds no run yet; run `fazhi eval` first")
        return history[-1]
    path = Path(name)
    return read_run(path if path.exists() else _runs(settings) / name)


def run_eval_of_facts(say: Messages) -> None:
    """Compare the ledger with the figures that a person took down, and print each miss."""
    from eval.facts import render_facts, run_facts  # noqa: PLC0415  the gold is read for this only

    with progress_bar(say) as on_progress:
        run = run_facts(lambda done, total: on_progress("reading", done, total))
    print_table(render_facts(run))


def _runs(settings: Settings) -> Path:
    return settings.data / "runs"


def _show(run: Run, *, as_json: bool) -> None:
    if as_json:
        write_json(render_json(run), sys.stdout)
    else:
        print_table(render_table(run))


def print_table(what: RenderableType, *, to_stderr: bool = False) -> None:
    stream = sys.stderr if to_stderr else sys.stdout
    Console(file=stream, width=None if stream.isatty() else PIPE_WIDTH).print(what)


def _judge(run: Run, floors: dict[str, float], say: Messages) -> int:
    """1 where a metric is below its floor, each named; else 0."""
    short = below(summarise(run.outcomes), floors)
    for name, share in short.items():
        floor = percent(floors[name])
        typer.echo(
            say("below_floor", metric=name_of(name), share=percent(share), floor=floor), err=True
        )
    return 1 if short else 0
