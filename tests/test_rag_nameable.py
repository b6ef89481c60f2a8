"""The places that a question may name are found without reading every name closely."""

from __future__ import annotations

import pytest

from rag.models import Place
from rag.nameable import FEW, NameablePlaces

NAMES = (
    "甘宁 高峰 龙沙 响水 武陵 余家 新田 走马 白羊 太龙 大周 小周 孙家 后山 弹子 长岭 瀼渡 熊家 天城 分水 虎邱 桃花潭"
).split()
PLACES = [Place(f"{name}镇", f"{name}县", f"{name}市", f"{name}省") for name in NAMES]
OTHERS = [Place(f"{name}镇", "万州区", "重庆市", "重庆市") for name in NAMES]


@pytest.fixture(scope="module")
def known() -> NameablePlaces:
    assert len(OTHERS) > FEW
    return NameablePlaces(OTHERS)


@pytest.mark.parametrize(
    ("question", "town"),
    [
        ("甘宁镇的应诉率是多少？", "甘宁镇"),
        ("甘宁的应诉率", "甘宁镇"),
        ("虎丘镇调解成功率", "虎邱镇"),
        ("What did Gan Ning report?", "甘宁镇"),
        ("mediation in Tanghuatan", "桃花潭镇"),
    ],
)
def test_a_town_is_found_by_characters_sound_and_spelling(
    known: NameablePlaces, question: str, town: str
) -> None:
    found = {place.town for place in known.in_question(question)}
    assert town in found
    assert len(found) < len(OTHERS) / 2


def test_a_place_of_each_province_is_always_there() -> None:
    found = NameablePlaces(PLACES).in_question("哪些镇的应诉率达到100%？")
    assert {place.province for place in found} == {place.province for place in PLACES}


def test_the_questions_before_count_as_well(known: NameablePlaces) -> None:
    found = known.in_question("那2023年呢？", "走马镇的应诉率是多少？")
    assert "走马镇" in {place.town for place in found}


def test_of_few_places_all_are_looked_at() -> None:
    few = NameablePlaces(OTHERS[:FEW])
    assert few.in_question("哪些镇？") == tuple(OTHERS[:FEW])
