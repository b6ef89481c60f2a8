"""Figures of a claim or a quote, compared with their unit and scale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from rag.amounts import MONEY, Amount, read_amounts
from rag.blanking import blank_spans
from rag.models import Number, Qualifier

RATE, POINTS, YUAN = "%", "个百分点", "元"
# Words of one row count the same; a unit of no row is only itself.
_ROWS = (
    "件 起 宗 例 桩 case cases dispute disputes lawsuit lawsuits petition petitions",
    "人 名 位 people person persons officer officers villager villagers mediator mediators staff",
    "人次 person-times visits",
    "次 回 趟 time times inspection inspections",
    "场 场次 session sessions event events activity activities",
    "份 册 本 copy copies leaflet leaflets",
    "项 item items power powers matter matters",
    "户 household households",
    "家 firm firms company companies",
    "处 place places site sites",
    "个百分点 百分点 个点 percentage-points percentage-point",
    "元 yuan rmb cny",
    "% percent per-cent",
)
_FAMILY = {word: row.split()[0] for row in _ROWS for word in row.split()}
_UNIT_WORDS = "|".join(sorted((w for w in _FAMILY if not w.isascii()), key=len, reverse=True))
_SCALES = {"万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_WORD_SCALES = {
    "万": 10_000,
    "亿": 100_000_000,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}
_LEFT = re.compile(r"(?<![\d.])\d+(?:,\d{3})*(?:\.\d+)?")
_UNIT_BEHIND = re.compile(  # also behind a sign, where no amount is read: 100% - 96%
    r"\s*(?P<scale>thousand|million|billion|万|亿)?[余多]?\s*"
    rf"(?P<unit>percentage points?|per cent|%|{_UNIT_WORDS}|[a-z][a-z-]+)?",
    re.IGNORECASE,
)
_ENGLISH_BEFORE: tuple[tuple[re.Pattern[str], Qualifier], ...] = (
    (
        re.compile(
            r"\b(?:at least|no (?:less|fewer) than|more than|over|above|exceed(?:s|ed|ing)?)\s*\**$",
            re.IGNORECASE,
        ),
        "at_least",
    ),
    (
        re.compile(
            r"\b(?:less than|fewer than|under|below|short of|at most|(?:no|not) more than|up to)\s*\**$",
            re.IGNORECASE,
        ),
        "less_than",
    ),
    (re.compile(r"\b(?:about|around|nearly|almost|roughly|some)\s*\**$", re.IGNORECASE), "about"),
)
_SLOGAN_MARKS = str.maketrans("", "", "“”\"‘’'")


@dataclass(frozen=True)
class Figure:
    """A number with what it counts; `low` and `high` differ only in a range."""

    start: int
    end: int
    low: Decimal  # 万 and 亿 multiplied out, money in 元
    high: Decimal
    family: str  # the first unit of its row; "" for a bare number
    qualifier: Qualifier
    step: Decimal = Decimal(1)  # the worth of the last printed digit

    @property
    def is_count(self) -> bool:
        return self.family not in (RATE, POINTS, YUAN)


def family_of(unit: str | None) -> str:
    """The unit that stands for a row of units which count the same.

    >>> family_of("宗"), family_of("万元"), family_of("disputes"), family_of("")
    ('件', '元', '件', '')
    """
    word = (unit or "").lower().replace(" ", "-")
    return YUAN if word in MONEY else _FAMILY.get(word, word)


def is_unit(word: str) -> bool:
    """Whether a word is a unit and nothing else, such as a cell of a table's column of units."""
    return word in _FAMILY or word in MONEY


def read_figures(text: str) -> tuple[Figure, ...]:
    """The figures of a folded text in order, bare numbers and English units as well.

    >>> [(str(f.low), f.family, f.qualifier) for f in read_figures("罚款1.52万元,over 96 percent")]
    [('15200.00', '元', 'exact'), ('96', '%', 'at_least')]
    """
    found = [_of_amount(amount, text) for amount in read_amounts(text)]
    found += _left_over(blank_spans(text, [(figure.start, figure.end) for figure in found]))
    ordered = sorted(found, key=lambda figure: figure.start)
    return tuple(_joined([_qualified(figure, text) for figure in ordered], text))


def read_quoted(quote: str) -> tuple[Figure, ...]:
    """The figures of a quote, those inside quotation marks too: 实现“双百”."""
    bare = quote.translate(_SLOGAN_MARKS)
    return read_figures(quote) + (read_figures(bare) if bare != quote else ())


