"""One writer at a time in a data folder, across processes and threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import StoreUnavailable

PATIENCE = 600.0  # seconds a writer waits for another


class WriterBusy(StoreUnavailable):
    """Another writer did not finish in time."""


@contextmanager
def sole_writer(
    data: Path, *, patience: float = PATIENCE, on_wait: Callable[[], None] | None = None
) -> Iterator[None]:
    """Hold the folder's writer lock; the system releases it when the process dies.

    Raises:
        WriterBusy: another writer kept it for `patience` seconds.
        StoreUnavailable: the folder cannot be written.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = FileLock(data / "writer.lock")
        _acquire(lock, patience, on_wait)
    except OSError as error:
        raise StoreUnavailable(
            f"the data folder {data} cannot be written: {error.strerror or error}; "
            "choose another with --data"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _acquire(lock: FileLock, patience: float, on_wait: Callable[[], None] | None) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if on_wait is not None:
            on_wait()
        try:
            lock.acquire(timeout=patience)
        except Timeout as error:
            raise WriterBusy(
                f"another fazhi is writing and holds {lock.lock_file}; "
                "wait for it to end, then try again"
            ) from error
