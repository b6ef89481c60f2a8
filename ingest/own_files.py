"""What people have written into a data folder themselves: kept in a backup beside the reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rag.originals import write_whole

FEEDBACK = "feedback.jsonl"  # thumbs and comments, an answer a line
INDICATORS = "indicators.yaml"  # indicators of one's own
NAMES = (FEEDBACK, INDICATORS)


def own_files(data: Path) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each that is there, as it is at this moment."""
    for name in NAMES:
        path = data / name
        if path.is_file():
            yield path.name, path.read_bytes()


def put_back_own(data: Path, name: str, kept: bytes) -> None:
    """Put one back as it was kept; feedback that was given since then stays.

    Raises:
        OSError: the folder cannot be written; the file is as it was.
    """
    path = data / name
    if name == FEEDBACK and path.is_file():
        kept = _with_later_lines(kept, path.read_bytes())
    write_whole(path, kept)


def _with_later_lines(kept: bytes, present: bytes) -> bytes:
    before = kept.splitlines()
    later = [line for line in present.splitlines() if line not in set(before)]
    return b"\n".join([*before, *later, b""])
