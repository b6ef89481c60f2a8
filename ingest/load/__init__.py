"""File to text, one file per format; what a file is decides its content, then its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.load.apart import APART, reader
from ingest.load.archive import is_there, members, read, source_of
from ingest.load.formats import Format, format_of
from ingest.load.ofd import load_ofd
from ingest.load.office import load_office
from ingest.load.refused import refuse
from ingest.load.text import load_text
from ingest.load.word import load_word
from ingest.models import Loaded
from rag.errors import UnreadableFile

__all__ = ["Loaded", "is_there", "load", "load_bytes", "members", "read", "source_of"]

LOADERS: dict[Format, Callable[[bytes, str], Loaded]] = {
    "text": load_text,
    "docx": load_word,
    "office": load_office,
    "ofd": load_ofd,
}
MOST_CHARACTERS = 1_000_000  # a report of 20 pages has 15,000
DEEPEST = "is nested too deeply to be a report; open it and save it anew"


def load(path: Path) -> Loaded:
    """The text of a report file, or of a file in an archive ("reports.zip/石桥镇.docx").

    Raises:
        UnreadableFile: there is no such file, its format is not known, or its text
            cannot be got out without loss.
    """
    return load_bytes(read(path), source_of(path))


def load_bytes(data: bytes, name: str) -> Loaded:
    """The text of a report file with these bytes and this name; raises as load() does."""
    kind = format_of(data, name)
    if kind in APART:
        return bounded(reader.load(kind, data, name), name)
    loader = LOADERS.get(kind)
    if loader is None:
        raise refuse(kind, name)
    try:
        return bounded(loader(data, name), name)
    except RecursionError as error:
        raise UnreadableFile(f"{name}: {DEEPEST}") from error


def bounded(loaded: Loaded, name: str) -> Loaded:
    """The loaded text, unless it is longer than any report."""
    if len(loaded.text) > MOST_CHARACTERS:
        raise UnreadableFile(
            f"{name}: holds {len(loaded.text)} characters, and a report not more than "
            f"{MOST_CHARACTERS}; ingest its parts"
        )
    return loaded
