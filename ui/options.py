"""What every command of the command line shares: messages, --data, --json, settings, exit status."""

# Everything heavy is imported inside the command that needs it: --help answers at once.
# ruff: noqa: PLC0415

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.messages import Messages, locale_language

if TYPE_CHECKING:
    from rag.settings import Settings

say = Messages(locale_language(os.environ))

Data = Annotated[
    Path | None, typer.Option("--data", metavar="DIR", help=say("option_data"), file_okay=False)
]
Json = Annotated[bool, typer.Option("--json", help=say("option_json"))]


def settings_of(context: typer.Context, data: Path | None) -> Settings:
    """The settings, with the data folder named after the command, or before it."""
    from rag.settings import read_settings

    settings = read_settings(data or context.obj)
    if settings.chat_model:
        from ui.chat_model import log_costs

        log_costs()
    return settings


def leave(status: int) -> None:
    """End the command with that exit status, if it is one of failure."""
    if status:
        raise typer.Exit(status)
