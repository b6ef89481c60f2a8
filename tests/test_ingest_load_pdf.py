"""PDF files: lines, columns, tables and pages, and what can not be opened."""

import re
from bisect import bisect_right
from pathlib import Path

import pytest

from ingest.load import load
from ingest.load.aligned_tables import with_tables
from ingest.load.layout import Piece, page_text
from ingest.outline import outline
from ingest.repair import repair
from rag.errors import UnreadableFile

REPORTS = Path(__file__).parent / "data" / "reports"


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def printed(name: str) -> str:
    """What is read of a report, without white space."""
    text = load(REPORTS / name).text
    repaired = repair(text)
    return bare(repaired.quote(0, len(text)))


def test_two_columns_are_read_one_after_the_other() -> None:
    whole = bare(load(REPORTS / "windows.zip" / "reports" / "兴田.txt").text)
    body = whole.split("武夷山市人民政府：")[1].removesuffix("兴田镇人民政府2024年1月18日")
    assert printed("columns.pdf").endswith(body)


def test_running_headers_and_page_numbers_are_stored_and_left_out() -> None:
    text = load(REPORTS / "running.pdf").text
    repaired = repair(text)
    left_out = [
        text[r.start : r.end].strip() for r in repaired.removals if r.reason != "line_break"
    ]
    assert left_out == [
        "武夷山市法治政府建设年度报告汇编", "- 1 -",
        "武夷山市法治政府建设年度报告汇编", "—2—",
        "武夷山市法治政府建设年度报告汇编", "- 3 -",
    ]  # fmt: skip
    assert printed("running.pdf") == bare(load(REPORTS / "windows.zip/reports/兴田.txt").text)


def test_paragraphs_over_a_page_break_are_whole_and_keep_their_page() -> None:
    loaded = load(REPORTS / "running.pdf")
    assert loaded.pages is not None
    repaired = repair(loaded.text)
    paragraphs = outline(repaired, report_id="r", pages=loaded.pages).paragraphs
    found = next(one for one in paragraphs if "63条" in one.text)
    assert found.text.endswith("63条。规范性文件合法性审查率达到100%。")
    assert found.page == 1
    assert bisect_right(loaded.pages, found.end) == 2


def test_a_ruled_table_is_read_with_its_headers() -> None:
    lines = load(REPORTS / "tables.pdf").text.split("\n")
    assert [line for line in lines if "国土资源" in line or "类别" in line] == [
        "表头：类别｜2022年（件）｜2023年（件）｜罚没款（万元）。",
        "2022年国土资源7件，2023年国土资源11件，国土资源罚没款2.6万元。",
    ]


def test_a_table_without_lines_is_read_with_its_headers() -> None:
    lines = load(REPORTS / "plain-table.pdf").text.split("\n")
    assert [line for line in lines if "市场秩序" in line or "类别" in line] == [
        "表头：类别｜2022年（件）｜2023年（件）｜罚没款（万元）。",
        "2022年市场秩序5件，2023年市场秩序9件，市场秩序罚没款0.95万元。",
    ]
    assert lines[-1].strip().startswith("其余领域没有行政处罚案件")


@pytest.mark.parametrize(
    ("stored", "reason"),
    [
        ((REPORTS / "locked.pdf").read_bytes(), "protected by a password"),
        ((REPORTS / "tables.pdf").read_bytes()[:300], "damaged or cut off"),
        (b"%PDF-1.4\n%%EOF", "damaged or cut off"),
    ],
)
def test_what_can_not_be_opened_is_told(tmp_path: Path, stored: bytes, reason: str) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(stored)
    with pytest.raises(UnreadableFile, match=reason):
        load(path)


def piece(text: str, left: float, top: float) -> Piece:
    return Piece(text, left, top, left + 10 * len(text), top + 12, 10)


def test_names_with_a_figure_each_are_a_table_and_other_lines_are_none() -> None:
    pairs = [("调解纠纷", "31件"), ("法律援助", "7件"), ("普法宣传", "12场")]
    rows = [
        piece(text, 200 * at, 20 * row)
        for row, pair in enumerate(pairs)
        for at, text in enumerate(pair)
    ]
    assert page_text(with_tables(rows)).split("\n") == [
        "调解纠纷31件。",
        "法律援助7件。",
        "普法宣传12场。",
    ]
    others = [
        ("联系人：周某", "电话：0000"),
        ("签发：吴某", "校对：郑某"),
        ("抄送：县司法局", "共印3份"),
    ]
    rows = [
        piece(text, 200 * at, 20 * row)
        for row, pair in enumerate(others)
        for at, text in enumerate(pair)
    ]
    assert with_tables(rows) == rows


def test_figures_set_in_columns_stay_on_their_line() -> None:
    pieces = [piece(f"指标{row}", 0, 20 * row) for row in range(8)]
    pieces += [piece(f"{row}件", 300, 20 * row) for row in range(8)]
    assert page_text(pieces).split("\n")[3] == "指标3  3件"


def test_indents_are_kept_as_spaces() -> None:
    pieces = [piece("一" * 20, 20, 0), piece("二" * 22, 0, 20), piece("三" * 22, 0, 40)]
    assert [len(line) - len(line.lstrip()) for line in page_text(pieces).split("\n")] == [4, 0, 0]
