"""What the rows of a report were made with, so that a newer program makes them anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from rag.errors import BadSetting

# Parts of `ingest` that read and store a report without deciding what its rows say.
NOT_STEPS = tuple(
    "__init__ backup changes check duplicates files known likeness lock made_with manifest mending "
    "own_files pipeline renewing running store upkeep watching".split()
)
# Parts of `rag` that the steps of ingest read reports with.
RAG_PARTS = ("amounts", "homophones", "indicator", "models", "place", "register", "words")


def made_with(indicators: Path | None = None) -> dict[str, str]:
    """Digests of the program's parts: of "load", file to text, and of "steps", text to rows.

    They are of the parts' files, so that no change has to be declared to take effect.

    Args:
        indicators: the user's own file of indicators, whose digest is told as well.

    Raises:
        BadSetting: that file cannot be read.
    """
    if indicators is None:
        return dict(_program())
    try:
        own = hashlib.sha256(indicators.read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise BadSetting(
            f"{indicators}: the file of indicators cannot be read ({error.strerror}); "
            "correct FAZHI_INDICATORS or unset it"
        ) from error
    return {**_program(), "indicators": own}


@cache
def _program() -> Mapping[str, str]:
    steps = [part for part in files("ingest").iterdir() if _is_step(part)]
    rag = [part for part in files("rag").iterdir() if part.name.startswith(RAG_PARTS)]
    return {
        "load": _digest([files("ingest").joinpath("load")]),
        "steps": _digest([*steps, *rag]),
    }


def _is_step(part: Traversable) -> bool:
    return part.name.partition(".")[0] not in (*NOT_STEPS, "load", "samples")


def _digest(parts: Iterable[Traversable]) -> str:
    """Of the names and bytes of files and of those in folders, 16 hexadecimal digits."""
    whole = hashlib.sha256()
    for part in sorted(parts, key=lambda part: part.name):
        if part.name.startswith(("__pycache__", ".")):
            continue
        whole.update(part.name.encode())
        inside = part.read_bytes() if part.is_file() else _digest(part.iterdir()).encode()
        whole.update(inside)
    return whole.hexdigest()[:16]
