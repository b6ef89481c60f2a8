"""What a file is to the store: new, the same, changed, or another copy."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypedDict

from ingest.files import FileResult, digest
from ingest.load import is_there, source_of
from rag.database import Database, FileRecord
from rag.errors import ReportNotFound
from rag.models import ReportCard

ID_LENGTH = 12


@dataclass(frozen=True)
class Standing:
    """How a file stands to the reports that are stored.

    A report's id is made of the bytes it was first ingested with, and stays when the file
    at its path changes or moves.
    """

    kind: Literal["new", "same", "changed", "duplicate"]
    report_id: str  # of the file's report; of a duplicate: of the report it repeats
    replaces: str | None = None  # the path whose file this one takes the place of
    abandoned: str | None = None  # the report that no file stands for any more


def standing_of(path: Path, sha256: str, database: Database, *, sample: bool) -> Standing:
    """How the file at this path with these bytes stands to the stored reports.

    A copy of a stored file is a duplicate, unless that file is gone (then it has moved)
    or is a sample of the program and the copy is the user's own.
    """
    own = next(iter(database.file_records(path=str(path))), None)
    owned = own.report_id if own is not None and own.verdict != "duplicate" else None
    for holder in _holders(database, sha256, path):
        report_id = str(holder.report_id)
        abandoned = owned if owned != report_id else None
        claimed = database.card(report_id).sample and not sample
        if _still_holds(holder) and not claimed:
            return Standing("duplicate", report_id, abandoned=abandoned)
        return Standing("changed", report_id, replaces=holder.path, abandoned=abandoned)
    if own is None or owned is None:
        orphan = own.report_id if own is not None and own.sha256 == sha256 else None
        if orphan is not None and not _owners(database, orphan):
            return Standing("changed", orphan)
        return Standing("new", new_id(path, sha256, database))
    same = own.sha256 == sha256 and own.verdict != "failed"
    return Standing("same" if same else "changed", owned)


def new_id(path: Path, sha256: str, database: Database) -> str:
    """The id of a new report: the first digits of its bytes' digest."""
    report_id = sha256[:ID_LENGTH]
    try:
        database.card(report_id)
    except ReportNotFound:
        return report_id
    # The report first made of these bytes has changed since; its id remains its own.
    return hashlib.sha256(f"{sha256} {path}".encode()).hexdigest()[:ID_LENGTH]


def keep_duplicate(
    path: Path, sha256: str, standing: Standing, database: Database, run: int
) -> FileResult:
    """Take down that the file repeats a stored report."""
    record = FileRecord(str(path), sha256, "duplicate", standing.report_id)
    if database.file_records(path=str(path)) != (record,):
        database.record_file(record, run=run, **let_go(standing))
    return FileResult.of(source_of(path), "duplicate", database.card(standing.report_id))


class LetGo(TypedDict):
    """What a file takes the place of, to be removed in the transaction that takes it in."""

    instead_of: tuple[str, ...]  # report ids
    forget: tuple[str, ...]  # paths


def let_go(standing: Standing) -> LetGo:
    return {
        "instead_of": (standing.abandoned,) if standing.abandoned else (),
        "forget": (standing.replaces,) if standing.replaces else (),
    }


def prune_files(
    folders: Iterable[Path], database: Database, *, before: Callable[[ReportCard], None]
) -> Iterator[FileResult]:
    """Remove the reports whose files are gone from these folders, and tell of each.

    A folder that is not there itself is left alone: it may be on a disk that is not mounted.

    Args:
        before: called with each report that is about to be removed.
    """
    for record in _missing_files(folders, database):
        source = source_of(Path(record.path))
        held = record.report_id if record.verdict != "duplicate" else None
        if held is None or _has_another_file(record, database):
            database.forget_file(record.path)
        else:
            card = database.card(held)
            before(card)
            database.remove_report(card.id)
            yield FileResult.of(source, "removed", card)


def _missing_files(folders: Iterable[Path], database: Database) -> Iterator[FileRecord]:
    """The records of files that are gone from these folders."""
    wholes = [folder.expanduser().resolve() for folder in folders]
    roots = [whole for whole in wholes if whole.exists()]
    for record in database.file_records():
        path = Path(record.path)
        if any(path.is_relative_to(root) for root in roots) and _is_gone(path):
            yield record


def _is_gone(path: Path) -> bool:
    try:
        return not is_there(path)
    except PermissionError:
        return False  # it may be there, in a folder that cannot be looked into


def _has_another_file(record: FileRecord, database: Database) -> bool:
    """Whether another file with the content of the record's report is there."""
    others = database.file_records(report_id=record.report_id)
    return any(other.path != record.path and is_there(Path(other.path)) for other in others)


def _holders(database: Database, sha256: str, path: Path) -> Iterator[FileRecord]:
    """Records of other files that brought a report in with these bytes, and hold no others."""
    for record in database.file_records(sha256=sha256):
        brought = record.report_id is not None and record.verdict not in ("duplicate", "failed")
        there = is_there(Path(record.path))
        if brought and record.path != str(path) and (not there or _still_holds(record)):
            yield record


def _still_holds(record: FileRecord) -> bool:
    path = Path(record.path)
    return is_there(path) and digest(path) == record.sha256


def _owners(database: Database, report_id: str) -> tuple[FileRecord, ...]:
    records = database.file_records(report_id=report_id)
    return tuple(record for record in records if record.verdict != "duplicate")
