"""File to text, one file per format."""

from __future__ import annotations

from pathlib import Path

from ingest.load.text import load_text
from ingest.models import Loaded
from rag.errors import UnreadableFile

__all__ = ["Loaded", "load"]

LOADERS = {".txt": load_text, ".md": load_text}


def load(path: Path) -> Loaded:
    """The text of a report file, by the format its name ends in.

    Raises:
        UnreadableFile: there is no such file, its format is not known, or its text
            cannot be got out without loss.
    """
    loader = LOADERS.get(path.suffix.lower())
    if loader is None:
        known = ", ".join(sorted(LOADERS))
        raise UnreadableFile(
            f"{path.name}: unknown format {path.suffix or '(no ending)'}; "
            f"save it as one of {known} and ingest that"
        )
    return loader(path)
