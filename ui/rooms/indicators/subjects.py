"""What indicators are about: the subjects that a reader chooses among."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from rag.models import Language


@dataclass(frozen=True)
class Subject:
    key: str
    zh: str
    en: str
    words: str  # alternatives, one of which stands in the name of an indicator

    def name(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


OTHER = Subject("other", "其他", "Other", "")


@cache
def subjects() -> tuple[Subject, ...]:
    """All subjects in the order in which they are offered, the rest last."""
    text = files("ui.rooms.indicators").joinpath("subjects.yaml").read_text(encoding="utf-8")
    return (*(Subject(**entry) for entry in yaml.load(text, yaml.CSafeLoader)), OTHER)


@cache
def subject_of(indicator: str) -> Subject:
    """The first subject whose words stand in the name.

    >>> subject_of("行政诉讼应诉率").key, subject_of("水井数").key
    ('litigation', 'other')
    """
    for subject in subjects():
        if subject.words and re.search(subject.words, indicator):
            return subject
    return OTHER


def by_subject(indicators: Iterable[str]) -> dict[Subject, tuple[str, ...]]:
    """The indicators of each subject that has any, in the order of the subjects."""
    found: dict[Subject, list[str]] = {subject: [] for subject in subjects()}
    for name in indicators:
        found[subject_of(name)].append(name)
    return {subject: tuple(names) for subject, names in found.items() if names}
