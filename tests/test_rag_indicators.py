"""The indicator register against a table of printed labels and of questions."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from rag.errors import BadSetting
from rag.indicators import BUNDLED, Register, load_register

TABLE = yaml.safe_load(
    Path(__file__).with_name("data").joinpath("indicator_labels.yaml").read_text("utf-8")
)
LABELS = TABLE["labels"]
QUESTIONS = TABLE["questions"]


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


@pytest.mark.parametrize(
    ("label", "subject", "unit", "expected"), LABELS, ids=[f"{r[0]}|{r[1]}|{r[2]}" for r in LABELS]
)
def test_a_printed_label_is_mapped_to_its_indicator(
    register: Register, label: str, subject: str, unit: str, expected: str | None
) -> None:
    found = register.recognise(label, subject=subject, unit=unit)
    assert (found and found.name) == expected


@pytest.mark.parametrize(
    ("question", "language", "expected"), QUESTIONS, ids=[row[0] for row in QUESTIONS]
)
def test_a_question_names_its_indicators(
    register: Register, question: str, language: str, expected: list[str]
) -> None:
    mentions = register.find(question, language="en" if language == "en" else "zh")
    assert [mention.indicator.name for mention in mentions] == expected
    assert all(question[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


UNITS = {
    "rate": "%",
    "cases": "件",
    "people": "人",
    "times": "次",
    "money": "元",
    "copies": "份",
    "items": "项",
    "places": "个",
}


def test_every_name_and_synonym_is_recognised_and_found_as_itself(register: Register) -> None:
    for indicator in register.indicators:
        for name in (indicator.name, *indicator.synonyms):
            assert register.recognise(name, unit=UNITS[indicator.unit]) is indicator, name
            found = [mention.indicator for mention in register.find(name, language="zh")]
            assert found == [indicator], name


def test_every_english_phrase_finds_its_indicator_or_one_it_ties_with(register: Register) -> None:
    for indicator in register.indicators:
        for phrase in (indicator.en, *indicator.english):
            mentions = register.find(phrase, language="en")
            assert len(mentions) == 1, phrase
            assert indicator in (mentions[0].indicator, *mentions[0].tied), phrase


def test_a_percentage_is_never_a_count_and_a_count_never_a_rate(register: Register) -> None:
    for indicator in register.indicators:
        found = [register.recognise(indicator.name, unit=unit) for unit in ("%", "件", "人", "元")]
        assert found[0] is None or found[0].unit == "rate"
        assert all(other is None or other.unit != "rate" for other in found[1:])


def test_neighbours_are_not_taken_for_each_other(register: Register) -> None:
    for indicator in register.indicators:
        for name in indicator.neighbours:
            other = register.get(name)
            found = register.recognise(other.name, unit=UNITS[other.unit])
            assert found is other and found is not indicator


def test_printed_multipliers_do_not_hide_the_unit(register: Register) -> None:
    for unit in ("份", "余份", "万份", "万余份", "多份"):
        found = register.recognise("发放宣传资料", unit=unit)
        assert found and found.name == "宣传资料份数"
    for unit in ("元", "万元", "余元", "万余元", "亿元"):
        found = register.recognise("罚款", unit=unit)
        assert found and found.name == "罚款金额"


def test_a_family_holds_its_members_with_the_asked_one_first(register: Register) -> None:
    names = [member.name for member in register.family_of("出庭应诉率")]
    assert names == ["出庭应诉率", "行政诉讼应诉率", "行政机关负责人出庭应诉率"]
    assert [member.name for member in register.family_of("罚款金额")] == ["罚款金额"]


def test_an_unknown_name_is_a_key_error(register: Register) -> None:
    assert "优良率" not in register
    with pytest.raises(KeyError):
        register.get("优良率")
    with pytest.raises(KeyError):
        register.family_of("优良率")


def test_a_computed_rate_divides_counts_and_a_case_is_a_count(register: Register) -> None:
    for indicator in register.indicators:
        if indicator.implied_by:
            assert indicator.unit == "rate"
            assert all(register.get(name).unit != "rate" for name in indicator.implied_by)
        if indicator.needs_case:
            assert register.get(indicator.needs_case).unit == "cases"


def test_a_bare_rate_that_several_things_have_names_them_all(register: Register) -> None:
    (mention,) = register.find("办结率达到100%的有哪些", language="zh")
    names = {mention.indicator.name, *(other.name for other in mention.tied)}
    assert names == {"信访办结率", "热线办结率", "建议提案办结率", "政务服务办结率"}


def test_words_may_stand_between_and_widths_may_differ(register: Register) -> None:
    question = "矛盾纠纷 的 “调解” 成功率为９６％的镇"
    (mention,) = register.find(question, language="zh")
    assert mention.indicator.name == "纠纷调解成功率"
    assert question[mention.start : mention.end] == mention.text == "矛盾纠纷 的 “调解” 成功率"


def test_a_wrong_character_is_told_from_an_exact_name(register: Register) -> None:
    assert register.find("应素率", language="zh")[0].how == "homophone"
    assert register.find("应诉率", language="zh")[0].how == "name"


def test_the_users_file_adds_and_replaces(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        """
units: {places: [口]}
indicators:
- {name: 水井数, en: wells, unit: places, patterns: [水井]}
- {name: 罚款金额, en: fines, unit: money, patterns: [罚]}
""",
        "utf-8",
    )
    bundled, extended = load_register(), load_register(own)
    assert len(extended) == len(bundled) + 1
    assert [m.indicator.name for m in extended.find("水井数", language="zh")] == ["水井数"]
    found = extended.recognise("新打水井", unit="口")
    assert found and found.name == "水井数"
    assert bundled.recognise("新打水井", unit="个") is None
    assert extended.get("罚款金额").synonyms == ()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("indicators:\n- {name: 水井数, en: wells, unit: wells}", "水井数: unit"),
        ("indicators:\n- {name: 水井数, en: wells, unit: places, colour: red}", "水井数: colour"),
        (
            "indicators:\n- {name: 水井数, en: wells, unit: places, patterns: ['(井']}",
            "水井数: (井",
        ),
        ("indicators:\n- {name: 水井数, en: w, unit: places, patterns: ['{井}']}", "水井数: {井}"),
        (
            "indicators:\n- {name: 水井数, en: w, unit: places, neighbours: [河]}",
            "水井数: names 河",
        ),
        (
            "indicators:\n- {name: 水井率, en: w, unit: rate, implied_by: [罚款金额]}",
            "水井率: implied",
        ),
        ("indicators:\n- {en: wells, unit: places}", "entry 1: name"),
        ("indicators: [", "not a register"),
        ("- 水井数", "not a register"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_the_entry(
    tmp_path: Path, content: str, told: str
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(content, "utf-8")
    with pytest.raises(BadSetting) as caught:
        load_register(own)
    assert "own.yaml" in str(caught.value) and told in str(caught.value)


def test_a_missing_file_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"gone\.yaml"):
        load_register(tmp_path / "gone.yaml")


def test_a_label_is_mapped_in_well_under_a_millisecond(register: Register) -> None:
    start = time.perf_counter()
    for label, subject, unit, _ in LABELS:
        register.recognise(label, subject=subject, unit=unit)
    assert (time.perf_counter() - start) / len(LABELS) < 0.0005


def test_every_indicator_says_what_it_is_where_it_comes_from_and_what_it_is_not(
    register: Register,
) -> None:
    assert len(register) >= 80
    for one in register.indicators:
        told = (one.en, one.definition, one.synonyms, one.english, one.patterns, one.norm)
        assert all(told), one.name
        assert one.definition.endswith("。"), one.name
        assert re.search(r"《[^《》]+》", one.norm), one.name
        assert one.neighbours and one.name not in one.neighbours, one.name


def test_every_synonym_means_its_indicator(register: Register) -> None:
    for one in register.indicators:
        for synonym in one.synonyms:
            meant = register.recognise(synonym, unit="")
            assert meant is not None, synonym


def test_the_register_is_read_alike_with_and_without_the_compiled_yaml_reader() -> None:
    text = BUNDLED.read_text("utf-8")
    assert yaml.load(text, Loader=yaml.SafeLoader) == yaml.load(
        text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
