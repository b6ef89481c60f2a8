"""The pattern language of the register, and the mapping of a printed label to its indicator.

A pattern is one or more regular expressions joined by " & "; all must be found, in any
order. `{词}` stands for an alternative of the file's `words`. What stands in the label
weighs three per character, what only the subject supplies weighs one, so that the most
specific entry wins. What a Chinese noun phrase is about stands at its end, so the end of the
label must be among the words found or the entry's names: 审查意见采纳率 is no 审查率, and 执法队编制 are no 执法队员.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.errors import BadSetting
from rag.indicator_entries import Indicator
from rag.indicator_readings import LabelReading, PatternIndex

LABEL_WEIGHT = 3
NAME_BONUS = 1
NEAR = 40  # characters of a subject, from its end, that a label can refer to
_DROPPED = re.compile(r"[\s的“”\"'‘’「」『』《》〈〉()（）\[\]【】]+")
_MULTIPLIER = re.compile(r"[余多]|^[万亿千百](?=[^元])")
_TOTAL = re.compile(r"(?:总量|总数|数量|件数|总计|合计)$")
_OLDER = re.compile(r"法制(?!审|机构|员|人员|队伍|科|办|部门|大队|统一)")  # what is 法治 today
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


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text with widths folded, in lower case, without 的, spaces, quotes and brackets.

    法制 becomes 法治, as which the same is written today, but in 法制审核 and who does it.
    """
    return as_today(_DROPPED.sub("", unicodedata.normalize("NFKC", text).lower()))


def as_today(text: str) -> str:
    """The text with 法治 for an older 法制 that means the same; the same length.

    >>> as_today("法制宣传活动、法制审核员")
    '法治宣传活动、法制审核员'
    """
    return _OLDER.sub("法治", text)


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

    literals = tuple(dict.fromkeys(fold(name) for name in (indicator.name, *indicator.synonyms)))
    return CompiledIndicator(
        indicator,
        order,
        literals,
        tuple(tuple(compiled(part) for part in p.split(" & ")) for p in indicator.patterns),
        compiled("|".join(indicator.excluded)) if indicator.excluded else None,
        tuple(compiled(ask) for ask in indicator.asks),
    )


class LabelRecogniser:
    """Maps printed labels to indicators; keeps in mind which entries a label can mean at all."""

    def __init__(
        self, entries: Sequence[CompiledIndicator], units: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._families: dict[str, frozenset[str]] = {}
        for family, printed in units.items():
            for unit in printed:
                self._families[unit] = self._families.get(unit, frozenset()) | {family}
        self._entries = tuple(entries)
        self._fitting_unit: dict[str, frozenset[int]] = {"": frozenset(range(len(entries)))}
        for unit, families in self._families.items():
            self._fitting_unit[unit] = frozenset(
                number
                for number, entry in enumerate(entries)
                if families & {entry.indicator.unit, *entry.indicator.also}
                and unit not in entry.indicator.not_units
            )
        self._index: PatternIndex | None = None
        self._fitting = lru_cache(maxsize=8192)(self._fits_of)
        self._found = lru_cache(maxsize=64)(_Context)

    def _fits_of(self, label: str, unit: str) -> tuple[_Fit, ...]:
        """How the entries of a unit can be meant by a folded label, whatever its subject."""
        if self._index is None:  # made when first asked for: a question needs none
            self._index = PatternIndex([(one.literals, one.patterns) for one in self._entries])
        allowed = self._fitting_unit.get(unit, frozenset())
        named = self._index.named(label, _TOTAL.sub("", label)) & allowed
        weight = LABEL_WEIGHT * len(label) + NAME_BONUS
        fits = [_Fit(self._entries[number], weight, ()) for number in sorted(named)]
        for number, readings in self._index.read(label, allowed - named).items():
            entry = self._entries[number]
            if not (entry.excluded and entry.excluded.search(label)):
                fits.append(_Fit(entry, 0, tuple(readings)))
        return tuple(fits)

    def may_mean(self, label: str, unit: str) -> bool:
        """Whether any entry can be meant, whatever the subject."""
        return bool(self._fitting(fold(label), _MULTIPLIER.sub("", fold(unit))))

    def recognise(self, label: str, subject: str, unit: str) -> Indicator | None:
        """The most specific indicator whose words and unit fit, or None."""
        context = self._found(fold(subject)[-NEAR:])
        scored: list[tuple[int, int, _Fit]] = []
        for fit in self._fitting(fold(label), _MULTIPLIER.sub("", fold(unit))):
            score = max((context.score(reading) for reading in fit.readings), default=0)
            score = fit.named or score
            if score:
                scored.append((score, -fit.entry.order, fit))
        if not scored:
            return None
        return _not_of_one_kind_only(sorted(scored, key=lambda one: one[:2], reverse=True))


def _not_of_one_kind_only(scored: Sequence[tuple[int, int, _Fit]]) -> Indicator:
    """The best of scored entries; of a family of which the context names several kinds, the one
    that needs no context: after contracts and documents 审查率 is of both."""
    best = scored[0][2]
    family = best.entry.indicator.family
    if family and best.borrows:
        relatives = [fit for _, _, fit in scored if fit.entry.indicator.family == family]
        plain = [fit for fit in relatives if not fit.borrows]
        if plain and len(relatives) - len(plain) > 1:
            return plain[0].entry.indicator
    return best.entry.indicator


@dataclass(frozen=True)
class _Fit:
    """An entry that a label can mean."""

    entry: CompiledIndicator
    named: int  # the score where the label is its name; 0 where it is not
    readings: tuple[LabelReading, ...]

    @property
    def borrows(self) -> bool:
        """Whether only words of the context make the label mean it."""
        return not self.named and all(reading.missing for reading in self.readings)


class _Context:
    """What a label may refer back to; each pattern is looked for in it once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lengths: dict[re.Pattern[str], int] = {}

    def score(self, reading: LabelReading) -> int:
        """How specifically an entry's words are found; 0 where some are found nowhere."""
        score = LABEL_WEIGHT * reading.weight
        for part in reading.missing:
            length = self._lengths.get(part)
            if length is None:
                found = part.search(self._text) if self._text else None
                length = found.end() - found.start() if found else 0
                self._lengths[part] = length
            if not length:
                return 0
            score += length
        return score
