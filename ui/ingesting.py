"""The commands that change the stores, and what every command does before it reads them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from importlib.resources import as_file, files
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from ingest.check import check
from ingest.lock import WriterBusy
from ingest.mending import repair_stores
from ingest.pipeline import ingest_paths
from ingest.upkeep import bring_up_to_date, is_current
from rag.errors import StoreUnavailable
from rag.settings import Settings
from rag.stores import Stores, open_stores
from ui.messages import Messages
from ui.run_view import print_run
from ui.tables import write_json

OnProgress = Callable[[str, int, int], None]


@contextmanager
def open_current(settings: Settings, say: Messages) -> Iterator[Stores]:
    """The stores, brought up to date first where an older program or a killed ingest left them.

    While another process writes they are taken as they are: it is doing that already.
    """
    with open_stores(settings) as stores:
        if not is_current(stores):
            typer.echo(say("bringing_up_to_date"), err=True)
            try:
                with progress_bar(say) as on_progress:
                    bring_up_to_date(stores, patience=0, on_progress=on_progress)
            except WriterBusy as busy:
                typer.echo(str(busy), err=True)
        yield stores


def prepare_chat(settings: Settings, say: Messages) -> None:
    """Bring the stores up to date, and take the samples in where nothing is stored.

    Samples that were ever removed are not taken in again.
    """
    with open_current(settings, say) as stores:
        database = stores.database
        if database.file_records() or database.cards() or database.samples_removed():
            return
        typer.echo(say("samples_taken"), err=True)
        with as_file(files("ingest.samples")) as folder, progress_bar(say) as on_progress:
            reports = sorted(folder.glob("*.txt"))
            ingest_paths(reports, stores=stores, sample=True, on_progress=on_progress)


def run_ingest(
    paths: Sequence[Path],
    settings: Settings,
    say: Messages,
    *,
    prune: bool,
    watch: bool,
    as_json: bool,
) -> int:
    """Ingest and print what came of each file; gives the exit status."""
    with open_stores(settings) as stores:

        def ingest_once() -> int:
            with progress_bar(say) as on_progress:
                run = ingest_paths(
                    paths,
                    stores=stores,
                    prune=prune,
                    on_progress=on_progress,
                    on_wait=lambda: typer.echo(say("waiting"), err=True),
                )
            print_run(run, say, as_json=as_json)
            return int(any(result.verdict == "failed" for result in run.files))

        status = ingest_once()
        if watch:
            status = _follow(paths, settings, say, ingest_once, status)
    return status


def _follow(
    paths: Sequence[Path],
    settings: Settings,
    say: Messages,
    ingest_once: Callable[[], int],
    status: int,
) -> int:
    """Ingest whenever the files have changed and are still again, until Ctrl-C."""
    from ingest.watching import settled_changes  # noqa: PLC0415  only --watch needs it

    typer.echo(say("watching", count=len(paths)), err=True)
    for _ in settled_changes(paths, besides=settings.data):
        try:
            status = ingest_once()
        except StoreUnavailable as error:  # a full disk may have room again at the next change
            typer.echo(say("error") + str(error), err=True)
            status = 3
    return status


def run_check(settings: Settings, say: Messages, *, mend: bool, as_json: bool) -> int:
    """Print where database, indexes and files disagree; 1 where they do, after any repair."""
    with open_stores(settings) as stores:
        found = check(stores)
        if mend and found:
            with progress_bar(say) as on_progress:
                found = repair_stores(found, stores=stores, on_progress=on_progress)
        count = len(stores.database.cards(types=("report", "other"), include_superseded=True))
    if as_json:
        write_json([asdict(disagreement) for disagreement in found], sys.stdout)
    else:
        for disagreement in found:
            typer.echo(f"{disagreement.part}: {disagreement.what}")
    if found:
        typer.echo(say("repaired" if mend else "disagrees", count=len(found)), err=True)
    else:
        typer.echo(say("agrees", reports=count), err=True)
    return int(bool(found))


class RateColumn(ProgressColumn):
    """How many files are done a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f}/s")


@contextmanager
def progress_bar(say: Messages) -> Iterator[OnProgress]:
    """A function to be told of progress, shown on a terminal's standard error."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        tasks: dict[str, TaskID] = {}

        def on_progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(say(stage), total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield on_progress
