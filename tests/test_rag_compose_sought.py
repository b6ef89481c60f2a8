"""Questions after a reason or a person are answered by the sentences that give them, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from written_reports import stores_of

from rag.models import Answer
from rag.pipeline import answer

BODY = (
    "受疫情影响，行政检查次数比去年减少了37次。全年发生行政诉讼案件1件。"
    "信访件数有所增加，共受理40件。主要原因是征地项目较多。"
    "合法性审查工作由镇司法所负责。调解纠纷20件。"
)


def ask(folder: Path, question: str) -> Answer:
    with stores_of(folder, {"甘宁镇": BODY}) as stores:
        return answer(question, stores=stores)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("甘宁镇的行政检查为什么减少了？", "受疫情影响"),
        ("甘宁镇信访件数增加的原因是什么？", "主要原因是征地项目较多"),
        ("甘宁镇的合法性审查由哪个部门负责？", "由镇司法所负责"),
        ("Why did inspections in Ganning fall?", "受疫情影响"),
    ],
)
def test_the_sentence_that_gives_it_is_quoted(tmp_path: Path, question: str, told: str) -> None:
    found = ask(tmp_path, question)
    assert found.status == "answered"
    assert told in found.text
    assert any(told in citation.quote for citation in found.citations)


@pytest.mark.parametrize(
    "question",
    ["甘宁镇为什么发生行政诉讼？", "甘宁镇的纠纷调解由谁负责？", "Why was Ganning sued?"],
)
def test_nothing_is_told_where_no_report_gives_it(tmp_path: Path, question: str) -> None:
    found = ask(tmp_path, question)
    assert found.status == "not_found"
    assert "[1]" not in found.text


def test_why_a_figure_is_so_first_says_whether_it_is(tmp_path: Path) -> None:
    found = ask(tmp_path, "甘宁镇的行政诉讼案件为什么超过5件？")
    assert found.text.startswith("否")
