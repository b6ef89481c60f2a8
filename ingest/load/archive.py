"""Bytes of files on disk and of the files in zip archives, within bounds.

A file in an archive has a path as if the archive were a folder:
"reports.zip/2023/石桥镇.docx".
"""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from ingest.load.formats import format_of, format_of_parts
from rag.errors import UnreadableFile

MOST_BYTES = 128 * 2**20  # of one file, unpacked
MOST_TOTAL = 1024 * 2**20  # of all files of an archive, unpacked
MOST_MEMBERS = 5000
MOST_RATIO = 250  # unpacked to packed, of a file above LEAST_RATED
LEAST_RATED = 2**20
DEEPEST = 3  # archives inside one another
BROKEN = (BadZipFile, zlib.error, LZMAError, EOFError, OSError, ValueError, NotImplementedError)


def read(path: Path) -> bytes:
    """The bytes of a file, or of a file in an archive.

    Raises:
        UnreadableFile: it is missing, may not be read, is too large or packed suspiciously.
    """
    inside = split(path)
    if inside is None:
        return read_from_disk(path)
    archive, parts = inside
    return unpack(archive, parts, archive.name)


def is_there(path: Path) -> bool:
    """Whether the file, or the file in an archive, is there to be read."""
    if path.exists():
        return True
    inside = split(path)
    if inside is None:
        return False
    try:
        return path in members(inside[0])
    except UnreadableFile:
        return False


def members(path: Path) -> tuple[Path, ...]:
    """The paths of the files in a zip archive, in order; empty where the file is none.

    Left out are folders, hidden files, and what macOS and office programs leave behind.

    Raises:
        UnreadableFile: the archive is damaged, or above the bounds in size, count or ratio.
    """
    try:
        with path.open("rb") as file:
            if not file.read(4).startswith(b"PK"):
                return ()
            state = path.stat()
    except OSError:
        return ()  # reading it will say what is wrong
    return members_at(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def members_at(path: Path, _changed: int, _size: int) -> tuple[Path, ...]:
    """The members of an archive as it was changed last."""
    return tuple(sorted(members_of(path, path, path.name, 1)))


def members_of(archive: Path | bytes, path: Path, name: str, depth: int) -> Iterator[Path]:
    with opened(archive, name) as container:
        if format_of_parts(container.namelist()) != "zip":
            return
        for info in container.infolist():
            member = PurePosixPath(name_of(info))
            if info.is_dir() or not is_wanted(member):
                continue
            whole = path / member
            if member.suffix.lower() == ".zip" and depth < DEEPEST:
                inner = unpacked(container, info, name)
                if format_of(inner, member.name) == "zip":
                    yield from members_of(inner, whole, f"{name}/{member}", depth + 1)
                    continue
            yield whole


def source_of(path: Path) -> str:
    """The name that a report is known by: the file's, after the archive's where it is in one."""
    inside = split(path)
    return path.name if inside is None else f"{inside[0].name}/{inside[1]}"


def is_wanted(member: PurePosixPath) -> bool:
    return not any(
        part.startswith((".", "~$")) or part in ("__MACOSX", "Thumbs.db") for part in member.parts
    )


def split(path: Path) -> tuple[Path, PurePosixPath] | None:
    """The archive on disk that a path leads into, and the rest of the path."""
    for folder in path.parents:
        if folder.is_file():
            return folder, PurePosixPath(path.relative_to(folder).as_posix())
        if folder.exists():
            return None
    return None


def read_from_disk(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableFile(f"{path.name}: is no file; name a file or a folder")
        if size > MOST_BYTES:
            raise UnreadableFile(
                f"{path.name}: has {size >> 20} MB, more than the {MOST_BYTES >> 20} MB that a "
                "report may have; ingest its parts, or a folder in place of an archive"
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"{path.name}: cannot be read ({error.strerror}); check the path and its permissions"
        ) from error


def unpack(archive: Path | bytes, parts: PurePosixPath, name: str, depth: int = 1) -> bytes:
    """The bytes of the file at `parts` in an archive, or in an archive inside it."""
    with opened(archive, name) as container:
        for info in container.infolist():
            member = PurePosixPath(name_of(info))
            if member == parts:
                return unpacked(container, info, name)
            if depth < DEEPEST and parts.is_relative_to(member) and not info.is_dir():
                inner = unpacked(container, info, name)
                return unpack(inner, parts.relative_to(member), f"{name}/{member}", depth + 1)
    raise UnreadableFile(f"{name}: holds no file {parts}; look at what is in the archive")


@contextmanager
def opened(archive: Path | bytes, name: str) -> Iterator[ZipFile]:
    """A zip container within the bounds; whatever is wrong with it is an UnreadableFile."""
    try:
        with ZipFile(BytesIO(archive) if isinstance(archive, bytes) else archive) as container:
            check(container, name)
            yield container
    except BROKEN as error:
        raise UnreadableFile(
            f"{name}: is damaged or cut off ({error}); get the file again"
        ) from error


def check(container: ZipFile, name: str) -> None:
    entries = container.infolist()
    total = sum(info.file_size for info in entries)
    suspicious = [info for info in entries if is_suspicious(info)]
    if len(entries) > MOST_MEMBERS or total > MOST_TOTAL:
        raise UnreadableFile(
            f"{name}: holds {len(entries)} files of {total >> 20} MB, more than the "
            f"{MOST_MEMBERS} files and {MOST_TOTAL >> 20} MB allowed; unpack it and ingest parts"
        )
    if suspicious:
        raise UnreadableFile(
            f"{name}: {suspicious[0].filename[:80]} in it unpacks to "
            f"{suspicious[0].file_size >> 20} MB, {MOST_RATIO} times its packed size or more, as "
            "no report does; if it is to be trusted, unpack it and ingest the folder"
        )


def is_suspicious(info: ZipInfo) -> bool:
    return info.file_size > LEAST_RATED and info.file_size > MOST_RATIO * info.compress_size


def unpacked(container: ZipFile, info: ZipInfo, name: str) -> bytes:
    """The bytes of one file of an open container, however long its header says it is."""
    if info.flag_bits & 1:
        raise UnreadableFile(f"{name}: is protected by a password; unpack it and ingest the folder")
    with container.open(info) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UnreadableFile(
            f"{name}: {info.filename[:80]} in it has more than {MOST_BYTES >> 20} MB"
        )
    return data


def name_of(info: ZipInfo) -> str:
    """The name of a file in an archive, without a way out of it.

    Chinese Windows writes names in GBK without saying so.
    """
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = info.filename
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "_"
