"""The pattern language of the register, and the mapping of a printed label to its indicator.

A pattern is one or more regular expressions joined by " & "; all must be found, in any
order. `{词}` stands for an alternative of the file's `words`. What stands in the label
weighs three per character, what only the subject supplies weighs one, so that the most
specific entry wins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.errors import BadSetting
from rag.indicator_entries import Indicator

LABEL_WEIGHT = 3
NAME_BONUS = 1
NEAR = 40  # characters of a subject, from its end, that a label can refer to
_DROPPED = re.compile(r"[\s的“”\"'‘’「」『』《》〈〉()（）\[\]【】]+")
_MULTIPLIER = re.compile(r"[余多]|^[万亿千百](?=[^元])")
_WORD = re.compile(r"\{([^{}\d,]+)\}")


@dataclass(frozen=True)
class CompiledIndicator:
    """An indicator with its patterns ready to search."""

    indicator: Indicator
    order: int  # its place in the register
    literals: tuple[str, ...]  # name and synonyms, folded
    patterns: tuple[tuple[re.Pattern[str], ...], ...]
    excluded: re.Pattern[str] | None
    asks: tuple[re.Pattern[str], ...]


def fold(text: str) -> str:
    """The text with widths folded, in lower case, without 的, spaces, quotes and brackets."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).lower())


def compile_indicator(
    indicator: Indicator, order: int, words: Mapping[str, str]
) -> CompiledIndicator:
    """The indicator with its expressions compiled.

    Raises:
        BadSetting: an expression is wrong or names an unknown word; names the entry.
    """

    def compiled(expression: str) -> re.Pattern[str]:
        try:
            return re.compile(_WORD.sub(lambda m: f"(?:{words[m[1]]})", expression))
        except KeyError as error:
            raise BadSetting(f"{indicator.name}: {expression}: no word {error}") from error
        except re.error as error:
            raise BadSetting(f"{indicator.name}: {expression}: {error}") from error

    return CompiledIndicator(
        indicator,
        order,
        tuple(dict.fromkeys(fold(name) for name in (indicator.name, *indicator.synonyms))),
        tuple(tuple(compiled(part) for part in p.split(" & ")) for p in indicator.patterns),
        compiled("|".join(indicator.excluded)) if indicator.excluded else None,
        tuple(compiled(ask) for ask in indicator.asks),
    )


class LabelRecogniser:
    """Maps printed labels to indicators; built once, then without state."""

    def __init__(
        self, entries: Sequence[CompiledIndicator], units: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._families: dict[str, frozenset[str]] = {}
        for family, printed in units.items():
            for unit in printed:
                self._families[unit] = self._families.get(unit, frozenset()) | {family}
        self._by_unit: dict[str, tuple[CompiledIndicator, ...]] = {"": tuple(entries)}
        for unit, families in self._families.items():
            self._by_unit[unit] = tuple(
                entry
                for entry in entries
                if families & {entry.indicator.unit, *entry.indicator.also}
                and unit not in entry.indicator.not_units
            )

    def recognise(self, label: str, subject: str, unit: str) -> Indicator | None:
        """The most specific indicator whose words and unit fit, or None."""
        candidates = self._by_unit.get(_MULTIPLIER.sub("", fold(unit)), ())
        printed, context = fold(label), fold(subject)[-NEAR:]
        best: tuple[int, int] | None = None
        winner: Indicator | None = None
        for entry in candidates:
            score = _score(entry, printed, context)
            if score and (best is None or (score, -entry.order) > best):
                best, winner = (score, -entry.order), entry.indicator
        return winner


def _score(entry: CompiledIndicator, label: str, subject: str) -> int:
    """How specifically the entry's words are found; 0 where they are not."""
    if label in entry.literals:
        return LABEL_WEIGHT * len(label) + NAME_BONUS
    best = 0
    for parts in entry.patterns:
        score, in_label = 0, False
        for part in parts:
            if found := part.search(label):
                score += LABEL_WEIGHT * (found.end() - found.start())
                in_label = True
            elif subject and (found := part.search(subject)):
                score += found.end() - found.start()
            else:
                break
        else:
            if in_label:
                best = max(best, score)
    if best and entry.excluded and entry.excluded.search(label):
        return 0
    return best
