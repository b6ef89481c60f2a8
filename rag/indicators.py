"""The register of canonical indicators: what a label or a question means by its words."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Literal

from rag.errors import BadSetting
from rag.indicator_english import EnglishMentions
from rag.indicator_entries import (
    Indicator,
    IndicatorMention,
    Recognition,
    RegisterFile,
    UnitFamily,
    read_register_file,
)
from rag.indicator_mentions import ChineseMentions
from rag.indicator_patterns import LabelRecogniser, compile_indicator

__all__ = [
    "Indicator",
    "IndicatorMention",
    "Recognition",
    "Register",
    "UnitFamily",
    "load_register",
]

BUNDLED = Path(__file__).with_name("indicators.yaml")


class Register:
    """All indicators in the order of the file; the same input always gives the same answer."""

    def __init__(self, content: RegisterFile) -> None:
        self.indicators = content.indicators
        self._by_name = {indicator.name: indicator for indicator in content.indicators}
        entries = tuple(
            compile_indicator(indicator, order, content.words)
            for order, indicator in enumerate(content.indicators)
        )
        self._labels = LabelRecogniser(entries, content.units)
        self._chinese = ChineseMentions(entries)
        self._english = EnglishMentions(content.indicators, content.english_words)

    def __len__(self) -> int:
        return len(self.indicators)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def get(self, name: str) -> Indicator:
        """The indicator of this canonical zh name.

        Raises:
            KeyError: no such indicator.
        """
        return self._by_name[name]

    def family_of(self, name: str) -> tuple[Indicator, ...]:
        """The indicators that answer this one's questions, itself first.

        Raises:
            KeyError: no such indicator.
        """
        itself = self._by_name[name]
        others = (
            other
            for other in self.indicators
            if itself.family and other.family == itself.family and other is not itself
        )
        return (itself, *others)

    def may_mean(self, label: str, *, unit: str) -> bool:
        """Whether a label with its unit can mean any indicator, whatever its subject."""
        return self._labels.may_mean(label, unit)

    def recognise(self, label: str, *, subject: str = "", unit: str) -> Indicator | None:
        """The indicator that a printed label with its unit means, or None for an open label.

        `subject` is what the sentence or the clause before speaks of, for bare labels.
        The unit must fit: a % is never a count. An empty unit fits every family.
        """
        return self._labels.recognise(label, subject, unit)

    def find(self, question: str, *, language: Literal["zh", "en"]) -> tuple[IndicatorMention, ...]:
        """The indicators a question names, in its order, not overlapping."""
        if language == "en":
            return self._english.find(question)
        return self._chinese.find(question)


def load_register(extra: Path | None = None) -> Register:
    """The bundled register, with a user's file added to it or replacing entries by name.

    Raises:
        BadSetting: a file or an entry cannot be used; names both.
    """
    if extra is None:
        return _bundled()
    content = read_register_file(BUNDLED)
    added = read_register_file(extra)
    merged = {indicator.name: indicator for indicator in added.indicators}  # they win a tie
    merged |= {one.name: one for one in content.indicators if one.name not in merged}
    units = dict(content.units)
    for family, printed in added.units.items():
        units[family] = (*units.get(family, ()), *printed)
    content = replace(
        content,
        words={**content.words, **added.words},
        units=units,
        english_words={**content.english_words, **added.english_words},
        indicators=tuple(merged.values()),
    )
    return _checked(content, extra)


@cache
def _bundled() -> Register:
    """The register that comes with the program: made once, the same for all who ask."""
    return _checked(read_register_file(BUNDLED), BUNDLED)


def _checked(content: RegisterFile, path: Path) -> Register:
    """The register, once every indicator that an entry names is known to exist."""
    names = {indicator.name for indicator in content.indicators}
    for indicator in content.indicators:
        named = (
            *indicator.neighbours,
            *indicator.implied_by,
            *indicator.stages,
            indicator.needs_case,
        )
        for other in named:
            if other and other not in names:
                raise BadSetting(
                    f"{path}: {indicator.name}: names {other}, which is no indicator; "
                    "write an entry for it or leave the name out"
                )
    try:
        return Register(content)
    except BadSetting as error:
        raise BadSetting(f"{path}: {error}; correct the expression") from error
