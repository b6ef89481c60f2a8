"""What made reports are put together from: the YAML files beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Wordings = tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """A subject with figures, and the sentences that tell it in each way."""

    name: str
    part: str  # of the report
    counts: tuple[int, int] | None  # the range of n
    full: float  # how often the rate is 100%, 0 to 1
    indicators: Mapping[str, str]  # of the slots n, m and r
    wordings: Mapping[str, Wordings]  # stated | counted | target | previous | other | none


@dataclass(frozen=True)
class Practice:
    """Something that a town does, plans, or does not speak of."""

    name: str
    part: str
    asked: str
    done: Wordings
    planned: Wordings


@dataclass(frozen=True)
class Templates:
    topics: tuple[Topic, ...]
    practices: tuple[Practice, ...]
    frames: Mapping[str, Any] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=dict)


@cache
def templates(upper: str = "县") -> Templates:
    """All templates of this folder, for towns of a 县, 区, 市 or 旗."""
    return Templates(
        topics=tuple(_topic(entry) for entry in _read("figures", upper)),
        practices=tuple(_practice(entry) for entry in _read("practices", upper)),
        frames=_read("frames", upper),
        asked=_read("asked", upper),
    )


def _topic(entry: Mapping[str, Any]) -> Topic:
    ways = ("stated", "counted", "target", "previous", "other", "none")
    slots = {slot: entry[slot] for slot in "nmr" if slot in entry}
    counts = slots.get("n", {}).get("range")
    return Topic(
        name=entry["topic"],
        part=entry["part"],
        counts=(counts[0], counts[1]) if counts else None,
        full=slots.get("r", {}).get("full", 0.0),
        indicators={slot: known["indicator"] for slot, known in slots.items()},
        wordings={way: tuple(entry[way]) for way in ways if way in entry},
    )


def _practice(entry: Mapping[str, Any]) -> Practice:
    return Practice(
        name=entry["practice"],
        part=entry["part"],
        asked=entry["asked"],
        done=tuple(entry["done"]),
        planned=tuple(entry["planned"]),
    )


def _read(name: str, upper: str) -> Any:
    folder = files("eval.made") / "templates"
    text = (folder / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text.replace("县", upper))
