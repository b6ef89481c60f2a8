"""Names that browsers give to files, as names inside one folder."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Collection

LONGEST_NAME = 120  # characters
LONGEST_BYTES = 240  # of a name as the file system has it


def safe_name(name: str) -> str:
    """A name for a file inside one folder, as like the given one as is safe.

    >>> safe_name("../../etc/石桥镇 2024.txt"), safe_name("C:\\\\x\\\\.hidden.docx"), safe_name("..")
    ('石桥镇 2024.txt', 'hidden.docx', 'report')
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c if c.isprintable() and c not in '<>:"|?*' else "_" for c in last)
    kept = kept.strip().lstrip(".~$ ").rstrip(". ") or "report"
    stem, ending = os.path.splitext(kept)  # noqa: PTH122  a Path would read names such as "C:"
    ending = ending[:12]
    stem = stem[: LONGEST_NAME - len(ending)]
    while len((stem + ending).encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    return stem + ending


def unused_name(name: str, taken: Collection[str]) -> str:
    """The name, with a number where it is taken: two folders may hold files of one name."""
    stem, ending = os.path.splitext(name)  # noqa: PTH122
    number, found = 1, name
    folded = {one.casefold() for one in taken}
    while found.casefold() in folded:
        number += 1
        found = f"{stem} ({number}){ending}"
    return found
