"""Practices under all the names that reports give them, from `practices.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml


def with_practices(topic: str) -> str:
    """The topic with the other names of each practice it names as alternatives.

    >>> with_practices("枫桥经验")
    '枫桥经验|枫桥式'
    """
    return " ".join(_with_names(phrase) for phrase in topic.split())


def _with_names(phrase: str) -> str:
    asked = phrase.split("|")
    for family in _families():
        if any(name in alternative for alternative in asked for name in family):
            return "|".join(dict.fromkeys((*asked, *family)))
    return phrase


@cache
def _families() -> tuple[tuple[str, ...], ...]:
    content = yaml.safe_load(files("rag.plan").joinpath("practices.yaml").read_text("utf-8"))
    return tuple(tuple(family) for family in content)
