"""How a town was placed in an assessment, which is no order of the reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from written_reports import stores_of

from rag.pipeline import answer

BODIES = {
    "甘宁镇": "2023年在全区法治考核中列第6位，2024年上升至第3位。组织法治考试1次，参考40人。",
    "高峰镇": "在全区综合评价中得分91.5分。",
    "龙沙镇": "调解纠纷80件。",
}


@pytest.mark.parametrize(
    ("question", "begins", "said"),
    [
        ("甘宁镇在全区法治考核中排第几名？", "**甘宁镇", "第3位"),
        ("甘宁镇法治考核的名次比上年进步了吗？", "是。", "第3位"),
        ("甘宁镇法治考核的排名比上年退步了吗？", "否。", "第6位"),
        ("Did Ganning slip in the district's rule-of-law ranking?", "No.", "第3位"),
        ("高峰镇在综合评价中得了多少分？", "**高峰镇", "91.5分"),
    ],
)
def test_a_place_or_score_is_told_in_the_words_of_the_report(
    tmp_path: Path, question: str, begins: str, said: str
) -> None:
    with stores_of(tmp_path, BODIES) as stores:
        found = answer(question, stores=stores)
    assert found.status == "answered"
    assert found.text.startswith(begins)
    assert said in found.text
    assert "40人" not in found.text, "those who sat an exam are no place in an assessment"


def test_what_no_report_tells_of_an_assessment_is_not_found(tmp_path: Path) -> None:
    with stores_of(tmp_path, BODIES) as stores:
        found = answer("龙沙镇在法治考核中排第几名？", stores=stores)
    assert found.status == "not_found"
    assert found.citations == ()
