"""The words of the interface in Chinese and English, from texts.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from rag.models import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True)
class Example:
    """A question to offer; `indicator` is what the store must state for it to fit."""

    indicator: str
    question: str


@dataclass(frozen=True)
class Texts:
    """The interface's words in one language."""

    language: Language
    words: Mapping[str, str]
    examples: tuple[Example, ...]

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its braces filled.

        Raises:
            KeyError: texts.yaml has no such key, or a brace has no value.
        """
        text = self.words[key]
        return text.format(**values) if values else text


@cache
def texts_in(language: Language) -> Texts:
    """The interface's words in a language."""
    entries: dict[str, Any] = yaml.safe_load(
        files("ui").joinpath("texts.yaml").read_text(encoding="utf-8")
    )
    examples = tuple(
        Example(entry["indicator"], entry[language]) for entry in entries.pop("examples")
    )
    words = {key: entry[language] for key, entry in entries.items()}
    return Texts(language, words, examples)


def preferred_language(accept_language: str) -> Language:
    """The interface's language for a browser's Accept-Language header; Chinese without one.

    >>> preferred_language("en-GB,en;q=0.9,zh;q=0.5")
    'en'
    >>> preferred_language("fr;q=0.8, zh-Hans-CN;q=0.9")
    'zh'
    """
    weighted: list[tuple[float, int, str]] = []
    for position, part in enumerate(accept_language.split(",")):
        tag, _, parameter = part.strip().partition(";")
        weight = parameter.strip().removeprefix("q=")
        quality = float(weight) if weight.replace(".", "", 1).isdigit() else 1.0
        weighted.append((-quality, position, tag.lower()))
    for quality, _, tag in sorted(weighted):
        for language in LANGUAGES:
            if quality < 0 and tag.split("-")[0] == language:
                return language
    # A reader of neither language is more likely to read English, if anything was said at all.
    return "en" if accept_language.strip() else "zh"
