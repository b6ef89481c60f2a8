"""How a claim names the reports it is about: by their towns, or by their files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rag.models import Citation, Finding
from rag.reports import Reports
from rag.words import fold

_FILE = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")


def called(one: Citation | Finding) -> str:
    """What a report goes by: its town, else its file, folded; "" where that names nothing."""
    return _name(one.town, one.source)


def _name(town: str | None, source: str) -> str:
    return town or (fold(source) if is_file(source) else "")


@dataclass(frozen=True)
class Names:
    """What the reports of a scope go by."""

    names: frozenset[str]
    by_start: Mapping[str, tuple[str, ...]]


def names_of(reports: Reports) -> Names:
    """The names of these reports, each once."""
    names = frozenset(_name(card.place.town, card.source) for card in reports)
    return Names(names, by_start(names))


def by_start(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The names by their first two characters, longest first."""
    found: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        if name:
            found.setdefault(name[:2], []).append(name)
    return {start: tuple(named) for start, named in found.items()}


def is_file(name: str) -> bool:
    """Whether a name is a file's, with an ending that no figure has.

    >>> is_file("00452.txt"), is_file("3.5"), is_file("97%")
    (True, False, False)
    """
    return bool(_FILE.search(name))


def named_towns(plain: str, by_start: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[int, str]]:
    """Where a folded claim names the answer's towns, in order, the longest names.

    A report whose town is unknown goes by its file, whose digits are no figure of it.

    Args:
        by_start: the names by their first two characters, longest first.
    """
    position = 0
    while position < len(plain) - 1:
        names = by_start.get(plain[position : position + 2], ())
        name = next((name for name in names if _stands_at(name, plain, position)), None)
        if name:
            yield position, name
        position += len(name) if name else 1


def _stands_at(name: str, plain: str, position: int) -> bool:
    """Whether a name stands here, a file's not inside a longer word: 1.txt in 11.txt."""
    end = position + len(name)
    around = plain[max(0, position - 1) : position] + plain[end : end + 1]
    apart = not any(letter.isalnum() and letter.isascii() for letter in around)
    return plain.startswith(name, position) and (apart or not is_file(name))
