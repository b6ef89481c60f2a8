"""What the rules write beside a figure: what it is compared with, and the difference."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from written_reports import stores_of

from rag.models import Citation
from rag.pipeline import answer
from rag.verify import Evidence


def told(folder: Path, bodies: dict[str, str], question: str) -> str:
    """The answer's text without marks and bold."""
    with stores_of(folder, bodies) as stores:
        found = answer(question, stores=stores)
    assert found.status == "answered"
    text = found.text.replace("**", "")
    for mark in range(1, len(found.citations) + 1):
        text = text.replace(f"[{mark}]", "")
    return text


def test_the_difference_to_the_year_before_shows_its_arithmetic(tmp_path: Path) -> None:
    body = {"甘宁镇": "受理各类纠纷256起（上年同期305起）。"}
    assert "305起 - 256起 = 49起" in told(tmp_path, body, "甘宁镇受理的纠纷比上年少了多少？")


def test_the_difference_to_the_county_s_figure_shows_its_arithmetic(tmp_path: Path) -> None:
    body = {"甘宁镇": "行政机关负责人出庭应诉率100%，全县行政机关负责人出庭应诉率为97.5%。"}
    text = told(tmp_path, body, "甘宁镇的出庭应诉率比全县高多少？")
    assert "100% - 97.5% = 2.5个百分点" in text


def test_a_printed_change_is_told_in_the_report_s_own_words(tmp_path: Path) -> None:
    body = {"甘宁镇": "罚款6万元，同比下降12%。", "高峰镇": "罚款3万元。"}
    text = told(tmp_path, body, "哪些镇的罚款同比下降？")
    assert "报告所载的变化：“罚款6万元，同比下降12%”" in text


def test_a_table_s_column_of_units_supports_the_numbers_of_its_rows() -> None:
    quote = "| 罚没金额 | 万元 | 902.4"
    cited = Citation(1, "1", "a.md", None, None, 2024, (), 0, None, 0, len(quote), quote, quote)
    figures = Evidence({1: cited}).stated([1])
    assert [(figure.low, figure.family) for figure in figures][-1] == (Decimal(9_024_000), "元")


def test_a_place_in_an_order_is_told_among_all_reports_and_among_those_of_its_year(
    tmp_path: Path,
) -> None:
    bodies = {
        "甘宁镇 2023": "纠纷调解成功率99%。",
        "高峰镇": "纠纷调解成功率98%。",
        "龙沙镇": "纠纷调解成功率97%。",
    }
    text = told(tmp_path, bodies, "高峰镇的调解成功率在各镇中排第几？")
    assert "由高到低排第2位" in text
    assert "只看2024年的报告，排第1位" in text


def test_a_target_is_quoted_beside_what_was_reached(tmp_path: Path) -> None:
    body = {"甘宁镇": "积案化解率实际达到83.3%。|信访积案化解率提高到90%以上。"}
    text = told(tmp_path, body, "甘宁镇的信访化解率实际达到多少，目标是多少？")
    assert "83.3%" in text
    assert "90%以上" in text


def test_a_difference_to_a_standard_is_no_change_since_the_year_before(tmp_path: Path) -> None:
    body = {"甘宁镇": "县里的考核指标是调解成功率不低于96%，我镇调解成功率97.8%，超出1.8个百分点。"}
    with stores_of(tmp_path, body) as stores:
        found = answer("甘宁镇的调解成功率比上年高吗？", stores=stores)
    assert found.status == "not_found"
    assert "没有载明上年的" in found.text
