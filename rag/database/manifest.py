"""Which files were ingested, and what came of each."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from rag.database.schema import files, runs


@dataclass(frozen=True)
class FileRecord:
    """What came of a file the last time it was ingested."""

    path: str  # absolute
    sha256: str | None  # None: its bytes could not be read
    verdict: str  # added | updated | duplicate | other_document | failed
    report_id: str | None
    error: str | None = None
    size: int | None = None  # bytes on disk, and the time of the last change in nanoseconds:
    changed_ns: int | None = None  # None where they cannot tell a later change


@dataclass(frozen=True)
class RunSummary:
    """How many runs of the ingester there were."""

    finished: int
    unfinished: int  # going on, or killed
    last: datetime | None  # when the last one to finish did


_COLUMNS = tuple(files.c[field.name] for field in fields(FileRecord))


def read_files(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[FileRecord, ...]:
    query = select(*_COLUMNS).where(*conditions).order_by(files.c.path)
    return tuple(FileRecord(*row) for row in connection.execute(query))


def put_file(connection: Connection, record: FileRecord, run: int | None) -> None:
    forget_file(connection, record.path)
    values = asdict(record) | {"run_id": run, "checked": _now()}
    connection.execute(insert(files).values(values))


def forget_file(connection: Connection, path: str) -> None:
    connection.execute(delete(files).where(files.c.path == path))


def start_run(connection: Connection) -> int:
    query = insert(runs).values(started=_now()).returning(runs.c.id)
    run: int = connection.execute(query).scalar_one()
    return run


def finish_run(connection: Connection, run: int) -> None:
    """Take down that this run ended, and with it what earlier ones that were killed left to do."""
    open_until = (runs.c.id <= run) & runs.c.finished.is_(None)
    connection.execute(update(runs).where(open_until).values(finished=_now()))


def read_run_summary(connection: Connection) -> RunSummary:
    query = select(func.count(), func.count(runs.c.finished), func.max(runs.c.finished))
    number, finished, last = connection.execute(query.select_from(runs)).one()
    return RunSummary(finished, number - finished, datetime.fromisoformat(last) if last else None)


def count_verdicts(connection: Connection) -> dict[str, int]:
    """How many files came to each verdict the last time they were ingested."""
    query = select(files.c.verdict, func.count()).group_by(files.c.verdict)
    return {row[0]: row[1] for row in sorted(connection.execute(query))}


def is_run_unfinished(connection: Connection) -> bool:
    found = connection.execute(select(runs.c.id).where(runs.c.finished.is_(None)).limit(1))
    return found.first() is not None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
