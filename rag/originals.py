"""The files that reports were read from, kept as they were, each under the digest of its bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from rag.errors import StoreUnavailable


@dataclass(frozen=True)
class Original:
    """A kept file, to be offered for download."""

    name: str  # the file's own, after the archive's where it came in one
    path: Path  # where its bytes lie


class Originals:
    """A folder of kept files. A file is there whole or not at all, whatever was killed."""

    def __init__(self, folder: Path, limit: int) -> None:
        """`limit`: bytes of all kept files together; 0 keeps none."""
        self.folder = folder
        self._limit = limit
        self._total: int | None = None

    def path(self, sha256: str) -> Path:
        """Where the bytes of this digest lie if they are kept."""
        return self.folder / sha256[:2] / sha256

    def holds(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def keep(self, sha256: str, data: bytes) -> bool:
        """Keep the bytes of this digest; False where they would go beyond the limit.

        Raises:
            StoreUnavailable: the folder cannot be written, or the disk is full.
        """
        path = self.path(sha256)
        if path.is_file():
            return True
        if self._total is None:
            self._total = sum(found.stat().st_size for found in self._files())
        if self._total + len(data) > self._limit:
            return False
        try:
            write_whole(path, data)
        except OSError as error:
            raise StoreUnavailable(
                f"the original of a report cannot be kept in {path.parent}: "
                f"{error.strerror or error}; free some space or make the folder writable, then "
                "ingest again: nothing was lost (FAZHI_ORIGINALS=0 keeps no originals)"
            ) from error
        self._total += len(data)
        return True

    def discard(self, sha256: str) -> None:
        path = self.path(sha256)
        with suppress(FileNotFoundError):
            size = path.stat().st_size
            path.unlink()
            self._total = None if self._total is None else self._total - size
        with suppress(OSError):
            path.parent.rmdir()  # where it was the last one in it

    def digests(self) -> set[str]:
        """The digests of all kept files."""
        return {path.name for path in self._files() if not path.name.startswith(".")}

    def sweep(self, wanted: set[str]) -> None:
        """Discard what is not wanted, and what a kill left half-written.

        To be called by the sole writer.
        """
        for path in list(self._files()):
            if path.name.startswith("."):
                path.unlink()
            elif path.name not in wanted:
                self.discard(path.name)

    def _files(self) -> Iterator[Path]:
        if not self.folder.is_dir():
            return
        for entry in os.scandir(self.folder):
            if entry.is_dir():
                yield from (Path(found.path) for found in os.scandir(entry.path))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all, whatever stops the program meanwhile.

    Raises:
        OSError: the folder cannot be written; a file that stood there is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            Path(file.name).unlink()
            raise
    Path(file.name).replace(path)
