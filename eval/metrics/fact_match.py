"""Which fact of a ledger is which hand-checked fact, and what it has otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from eval.fact_gold import GoldFact
from rag.models import Fact, Number

_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SAME_UNITS = {"％": "%", "个百分点": "百分点", "个点": "百分点"}
_NOT_COUNTS = frozenset({"%", "元", "百分点"})


@dataclass(frozen=True)
class PlacedGold:
    """A gold fact and where it stands in the stored text."""

    fact: GoldFact
    start: int
    end: int


@dataclass(frozen=True)
class Matched:
    """The right pairs of one report, and what is left over on each side."""

    right: tuple[tuple[PlacedGold, Fact], ...]
    missed: tuple[PlacedGold, ...]  # required gold without a right fact
    extra: tuple[Fact, ...]  # facts found that are no gold


def match_facts(gold: Sequence[PlacedGold], found: Sequence[Fact]) -> Matched:
    """The most pairs of a gold fact and a right found fact, each in one pair.

    A found fact that only has the value and the place of a gold fact that is not required
    is neither right nor extra.
    """
    required = [item for item in gold if item.fact.required]
    optional = [item for item in gold if not item.fact.required]
    pairs = _pair(required, found, lambda one, fact: not differences(one.fact, fact))
    used = set(pairs.values())
    left = [fact for number, fact in enumerate(found) if number not in used]
    excused = _pair(optional, left, lambda one, fact: same_figure(one.fact, fact)).values()
    return Matched(
        right=tuple((required[one], found[other]) for one, other in sorted(pairs.items())),
        missed=tuple(item for number, item in enumerate(required) if number not in pairs),
        extra=tuple(fact for number, fact in enumerate(left) if number not in excused),
    )


def differences(gold: GoldFact, fact: Fact) -> tuple[str, ...]:
    """What a fact has otherwise than the gold, a phrase each; none when all is right."""
    checks: tuple[tuple[bool, str], ...] = (
        (_same_value(gold, fact), f"value {_value(fact)}, not {_value(gold)}"),
        (_same_unit(gold, fact), f"unit {fact.unit or 'none'}, not {gold.unit}"),
        (gold.qualifier == fact.qualifier, f"{fact.qualifier}, not {gold.qualifier}"),
        (gold.kind == fact.kind, f"{fact.kind}, not {gold.kind}"),
        (same_label(gold, fact), f"{_label(fact)}, not {_gold_label(gold)}"),
    )
    return tuple(words for agrees, words in checks if not agrees)


def same_figure(gold: GoldFact, fact: Fact) -> bool:
    """Whether value and unit are right, whatever the fact says of them."""
    return _same_value(gold, fact) and _same_unit(gold, fact)


def overlap(item: PlacedGold, fact: Fact) -> bool:
    """Whether the two spans share a character."""
    return item.start < fact.end and fact.start < item.end


def figure_of_gold(gold: GoldFact) -> str:
    """The gold fact in words."""
    return f"{_value(gold)} {gold.qualifier} {gold.kind} {_gold_label(gold)}"


def figure_of_fact(fact: Fact) -> str:
    """The found fact in words."""
    return f"{_value(fact)} {fact.qualifier} {fact.kind} {_label(fact)}"


def _pair(
    gold: Sequence[PlacedGold], found: Sequence[Fact], fits: Callable[[PlacedGold, Fact], bool]
) -> dict[int, int]:
    """The most pairs of gold and found facts that overlap and fit, each in one pair (Kuhn 1955)."""
    edges = [
        [number for number, fact in enumerate(found) if overlap(item, fact) and fits(item, fact)]
        for item in gold
    ]
    holder: dict[int, int] = {}

    def place(one: int, tried: set[int]) -> bool:
        for other in edges[one]:
            if other not in tried:
                tried.add(other)
                if other not in holder or place(holder[other], tried):
                    holder[other] = one
                    return True
        return False

    for one in range(len(gold)):
        place(one, set())
    return {one: other for other, one in holder.items()}


def _same_value(gold: GoldFact, fact: Fact) -> bool:
    return _scaled(gold) == _scaled(fact)


def _scaled(item: GoldFact | Fact) -> tuple[Decimal | None, ...]:
    scale = _SCALES.get(item.unit[:1], Decimal(1))
    numbers: tuple[Number | None, ...] = (item.value, item.low, item.high)
    if item.value is not None:
        numbers = (item.value,)
    return tuple(None if number is None else Decimal(str(number)) * scale for number in numbers)


def _same_unit(gold: GoldFact, fact: Fact) -> bool:
    """The same printed unit; of nothing at all (没有发生) any unit that counts."""
    one, other = _plain_unit(gold.unit), _plain_unit(fact.unit)
    if gold.value == 0 and not {one, other} & _NOT_COUNTS:
        return True
    return one == other


def _plain_unit(unit: str) -> str:
    unit = "".join(unit.split())
    unit = unit[1:] if unit[:1] in _SCALES else unit
    return _SAME_UNITS.get(unit, unit)


def same_label(gold: GoldFact, fact: Fact) -> bool:
    """Whether the canonical indicator is the gold one, or an open label has a gold head noun."""
    if fact.indicator is not None:
        return fact.indicator in (gold.indicator, *gold.also)
    label = "".join(fact.label.split())
    return any(head in label for head in gold.label_head)


def _value(item: GoldFact | Fact) -> str:
    if item.value is None:
        return f"{item.low}–{item.high}{item.unit}"
    return f"{item.value}{item.unit}"


def _label(fact: Fact) -> str:
    return fact.indicator or f"open “{fact.label}”"


def _gold_label(gold: GoldFact) -> str:
    heads = f"open “{'/'.join(gold.label_head)}”" if gold.label_head else ""
    return "/".join(name for name in (gold.indicator, *gold.also, heads) if name)
