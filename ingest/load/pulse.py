"""Lets a long reading tell that it goes on, page by page."""

from __future__ import annotations

from collections.abc import Callable

listener: Callable[[], None] | None = None


def beat() -> None:
    """Tell whoever listens that a part of the file is done."""
    if listener is not None:
        listener()
