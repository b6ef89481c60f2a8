"""The commands about the stores as a whole: backup and restore."""

# Everything heavy is imported inside the command that needs it: --help answers at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.options import Data, say, settings_of

Target = Annotated[Path, typer.Argument(metavar="FILE", help=say("argument_backup"))]
Source = Annotated[Path, typer.Argument(metavar="FILE", help=say("argument_restore"))]


def backup(context: typer.Context, file: Target, data: Data = None) -> None:
    from ui.backups import run_backup

    run_backup(file, settings_of(context, data), say)


def restore(context: typer.Context, file: Source, data: Data = None) -> None:
    from ui.backups import run_restore

    run_restore(file, settings_of(context, data), say)


def add_commands(app: typer.Typer) -> None:
    app.command("backup", help=say("backup"))(backup)
    app.command("restore", help=say("restore"))(restore)
