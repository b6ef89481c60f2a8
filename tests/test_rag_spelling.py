"""Which known word a misspelt one stands for."""

from __future__ import annotations

import pytest

from rag.spelling import nearest_word, within

KNOWN = ("litigation", "mediation", "mediator", "petition", "penalty")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("litgation", "litigation"),  # one missing
        ("peitition", "petition"),  # one too many
        ("penatly", "penalty"),  # two changed places
        ("litegatoin", "litigation"),  # two wrong in ten letters
        ("petition", "petition"),
    ],
)
def test_a_misspelt_word_is_the_one_near_it(written: str, meant: str) -> None:
    assert nearest_word(written, KNOWN) == meant


@pytest.mark.parametrize("written", ["pen", "town", "population", "mediationn", "partitions"])
def test_a_word_that_is_short_far_or_near_to_two_stays(written: str) -> None:
    assert nearest_word(written, (*KNOWN, "mediations")) is None


def test_letters_are_counted_both_ways() -> None:
    for one, other in (("mediation", "mediaton"), ("penalty", "penatly")):
        assert within(one, other, 1)
        assert within(other, one, 1)
        assert not within(one, other, 0)
