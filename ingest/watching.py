"""Tell when the files of some folders have changed and are still again."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from rag.errors import UnreadableFile

QUIET = 1.5  # seconds without a change after which a file counts as written to its end
_STEP_MS = 250


def settled_changes(
    paths: Iterable[Path],
    *,
    besides: Path | None = None,
    stop: Event | None = None,
    quiet: float = QUIET,
) -> Iterator[None]:
    """Yields each time something has changed among the paths and then stayed as it was.

    New, changed, renamed and deleted files count; a file that still grows is waited for.

    Args:
        besides: a folder whose changes count for nothing (the program's own).
        stop: ends it when set; so does Ctrl-C.

    Raises:
        UnreadableFile: a path that is not there cannot be followed.
    """
    wholes = [path.expanduser().resolve() for path in paths]
    # A file is often replaced by another of its name: its folder is followed.
    folders = {path if path.is_dir() else path.parent for path in wholes}
    missing = next((folder for folder in sorted(folders) if not folder.is_dir()), None)
    if missing is not None:
        raise UnreadableFile(
            f"{missing}: there is no such folder to follow; name one that is there"
        )

    def is_meant(_change: Change, name: str) -> bool:
        path = Path(name)
        own = besides is not None and path.is_relative_to(besides.resolve())
        return not own and any(path.is_relative_to(whole) for whole in wholes)

    seen: dict[Path, tuple[int, int] | None] = {}
    still_since = 0.0
    for changes in watch(
        *folders,
        watch_filter=is_meant,
        stop_event=stop,
        rust_timeout=_STEP_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
    ):
        seen |= {Path(name): None for _change, name in changes}
        states = _states(seen)
        if states != seen or changes:
            seen, still_since = states, time.monotonic()
        elif seen and time.monotonic() - still_since >= quiet:
            seen = {}
            yield


def _states(paths: Collection[Path]) -> dict[Path, tuple[int, int] | None]:
    """Size and time of change of each; (0, 0) of one that is gone."""
    states: dict[Path, tuple[int, int] | None] = {}
    for path in paths:
        try:
            found = path.stat()
            states[path] = found.st_size, found.st_mtime_ns
        except OSError:
            states[path] = 0, 0
    return states
