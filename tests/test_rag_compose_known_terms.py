"""What is answered where no report has all words of a topic, but a term of the field in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from written_reports import stores_of

from rag.pipeline import answer

SEEN = {"甘宁镇": "组织机关干部旁听庭审2次。", "高峰镇": "开展普法宣传12场。"}


def test_the_term_of_the_field_is_looked_for_and_the_rest_is_told(tmp_path: Path) -> None:
    with stores_of(tmp_path, SEEN) as stores:
        found = answer("哪些镇带青年骨干现场观摩旁听庭审？", stores=stores)
    assert [f.town for f in found.findings if f.state == "match"] == ["甘宁镇"]
    assert any("观摩" in note for note in found.notes), "what was not looked for is said"


def test_a_thing_that_no_report_has_is_not_answered_with_another(tmp_path: Path) -> None:
    with stores_of(tmp_path, SEEN) as stores:
        found = answer("哪些镇建了滑雪场？", stores=stores)
    assert found.status == "not_found"
    assert found.census.match == 0


def test_cases_that_were_all_upheld_are_none_that_was_corrected(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "行政复议3件，均被维持。", "高峰镇": "行政复议2件，其中1件被撤销。"}
    with stores_of(tmp_path, bodies) as stores:
        upheld = answer("甘宁镇的行政复议案件有没有被撤销的？", stores=stores)
        corrected = answer("高峰镇的行政复议案件有没有被撤销的？", stores=stores)
    assert upheld.text.startswith("否") and "均被维持" in upheld.text
    assert corrected.text.startswith("是")


def test_an_empty_store_says_that_it_is_empty(tmp_path: Path) -> None:
    with stores_of(tmp_path, {}) as stores:
        found = answer("Which towns reported a 100% appearance rate?", stores=stores)
        of_one = answer("李河镇的调解成功率是多少？", stores=stores)
    assert found.text.startswith("No report is stored yet.")
    assert "李河镇" in of_one.text, "a place that no report is from is named"


@pytest.mark.parametrize(
    "question", ["哪些镇用无人机开展旁听庭审？", "甘宁镇组织青年骨干现场观摩旁听庭审了吗？"]
)
def test_part_of_a_thing_is_no_answer_where_the_other_part_is_known_or_all_is_affirmed(
    tmp_path: Path, question: str
) -> None:
    with stores_of(tmp_path, SEEN) as stores:
        found = answer(question, stores=stores)
    assert found.census.match == 0
    assert not found.text.startswith("是")
