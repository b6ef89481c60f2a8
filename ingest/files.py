"""Which files an ingest looks at, and what came of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.load import is_there, members, read
from rag.errors import UnreadableFile
from rag.models import ReportCard, ReportType

Verdict = Literal[
    "added", "updated", "unchanged", "duplicate", "other_document", "failed", "removed"
]


@dataclass(frozen=True)
class FileResult:
    """What came of one file; the fields and their order are those of `ingest --json`."""

    source: str  # file name
    verdict: Verdict
    type: ReportType | None = None
    report_id: str | None = None
    encoding: str | None = None
    pages: int | None = None
    sections: int = 0
    paragraphs: int = 0
    facts: int = 0
    warnings: tuple[str, ...] = ()
    error: str | None = None

    @classmethod
    def of(cls, source: str, verdict: Verdict, card: ReportCard) -> FileResult:
        return cls(
            source=source,
            verdict=verdict,
            type=card.type,
            report_id=card.id,
            encoding=card.encoding,
            pages=card.pages,
            sections=card.sections,
            paragraphs=card.paragraphs,
            facts=card.facts,
            warnings=card.warnings,
        )


@dataclass(frozen=True)
class IngestRun:
    files: tuple[FileResult, ...]
    seconds: float


def files_under(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files among the paths and in their folders and archives, absolute, each once, in order.

    A file in an archive has a path as if the archive were a folder. Hidden files, the lock
    files of office programs and the folders that browsers save beside a page are passed
    over in folders. A path that does not exist, and an archive that can not be unpacked,
    is given back as it is, to be reported.
    """
    found: dict[Path, None] = {}
    for path in paths:
        whole = path.expanduser().resolve()
        for one in _walk(whole) if whole.is_dir() else (whole,):
            found.update(dict.fromkeys(_unpacked(one)))
    return tuple(found)


def digest(path: Path) -> str:
    """The SHA-256 of the file's bytes, in hexadecimal.

    Raises:
        UnreadableFile: the file is missing or may not be read.
    """
    try:
        if not path.exists() and is_there(path):
            return hashlib.sha256(read(path)).hexdigest()
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(
            f"{path}: {error.strerror}; check the name and that you may read it"
        ) from error


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")) or _is_of_page(path):
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def _is_of_page(path: Path) -> bool:
    """Whether a folder holds the pictures and scripts of a saved page beside it."""
    stem, mark, _ = path.name.rpartition("_files")
    return bool(mark) and any(path.with_name(stem + end).exists() for end in (".html", ".htm"))


def _unpacked(path: Path) -> tuple[Path, ...]:
    try:
        return members(path) or (path,)
    except UnreadableFile:
        return (path,)
