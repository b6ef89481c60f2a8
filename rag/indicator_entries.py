"""What one entry of the indicator register says, and how a register file is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.errors import BadSetting

UnitFamily = Literal["rate", "cases", "people", "times", "money", "copies", "items", "places"]
Recognition = Literal["name", "pattern", "homophone"]

_MEASURE = re.compile(
    r"(?:成功|覆盖|满意|合格|完成|办理|及时)?(?:率|件数|次数|人数|条数|份数|户数|场次|人次|金额|数)$"
)


@dataclass(frozen=True)
class Indicator:
    """One canonical indicator; `rag/indicators.yaml` explains the fields."""

    name: str
    en: str
    definition: str
    unit: UnitFamily
    also: tuple[UnitFamily, ...] = ()  # further unit families it may be printed with
    not_units: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()  # `not` in the file
    asks: tuple[str, ...] = ()
    family: str | None = None
    neighbours: tuple[str, ...] = ()
    implied_by: tuple[str, ...] = ()  # empty, or numerator and denominator
    stages: tuple[str, ...] = ()  # counts that answer for it where it is not stated itself
    needs_case: str | None = None
    norm: str = ""

    @property
    def subject(self) -> str:
        """What it measures, without the measure: 行政诉讼应诉率 → 行政诉讼应诉."""
        return _MEASURE.sub("", self.name) or self.name


@dataclass(frozen=True)
class IndicatorMention:
    """An indicator named in a question; `text` is question[start:end]."""

    start: int
    end: int
    text: str
    indicator: Indicator
    tied: tuple[Indicator, ...] = ()  # others that the same words may mean
    how: Recognition = "name"


@dataclass(frozen=True)
class RegisterFile:
    """The content of one register file."""

    words: Mapping[str, str]  # alternatives that patterns name as {word}
    units: Mapping[str, tuple[str, ...]]  # unit family to printed units
    english_words: Mapping[str, str]  # English word to the one that stands for it
    indicators: tuple[Indicator, ...]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    en: str = Field(min_length=1)
    definition: str = ""
    unit: UnitFamily
    also: tuple[UnitFamily, ...] = ()
    not_units: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    excluded: tuple[str, ...] = Field(default=(), alias="not")
    asks: tuple[str, ...] = ()
    family: str | None = None
    neighbours: tuple[str, ...] = ()
    implied_by: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    needs_case: str | None = None
    norm: str = ""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: dict[str, str] = {}
    units: dict[str, tuple[str, ...]] = {}
    english_words: dict[str, str] = {}
    indicators: list[dict[str, object]]


def read_register_file(path: Path) -> RegisterFile:
    """The entries of a register file, each checked by itself.

    Raises:
        BadSetting: the file cannot be read, or an entry is wrong; names both.
    """
    try:
        loaded = yaml.load(
            path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
        content = _File.model_validate(loaded)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise BadSetting(
            f"{path}: not a register of indicators: {_first_line(error)}; "
            "write a list of entries under `indicators:`, in the form of rag/indicators.yaml"
        ) from error
    indicators = tuple(
        _read_entry(path, number, raw) for number, raw in enumerate(content.indicators, 1)
    )
    names = [indicator.name for indicator in indicators]
    for name in names:
        if names.count(name) > 1:
            raise BadSetting(f"{path}: {name}: has two entries; merge them into one")
    return RegisterFile(content.words, content.units, content.english_words, indicators)


def _read_entry(path: Path, number: int, raw: dict[str, object]) -> Indicator:
    try:
        entry = _Entry.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        called = raw.get("name") or f"entry {number}"
        raise BadSetting(f"{path}: {called}: {place}: {first['msg']}; correct the entry") from error
    if len(entry.implied_by) not in (0, 2):
        raise BadSetting(
            f"{path}: {entry.name}: implied_by: wants a numerator and a denominator; "
            "name both or neither"
        )
    return Indicator(**entry.model_dump())


def _first_line(error: Exception) -> str:
    return str(error).strip().replace("\n", " ")[:200]
