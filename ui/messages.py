"""What the command line says, from messages.yaml, in the language of the locale."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from rag.models import Language


def locale_language(environment: Mapping[str, str]) -> Language:
    """Chinese for a Chinese locale, else English.

    >>> locale_language({"LANG": "zh_CN.UTF-8"})
    'zh'
    >>> locale_language({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"})
    'en'
    """
    named = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, named), "").lower().startswith("zh") else "en"


class Messages:
    """The messages in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._texts = _entries()

    def __call__(self, key: str, **values: object) -> str:
        """The message with its braces filled; raises KeyError where there is none."""
        text = self._texts[key][self.language]
        return text.format(**values) if values else text


@cache
def _entries() -> dict[str, dict[Language, str]]:
    text = files("ui").joinpath("messages.yaml").read_text(encoding="utf-8")
    entries: dict[str, dict[Language, str]] = yaml.load(text, yaml.CSafeLoader)
    return entries
