"""The figures of a text, against a table of what the language says."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.amounts import plain_number, read_amounts, read_number
from rag.words import fold

ROWS = yaml.safe_load(Path(__file__).with_name("data").joinpath("amounts.yaml").read_text("utf-8"))[
    "amounts"
]


def read(text: str) -> list[list[object]]:
    return [
        [amount.value if amount.value is not None else [amount.low, amount.high],
         amount.unit, amount.qualifier]
        for amount in read_amounts(fold(text))
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_the_figures_of_a_text_are_read_as_the_language_means_them(
    text: str, expected: list[list[object]]
) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("涉案金额约73.39万元。", "73.39万元"),
        ("派发宣传单张19680余册", "19680余册"),
        ("满意率95%以上", "95%以上"),
        ("满意率９５％以上", "９５％以上"),
        ("每村10至15名调解员", "10至15名"),
        ("开展宣传三十二场次", "三十二场次"),
    ],
)
def test_an_amount_spans_its_number_unit_and_trailing_qualifier(text: str, span: str) -> None:
    (amount,) = read_amounts(fold(text))
    assert text[amount.start : amount.end] == span


def test_more_than_is_told_from_at_least() -> None:
    strict = {
        words: read_amounts(words)[0].strict
        for words in ("超过99%", "逾300件", "超过百分之九十", "95%以上", "300余件", "至少2次")
    }
    assert [words for words, more in strict.items() if more] == [
        "超过99%", "逾300件", "超过百分之九十",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("0", 0),
        ("1,056", 1056),
        ("73.39", Decimal("73.39")),
        ("十", 10),
        ("一百零五", 105),
        ("两千", 2000),
        ("千", 1000),
        ("廿三", 23),
        ("一万二千", 12_000),
        ("三十二万", 320_000),
        ("九十八点五", Decimal("98.5")),
    ],
)
def test_numerals_write_a_number(printed: str, number: int | Decimal) -> None:
    assert read_number(printed) == number


@pytest.mark.parametrize("printed", ["三八", "六亿七", "一百一百", "好", ""])
def test_what_is_no_numeral_is_a_value_error(printed: str) -> None:
    with pytest.raises(ValueError):
        read_number(printed)


def test_a_whole_number_is_an_int() -> None:
    assert [plain_number(Decimal(n)) for n in ("96.0", "73.39", "1E+2")] == [96, 73.39, 100]
    assert isinstance(plain_number(Decimal("96.0")), int)


@settings(deadline=None)
@given(st.text("一二两三四五六七八九十百千廿卅〇零万亿壹佰0123456789.,%余多至共办理件元次人率 "))
def test_no_text_breaks_the_reading_and_amounts_never_overlap(text: str) -> None:
    amounts = read_amounts(text)
    ends = [0, *(amount.end for amount in amounts)]
    assert all(end <= amount.start for end, amount in zip(ends, amounts, strict=False))
    assert all((amount.value is None) == (amount.qualifier == "range") for amount in amounts)


@settings(deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["件", "人次", "份", "%", "元"]))
def test_a_number_reads_the_same_with_and_without_separators(number: int, unit: str) -> None:
    for printed in (f"{number}{unit}", f"{number:,}{unit}", f"共{number} {unit}。"):
        (amount,) = read_amounts(printed)
        assert (amount.value, amount.unit, amount.qualifier) == (number, unit, "exact")
