"""All that is stored into one file, and back, while others go on asking.

A backup is a zip archive: `backup.json` says what it is, `rows.jsonl` holds the rows of the
database, one `[table, values]` a line, `originals/` the kept files under their digests, and
`own/` what people wrote into the data folder. The indexes are not in it; they are made again
from the rows.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from ingest.lock import sole_writer
from ingest.own_files import NAMES, own_files, put_back_own
from ingest.store import Progress, bring_up_indexes, drop_unused_originals
from rag.database.dump import Row, columns, is_derived
from rag.database.schema import SCHEMA_VERSION
from rag.errors import StoreUnavailable, UnreadableFile
from rag.stores import Stores

FORMAT = "fazhi backup 1"
ABOUT, ROWS, ORIGINALS, OWN = "backup.json", "rows.jsonl", "originals/", "own/"


@dataclass(frozen=True)
class Backup:
    """What a backup holds."""

    reports: int
    originals: int
    bytes: int  # size of the file


def back_up(stores: Stores, target: Path, *, on_wait: Callable[[], None] | None = None) -> Backup:
    """Write all that is stored to a file, as it is between two changes.

    The file appears when it is whole; one of that name is replaced. Questions go on
    meanwhile, an ingest waits.

    Raises:
        StoreUnavailable: the file cannot be written, or a store cannot be read.
    """
    unfinished: Path | None = None
    with sole_writer(stores.settings.data, on_wait=on_wait):
        try:
            with NamedTemporaryFile(
                dir=target.parent, prefix=f".{target.name}.", delete=False
            ) as file:
                unfinished = Path(file.name)
                held = _write(stores, file)
                file.flush()
                os.fsync(file.fileno())
            size = unfinished.stat().st_size
            unfinished.replace(target)
        except OSError as error:
            raise StoreUnavailable(
                f"the backup {target} cannot be written: {error.strerror or error}; "
                "free some space or choose another place: what is stored was not touched"
            ) from error
        finally:
            if unfinished is not None:
                unfinished.unlink(missing_ok=True)
    return Backup(*held, size)


def restore(
    stores: Stores,
    source: Path,
    *,
    on_progress: Progress | None = None,
    on_wait: Callable[[], None] | None = None,
) -> Backup:
    """Put what a backup holds in the place of all that is stored.

    The backup is read to its end first. The rows change in one transaction, then the indexes
    follow: a process that is killed leaves the old store or the new one, whole, and the next
    command that writes finishes the indexes.

    Raises:
        UnreadableFile: the file is missing, damaged or no backup of this program.
        StoreUnavailable: a store cannot be written; what was stored is as it was.
    """
    with _opened(source) as archive:
        about = _checked(archive, source)
        with sole_writer(stores.settings.data, on_wait=on_wait):
            run = stores.database.start_run()
            for name in _originals(archive):
                stores.originals.keep(name, archive.read(ORIGINALS + name))
            stores.database.put_back(_rows(archive), without=about.outdated)
            _put_back_own(archive, stores)
            drop_unused_originals(stores)
            bring_up_indexes(stores, on_progress)
            stores.database.finish_run(run)
    return Backup(about.reports, len(_originals(archive)), source.stat().st_size)


def _write(stores: Stores, file: IO[bytes]) -> tuple[int, int]:
    """Gives the number of reports and of originals."""
    reports, digests = 0, stores.originals.digests()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        with archive.open(ROWS, "w", force_zip64=True) as member:
            for table, values in stores.database.dump():
                reports += table == "reports"
                line = json.dumps([table, values], ensure_ascii=False, separators=(",", ":"))
                member.write(line.encode() + b"\n")
        for digest in sorted(digests):
            archive.write(stores.originals.path(digest), ORIGINALS + digest)
        for name, data in own_files(stores.settings.data):
            archive.writestr(OWN + name, data)
        about = {
            "format": FORMAT,
            "schema": SCHEMA_VERSION,
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "reports": reports,
            "originals": len(digests),
            "columns": columns(),
        }
        archive.writestr(ABOUT, json.dumps(about, indent=1))
    return reports, len(digests)


def _opened(source: Path) -> ZipFile:
    try:
        return ZipFile(source)
    except OSError as error:
        raise UnreadableFile(f"{source}: {error.strerror}; name a backup of fazhi") from error
    except BadZipFile as error:
        raise UnreadableFile(f"{source} is no backup of fazhi, or is cut short: {error}") from error


class _About(NamedTuple):
    reports: int
    outdated: tuple[str, ...]  # derived tables that another version wrote with other columns


def _checked(archive: ZipFile, source: Path) -> _About:
    """What backup.json says; all of the archive has been read and is as it was written."""
    try:
        damaged = archive.testzip()
        about = json.loads(archive.read(ABOUT))
    except (BadZipFile, zlib.error, EOFError, KeyError, ValueError) as error:
        raise UnreadableFile(f"{source} is no backup of fazhi, or is damaged: {error}") from error
    if damaged is not None or about.get("format") != FORMAT:
        what = f"{damaged} in it is damaged" if damaged else "it says that it is something else"
        raise UnreadableFile(f"{source} cannot be restored: {what}; take another backup")
    other = [name for name, named in columns().items() if about["columns"].get(name) != named]
    if about["schema"] != SCHEMA_VERSION or not all(is_derived(name) for name in other):
        raise UnreadableFile(
            f"{source} was made by another version of fazhi (schema {about['schema']}, this one "
            f"reads {SCHEMA_VERSION}); restore it with that version and then open the folder "
            "with this one"
        )
    wrong = [
        name
        for name in _originals(archive)
        if hashlib.sha256(archive.read(ORIGINALS + name)).hexdigest() != name
    ]
    if wrong:
        raise UnreadableFile(f"{source} cannot be restored: {wrong[0]} is not what it should be")
    return _About(int(about["reports"]), tuple(other))


def _rows(archive: ZipFile) -> Iterator[Row]:
    with archive.open(ROWS) as member:
        for line in member:
            table, values = json.loads(line)
            yield table, values


def _put_back_own(archive: ZipFile, stores: Stores) -> None:
    for name in NAMES:
        if OWN + name in archive.namelist():
            try:
                put_back_own(stores.settings.data, name, archive.read(OWN + name))
            except OSError as error:
                raise StoreUnavailable(
                    f"{stores.settings.data / name} cannot be written: {error.strerror or error}; "
                    "free some space there and restore again: the reports are restored"
                ) from error


def _originals(archive: ZipFile) -> list[str]:
    return [
        name.removeprefix(ORIGINALS) for name in archive.namelist() if name.startswith(ORIGINALS)
    ]
