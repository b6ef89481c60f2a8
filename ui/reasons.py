"""Why a file was not taken in, in the reader's language, from reasons.yaml.

The packages below this one say it in English, and so it is stored and given to programs.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

from rag.models import Language

_BRACES = re.compile(r"\\\{(\w+)\\\}")  # as re.escape leaves them


def reason_in(language: Language, message: str) -> str:
    """The message in the language; as it is where reasons.yaml has no such message.

    >>> reason_in("zh", "a.txt: holds no text; export the report again")
    'a.txt：没有文字；请重新导出报告'
    """
    if language == "zh":
        for pattern, chinese in _entries():
            if found := pattern.fullmatch(message):
                return chinese.format(**found.groupdict())
    return message


@cache
def _entries() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of the English messages, those with the most words of their own first."""
    text = files("ui").joinpath("reasons.yaml").read_text(encoding="utf-8")
    entries: dict[str, str] = yaml.load(text, yaml.CSafeLoader)
    fixed = sorted(entries, key=lambda english: -len(re.sub(r"\{\w+\}", "", english)))
    return tuple(
        (re.compile(_BRACES.sub(r"(?P<\1>.+?)", re.escape(english)), re.DOTALL), entries[english])
        for english in fixed
    )
