"""The figures of a table's rows as numbers that can be ordered and added."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rag.compose.draft import Draft
from rag.compose.phrases import value_words
from rag.judgements import CensusTable, Row
from rag.models import Fact, Language

SCALE = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_ALIKE = (  # one thing counted under several names
    frozenset("件 起 宗 例 桩".split()),
    frozenset("人 名 位".split()),
    frozenset("场 场次 次".split()),
)
_NAMED = frozenset(min(units) for units in _ALIKE)  # what 个 may count as well


def numbered(table: CensusTable) -> list[Row]:
    """The rows that state a figure which is one number."""
    rows = table.in_state("match", "other_value")
    return [row for row in rows if row.first.fact is not None and row.first.fact.value is not None]


def fact_of(row: Row) -> Fact:
    fact = row.first.fact
    if fact is None or fact.value is None:
        raise ValueError(f"{row.card.id}: computed without a figure")
    return fact


def number_of(row: Row) -> Decimal:
    """The row's figure, money in 元."""
    return worth(fact_of(row))


def worth(fact: Fact) -> Decimal:
    """A figure, money in 元."""
    return Decimal(str(fact.value)) * SCALE.get(fact.unit, 1)


def one_kind(facts: Sequence[Fact]) -> bool:
    """Whether figures can be reckoned with: all money, or counted by units that mean the same.

    With a figure of which only a higher bound is known (未达到100%) nothing can.
    """
    if any(fact.qualifier == "less_than" for fact in facts):
        return False
    kinds = {_kind(fact.unit) for fact in facts}
    if kinds <= {min(_ALIKE[0]), "份"}:
        return True  # 司法确认89件 and 58份
    return len(kinds - {"个"}) <= 1 if kinds & _NAMED else len(kinds) <= 1


def _kind(unit: str) -> str:
    if unit in SCALE:
        return "元"
    return next((min(units) for units in _ALIKE if unit in units), unit)


def town_and_mark(row: Row, draft: Draft, value: str = "") -> str:
    """The row's town and year with a value and the mark of its figure."""
    town = draft.town(row.card)
    year = f"（{row.card.year}年）" if draft.language == "zh" else f" ({row.card.year}) "
    return f"{town}{year}{value}{draft.marks([fact_of(row)])}"


def town_with_value(row: Row, draft: Draft) -> str:
    return town_and_mark(row, draft, value_words(fact_of(row), draft.language))


def points_unit(unit: str, language: Language) -> str:
    """The unit of a difference: of two rates, percentage points."""
    if unit != "%":
        return unit
    return "个百分点" if language == "zh" else " percentage points"
