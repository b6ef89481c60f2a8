"""Questions to a few made-up reports: what two years of one town, and fewer words, are for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from eval.stand_in import StandInEmbedder
from ingest.pipeline import ingest_paths
from rag.pipeline import answer
from rag.settings import read_settings
from rag.stores import Stores, open_stores

REPORT = """{place}{town}人民政府{year}年法治政府建设工作情况报告

一、主要工作
{done}

二、存在的问题
法律顾问作用发挥不充分。
"""
REPORTS = {
    "baishi-2023.txt": ("某省石桥县", "白石镇", 2023, "受理12345热线工单300件，满意率93.6%。"),
    "baishi-2024.txt": ("某省石桥县", "白石镇", 2024, "受理12345热线工单320件，满意率95.2%。"),
    "heiyan-2023.txt": ("某省石桥县", "黑岩镇", 2023, "组建蒙汉双语调解队，发放双语宣传册900份。"),
    "qingshan-2023.txt": (
        "某省石桥县",
        "青山镇",
        2023,
        "逐户发放政策明白卡，签收率达99%。全年罚没款3万元。",
    ),
    "bamiancheng-2023.txt": (
        "某省石桥县",
        "八面城镇",
        2023,
        "一是全县出庭应诉率为96%。社区矫正对象没有重新犯罪。",
    ),
}


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    folder = tmp_path_factory.mktemp("reports")
    for name, (place, town, year, done) in REPORTS.items():
        text = REPORT.format(place=place, town=town, year=year, done=done)
        (folder / name).write_text(text, "utf-8")
    own = {"data": tmp_path_factory.mktemp("data"), "database": "", "chroma": ""}
    settings = read_settings().model_copy(update=own)
    with open_stores(settings, embedder=StandInEmbedder()) as stores:
        ingest_paths([folder], stores=stores)
        yield stores


@pytest.mark.parametrize(
    "question",
    [
        "白石镇2024年的热线满意率比2023年下降了吗？",
        "Did Baishi's hotline satisfaction fall in 2024 compared with 2023?",
    ],
)
def test_a_fall_from_the_year_before_is_denied_by_both_reports(
    made_up: Stores, question: str
) -> None:
    found = answer(question, stores=made_up)
    assert found.text.startswith(("否", "No"))
    quoted = " ".join(one.quote for one in found.citations)
    assert "满意率95.2%" in quoted
    assert "满意率93.6%" in quoted


def test_a_description_of_what_no_report_names_so_is_asked_of_its_rarest_word(
    made_up: Stores,
) -> None:
    found = answer("各地在双语普法方面有哪些做法？", stores=made_up)
    assert found.status == "answered"
    assert {one.source for one in found.citations} == {"heiyan-2023.txt"}
    assert any("双语普法" in note for note in (*found.notes, found.text)), (
        "what was left out is told"
    )


def test_a_figure_is_found_by_the_label_that_the_report_gives_it(made_up: Stores) -> None:
    found = answer("青山镇发给各户的政策明白卡，签收率达到多少？", stores=made_up)
    assert [one.value for one in found.findings if one.state == "match"] == [99]


def test_fines_and_confiscations_are_no_denial(made_up: Stores) -> None:
    found = answer("青山镇2023年罚没款一共多少钱？", stores=made_up)
    assert "3万元" in found.text


def test_the_countys_rate_behind_an_ordinal_is_not_the_towns(made_up: Stores) -> None:
    found = answer("八面城镇2023年的出庭应诉率是96%吗？", stores=made_up)
    assert not found.text.startswith("是")
    assert [one for one in found.findings if one.state == "match"] == []


def test_what_a_report_says_there_was_none_of_is_found(made_up: Stores) -> None:
    found = answer("哪些报告写明社区矫正对象没有重新犯罪？", stores=made_up)
    assert {one.source for one in found.findings if one.state == "match"} == {
        "bamiancheng-2023.txt"
    }


def test_the_numeral_in_a_towns_name_is_no_figure_without_support(made_up: Stores) -> None:
    found = answer("八面城镇2019年的信访多少件？", stores=made_up)
    assert found.status == "not_found"
    assert found.text.startswith("库中没有八面城镇、2019年的报告")
