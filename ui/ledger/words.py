"""What is said of figures, from words.yaml, in either language."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from rag.models import Fact, Language


@cache
def _entries() -> dict[str, dict[str, dict[Language, str]]]:
    text = files("ui.ledger").joinpath("words.yaml").read_text(encoding="utf-8")
    entries: dict[str, dict[str, dict[Language, str]]] = yaml.load(text, yaml.CSafeLoader)
    return entries


def said(group: str, key: str, language: Language) -> str:
    """The words of an entry; raises KeyError where there is none."""
    return _entries()[group][key][language]


def why(fact: Fact, language: Language) -> str:
    """How a figure came to its label and to its kind: the names of the rules in words.

    A rule that has no words yet is told by its name.
    """
    labelled, _, meant = fact.rule.partition("/")
    told = (("labels", labelled), ("meanings", meant))
    parts = [_entries()[group].get(rule, {}).get(language, rule) for group, rule in told if rule]
    return said("signs", "and", language).join(dict.fromkeys(parts))
