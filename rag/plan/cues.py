"""The words by which a question shows its kind, from `cues.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from rag.models import Language, SectionRole

Pattern = re.Pattern[str]


@dataclass(frozen=True)
class Cues:
    """Compiled cues of one language."""

    kinds: dict[str, Pattern]
    roles: dict[SectionRole, Pattern]
    ask_value: Pattern
    why: Pattern
    define: Pattern
    target: Pattern
    follow_up: Pattern
    asking: Pattern
    share: Pattern
    measure: Pattern
    events: dict[str, Pattern]
    domain: Pattern
    personal: Pattern
    foreign: Pattern


@cache
def load_cues(language: Language) -> Cues:
    """The cues of a language; read once."""
    content = yaml.safe_load(files("rag.plan").joinpath("cues.yaml").read_text("utf-8"))

    def compiled(pattern: str) -> Pattern:
        return re.compile(pattern, re.IGNORECASE)

    return Cues(
        kinds={kind: compiled("|".join(by[language])) for kind, by in content["kinds"].items()},
        roles={role: compiled(by[language]) for role, by in content["roles"].items()},
        ask_value=compiled(content["ask_value"][language]),
        why=compiled(content["why"][language]),
        define=compiled(content["define"][language]),
        target=compiled(content["target"][language]),
        follow_up=compiled(content["follow_up"][language]),
        asking=compiled(content["asking"][language]),
        share=compiled(content["share"][language]),
        measure=compiled(content["measure"][language]),
        events={name: compiled(by[language]) for name, by in content["events"].items()},
        domain=compiled(content["domain"][language]),
        personal=compiled(content["personal"][language]),
        foreign=compiled(content["foreign"][language]),
    )
