"""What the command line does about a chat model: check it at the start, log what it costs."""

from __future__ import annotations

import logging

import typer

from rag.errors import ModelFailed
from rag.settings import Settings
from ui.messages import Messages

COSTING = ("rag.write", "rag.plan.model_reading")  # the loggers that say what a model costs


def check_model(settings: Settings, say: Messages) -> None:
    """Ask the model of the settings for a word, where they name one.

    A provider that cannot be reached now is told and no more.

    Raises:
        BadSetting: it cannot be opened, its key is refused, or there is no such model.
    """
    if not settings.chat_model:
        return
    from rag.chat_model import open_chat_model  # noqa: PLC0415  only with a model

    try:
        open_chat_model(settings).check()
    except ModelFailed as failed:
        typer.echo(say("model_unreachable", why=failed), err=True)


def log_costs() -> None:
    """Write a line an answer to standard error: calls, tokens, cost, what passed the checks."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    for name in COSTING:
        log = logging.getLogger(name)
        log.setLevel(logging.INFO)
        if not log.handlers:
            log.addHandler(handler)
