"""Files that a browser sends: kept in a folder of the data folder, never over another file.

An upload is begun, its files are received one by one, and then it is taken in. Its folder has
a name that the server made; a file's own name only ever becomes a name inside that folder.
"""

from __future__ import annotations

import os
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import BinaryIO, Literal

from ingest.load.archive import MOST_BYTES
from ingest.load.formats import format_of
from ingest.load.refused import REASONS
from rag.errors import FazhiError
from ui.rooms.reports.file_names import safe_name, unused_name

MOST_FILES = 200  # of one upload
MOST_AT_ONCE = 20  # uploads begun and not yet taken in
MOST_IN_ALL = 4 * 2**30  # bytes of all files that were ever uploaded and are still there
LASTS = 3600.0  # seconds after which an upload that nobody takes in is thrown away
# What a report comes in; the formats that ingest reads (ingest.load).
ENDINGS = (
    ".txt", ".md", ".docx", ".docm", ".doc", ".wps", ".rtf", ".odt", ".pdf", ".ofd", ".html", ".htm",
    ".xhtml", ".shtml", ".mht", ".mhtml", ".zip", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp",
    ".gif", ".webp",
)  # fmt: skip
Reason = Literal[
    "upload_unknown", "upload_too_many", "upload_too_large", "upload_full", "upload_type",
    "upload_busy", "upload_content", "upload_no_space", "upload_empty",
]  # fmt: skip


class UploadRefused(FazhiError):
    """An upload or one of its files is not accepted; `reason` is a key of texts.yaml."""

    def __init__(self, reason: Reason, **values: object) -> None:
        super().__init__(f"{reason} {values}")
        self.reason = reason
        self.values = values


@dataclass
class _Upload:
    folder: Path
    expected: int  # files announced
    begun: float
    names: set[str] = field(default_factory=set)  # of files received or being received
    left: int = 0  # files that may still come
    open: int = 0  # files being received


class Uploads:
    """The uploads of one server. Many threads may use it."""

    def __init__(
        self,
        folder: Path,
        *,
        largest: int = MOST_BYTES,
        most_in_all: int = MOST_IN_ALL,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.folder = folder
        self.largest = largest  # bytes of one file
        self._most_in_all = most_in_all
        self._now = now
        self._lock = threading.Lock()
        self._open: dict[str, _Upload] = {}
        self._held: int | None = None  # bytes in the folder

    def begin(self, count: int) -> str:
        """The id of a new upload of so many files; raises UploadRefused."""
        if not 1 <= count <= MOST_FILES:
            raise UploadRefused("upload_too_many", most=MOST_FILES)
        with self._lock:
            self._drop_forgotten()
            self._held = None  # reports may have been removed since, with their files
            if len(self._open) >= MOST_AT_ONCE:
                raise UploadRefused("upload_busy")
            name = secrets.token_hex(12)
            self._open[name] = _Upload(self.folder / name, count, self._now(), left=count)
            return name

    def receive(self, upload: str, name: str, announced: int | None) -> Receiving:
        """Where the bytes of a file go, to be used in a `with`; raises UploadRefused.

        Args:
            name: as the browser gives it; anything may stand in it.
            announced: how many bytes are to come, where that is said.
        """
        safe = safe_name(name)
        if PurePath(safe).suffix.lower() not in ENDINGS:
            raise UploadRefused("upload_type", name=safe, endings=" ".join(ENDINGS))
        if announced is not None and announced > self.largest:
            raise UploadRefused("upload_too_large", name=safe, most=self.largest >> 20)
        with self._lock:
            found = self._open.get(upload)
            if found is None:
                raise UploadRefused("upload_unknown")
            if not found.left:
                raise UploadRefused("upload_too_many", most=found.expected)
            self._reserve(announced or 0)
            found.left -= 1
            found.open += 1
            safe = unused_name(safe, found.names)
            found.names.add(safe)
        return Receiving(self, found, safe)

    def close(self, upload: str) -> tuple[Path, ...]:
        """The files of an upload that is complete, in the order of their names.

        Raises:
            UploadRefused: there is no such upload, files are still being received, or none came.
        """
        with self._lock:
            found = self._open.get(upload)
            if found is None:
                raise UploadRefused("upload_unknown")
            if found.open:
                raise UploadRefused("upload_busy")
            del self._open[upload]
        files = sorted(found.folder.iterdir()) if found.folder.is_dir() else []
        if not files:
            raise UploadRefused("upload_empty")
        return tuple(files)

    def _reserve(self, size: int) -> None:
        if self._held is None:
            there = self.folder.rglob("*") if self.folder.is_dir() else ()
            self._held = sum(path.stat().st_size for path in there if path.is_file())
        if self._held + size > self._most_in_all:
            raise UploadRefused("upload_full", most=self._most_in_all >> 30)

    def _drop_forgotten(self) -> None:
        for name, upload in list(self._open.items()):
            if self._now() - upload.begun > LASTS and not upload.open:
                del self._open[name]
                shutil.rmtree(upload.folder, ignore_errors=True)
                self._held = None

    def _settle(self, upload: _Upload, name: str, size: int, *, kept: bool) -> None:
        with self._lock:
            upload.open -= 1
            if kept and self._held is not None:
                self._held += size
            elif not kept:
                upload.names.discard(name)
                upload.left += 1


class Receiving:
    """A file while its bytes come in; it has its name only when it is whole."""

    def __init__(self, uploads: Uploads, upload: _Upload, name: str) -> None:
        self.name = name
        self._uploads = uploads
        self._upload = upload
        self._size = 0
        self._file: BinaryIO | None = None
        # Outside the upload's folder, so that what is cut off is never taken in.
        self._part = uploads.folder / f".{secrets.token_hex(12)}.part"

    def __enter__(self) -> Receiving:
        try:
            self._part.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._part.open("xb")
        except OSError as error:
            self._uploads._settle(self._upload, self.name, 0, kept=False)
            raise UploadRefused("upload_no_space", detail=error.strerror or error) from error
        return self

    def write(self, chunk: bytes) -> None:
        """The next bytes; raises UploadRefused where they are too many."""
        self._size += len(chunk)
        if self._size > self._uploads.largest:
            raise UploadRefused(
                "upload_too_large", name=self.name, most=self._uploads.largest >> 20
            )
        assert self._file is not None
        try:
            self._file.write(chunk)
        except OSError as error:
            raise UploadRefused("upload_no_space", detail=error.strerror or error) from error

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        kept = False
        try:
            if self._file is not None:
                self._file.close()
            if kind is None:
                self._keep()
                kept = True
        finally:
            self._part.unlink(missing_ok=True)
            self._uploads._settle(self._upload, self.name, self._size, kept=kept)

    def _keep(self) -> None:
        """Give the file its name, unless it holds what no report comes in."""
        found = format_of(self._part.read_bytes(), self.name)
        if found in REASONS and found != "zip":
            raise UploadRefused("upload_content", name=self.name, detail=REASONS[found])
        self._upload.folder.mkdir(parents=True, exist_ok=True)
        os.link(self._part, self._upload.folder / self.name)  # fails where something is there
