"""What the rows of a report were made with, so that a newer program makes them anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

# Parts of `ingest` that read and store a report without deciding what its rows say.
NOT_STEPS = tuple(
    "__init__ backup changes check duplicates files known likeness lock made_with manifest mending "
    "pipeline running store watching".split()
)
# Parts of `rag` that the steps of ingest read reports with.
RAG_PARTS = ("amounts", "homophones", "indicator", "models", "place", "register", "words")


@cache
def made_with() -> dict[str, str]:
    """Digests of the program's parts: of "load", file to text, and of "steps", text to rows.

    They are of the parts' files, so that no change has to be declared to take effect.
    """
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
