"""The commands that put all that is stored into one file, and back."""

from __future__ import annotations

from pathlib import Path

import typer

from ingest.backup import back_up, restore
from rag.settings import Settings
from rag.stores import open_stores
from ui.ingesting import progress_bar
from ui.messages import Messages


def run_backup(target: Path, settings: Settings, say: Messages) -> None:
    """Write the backup and say what is in it."""
    with open_stores(settings) as stores:
        made = back_up(stores, target, on_wait=lambda: typer.echo(say("waiting"), err=True))
    megabytes = f"{made.bytes / 1_000_000:.1f}"
    typer.echo(say("backed_up", reports=made.reports, file=target, megabytes=megabytes), err=True)


def run_restore(source: Path, settings: Settings, say: Messages) -> None:
    """Restore the backup and say what is stored now."""
    with open_stores(settings) as stores, progress_bar(say) as on_progress:
        made = restore(
            stores,
            source,
            on_progress=on_progress,
            on_wait=lambda: typer.echo(say("waiting"), err=True),
        )
    typer.echo(say("restored", reports=made.reports, file=source), err=True)