def figure_of(value: Number, unit: str | None, qualifier: Qualifier = "exact") -> Figure:
    """A figure from a value and its printed unit."""
    worth = Decimal(str(value)) * _SCALES.get(unit or "", Decimal(1))
    return Figure(0, 0, worth, worth, family_of(unit), qualifier)


def supports(stated: Figure, claimed: Figure) -> bool:
    """Whether a stated figure makes a claimed one true.

    Exact is only what is stated exactly; a bound, a range or an "about" may also follow
    from a figure that keeps to it.

    >>> supports(figure_of(96, "%"), figure_of(90, "%", "at_least"))
    True
    >>> supports(figure_of(96, "%", "at_least"), figure_of(96, "%"))
    False
    """
    if not _same_unit(stated.family, claimed.family):
        return False
    same = (stated.low, stated.high) == (claimed.low, claimed.high)
    if same and stated.qualifier == claimed.qualifier:
        return True
    within = stated.qualifier in ("exact", "range", "about")  # a bound holds of "about" too
    if claimed.qualifier == "at_least":
        return (within or stated.qualifier == "at_least") and stated.low >= claimed.low
    if claimed.qualifier == "less_than":
        return (within or stated.qualifier == "less_than") and stated.high <= claimed.high
    if claimed.qualifier == "range":
        return within and claimed.low <= stated.low and stated.high <= claimed.high
    return claimed.qualifier == "about" and same and stated.qualifier == "exact"


def _same_unit(one: str, other: str) -> bool:
    if one == other:
        return True
    loose = ("", "个")  # a bare number may be a count, never a rate or money
    bounded = (RATE, POINTS, YUAN)
    return (one in loose or other in loose) and one not in bounded and other not in bounded


def _of_amount(amount: Amount, text: str) -> Figure:
    low = amount.low if amount.value is None else amount.value
    high = amount.high if amount.value is None else amount.value
    scale = _SCALES.get(amount.unit, Decimal(1))
    return Figure(
        amount.start,
        amount.end,
        Decimal(str(low or 0)) * scale,
        Decimal(str(high or 0)) * scale,
        family_of(amount.unit),
        amount.qualifier,
        _step(text[amount.start : amount.end]) * scale,
    )


def _step(printed: str) -> Decimal:
    """What one of the last printed digit is worth: 0.1 in 99.5%, 1000 in 3.3万份."""
    number = _LEFT.search(printed)
    decimals = len(number[0].partition(".")[2]) if number else 0
    step = Decimal(1).scaleb(-decimals)
    return step * 10_000 if "万" in printed and "元" not in printed else step


def _left_over(text: str) -> Iterator[Figure]:
    for match in _LEFT.finditer(text):
        words = _UNIT_BEHIND.match(text, match.end())
        scale = Decimal(1)
        family, end = "", match.end()
        if words:
            unit = (words["unit"] or "").lower().replace(" ", "-")
            family = _FAMILY.get(unit, "")
            scale = Decimal(_WORD_SCALES.get((words["scale"] or "").lower(), 1))
            end = words.end() if family or scale != 1 else end
        value = Decimal(match[0].replace(",", "")) * scale
        yield Figure(match.start(), end, value, value, family, "exact", _step(match[0]) * scale)


def _joined(figures: list[Figure], text: str) -> Iterator[Figure]:
    """The figures, two that only bound a third together: between 10 and 20, 10件至20件之间."""
    position = 0
    while position < len(figures):
        first = figures[position]
        second = figures[position + 1] if position + 1 < len(figures) else first
        between = text[first.end : second.start].strip()
        around = text[max(0, first.start - 9) : first.start] + text[second.end : second.end + 2]
        if between in ("至", "到", "和", "and") and re.search(r"之间|between", around):
            yield replace(first, end=second.end, high=second.high, qualifier="range")
            position += 2
        else:
            yield first
            position += 1


def _qualified(figure: Figure, text: str) -> Figure:
    """The figure with the bound that English words before it make."""
    if figure.qualifier != "exact":
        return figure
    before = text[max(0, figure.start - 24) : figure.start]
    for pattern, qualifier in _ENGLISH_BEFORE:
        if pattern.search(before):
            return replace(figure, qualifier=qualifier)
    return figure
