"""Which files an ingest looks at, and what came of each."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.changes import TownChanges
from ingest.duplicates import Duplicate
from ingest.load import is_there, members, read
from ingest.load.archive import split
from rag.errors import UnreadableFile
from rag.models import ReportCard, ReportType

Verdict = Literal[
    "added", "updated", "unchanged", "duplicate", "other_document", "failed", "removed"
]
_SETTLED_NS = 2_000_000_000
_CACHES = ("__pycache__", "node_modules")
_SYSTEM = ("desktop.ini", "thumbs.db")
_PROGRAMS = frozenset(
    ".py .pyc .pyo .ipynb .js .mjs .ts .css .sh .bat .cmd .ps1 .exe .msi .dll .so .dylib .jar .class "
    ".c .h .cpp .java .go .rs .lnk .url .ini .sqlite .db .db-wal .db-shm .log .lock .bak .swp "
    ".tmp .part .partial .crdownload .download".split()
)


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
    """What came of a run; `ingest --json` prints it."""

    files: tuple[FileResult, ...]
    seconds: float
    changes: tuple[TownChanges, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    skipped: tuple[str, ...] = ()  # files that a folder holds and that are no reports
    originals_not_kept: int = 0  # for want of room under FAZHI_ORIGINALS


@dataclass(frozen=True)
class Found:
    """The files to read, and those that were passed over."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]


def find_files(paths: Iterable[Path], *, besides: Path | None = None) -> Found:
    """The files among the paths and in their folders and archives, absolute, each once, in order.

    A file in an archive has a path as if the archive were a folder. In folders, hidden files,
    programs, the lock files of office programs, unfinished downloads and the folders that
    browsers save beside a page are passed over. A path that does not exist, a folder that
    cannot be listed, and an archive that cannot be unpacked are given back as they are, to
    be reported.

    Args:
        besides: a folder that is not looked into (the program's own).
    """
    own = besides.resolve() if besides else None
    found: dict[Path, None] = {}
    skipped: dict[Path, None] = {}
    for path in paths:
        whole = path.expanduser().resolve()
        for one, wanted in _walk(whole, own) if whole.is_dir() else ((whole, True),):
            if wanted:
                found.update(dict.fromkeys(_unpacked(one)))
            else:
                skipped[one] = None
    return Found(tuple(found), tuple(skipped))


def files_under(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files to read among the paths; see find_files()."""
    return find_files(paths).files


def state_of(path: Path) -> tuple[int, int] | None:
    """Size in bytes and time of the last change in nanoseconds; None where they cannot be relied on.

    They are of the archive where the file is in one. A file that was changed in the last two
    seconds may change again without either showing it.
    """
    inside = split(path)
    try:
        state = (path if inside is None else inside[0]).stat()
    except OSError:
        return None  # reading it will say what is wrong
    if time.time_ns() - state.st_mtime_ns < _SETTLED_NS:
        return None
    return state.st_size, state.st_mtime_ns


def digest(path: Path) -> str:
    """The SHA-256 of the file's bytes, in hexadecimal.

    Raises:
        UnreadableFile: the file is missing or may not be read.
    """
    try:
        if path.is_dir():
            raise UnreadableFile(f"{path}: the folder cannot be listed; check that you may read it")
        if not path.exists() and is_there(path):
            return hashlib.sha256(read(path)).hexdigest()
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(
            f"{path}: {error.strerror}; check the name and that you may read it"
        ) from error


def _walk(folder: Path, own: Path | None) -> Iterator[tuple[Path, bool]]:
    """The files below a folder, each with whether it may be a report."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder, True
        return
    for path in entries:
        if path.is_dir():
            if path != own and not _is_passed_over(path):
                yield from _walk(path, own)
        else:
            yield path, not _is_no_report(path)


def _is_passed_over(folder: Path) -> bool:
    return folder.name.startswith(".") or folder.name in _CACHES or _is_of_page(folder)


def _is_no_report(path: Path) -> bool:
    name = path.name.lower()
    return name.startswith((".", "~$")) or name in _SYSTEM or path.suffix.lower() in _PROGRAMS


def _is_of_page(path: Path) -> bool:
    """Whether a folder holds the pictures and scripts of a saved page beside it."""
    stem, mark, _ = path.name.rpartition("_files")
    return bool(mark) and any(path.with_name(stem + end).exists() for end in (".html", ".htm"))


def _unpacked(path: Path) -> tuple[Path, ...]:
    try:
        return members(path) or (path,)
    except UnreadableFile:
        return (path,)
