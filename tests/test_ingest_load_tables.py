"""Tables as lines: each figure with the headers of its row and column."""

import pytest

from ingest.load.tables import Cell, table_lines


def grid(*rows: str) -> list[Cell]:
    """Cells from rows such as "事项|件数"; an empty cell stands as such."""
    return [
        Cell((text,) if text else (), number, column)
        for number, row in enumerate(rows)
        for column, text in enumerate(row.split("|"))
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            grid("事项|案件数（件）|罚款金额（万元）", "行政处罚|12|3.2", "行政复议|1|0"),
            [
                "表头：事项｜案件数（件）｜罚款金额（万元）。",
                "行政处罚：案件数12件，罚款金额3.2万元。",
                "行政复议：案件数1件，罚款金额0万元。",
            ],
        ),
        # years: the subject stands after its year
        (
            grid("类别|2022年（件）|2023年（件）", "执法检查|7|11"),
            ["表头：类别｜2022年（件）｜2023年（件）。", "2022年执法检查7件，2023年执法检查11件。"],
        ),
        # one column of values; the unit of the row's name
        (
            grid("指标|完成情况", "行政诉讼应诉率（%）|100", "调解成功率|98%"),
            ["表头：指标｜完成情况。", "行政诉讼应诉率100%。", "调解成功率98%。"],
        ),
        # running numbers and a column of units
        (
            grid("序号|指标|单位|数量", "1|普法讲座|场|36", "2|法律咨询|人次|1,204"),
            [
                "表头：序号｜指标｜单位｜数量。",
                "普法讲座36场（序号1）。",
                "法律咨询1,204人次（序号2）。",
            ],
        ),
        # words as values, empty cells
        (
            grid("任务|责任单位|完成率（%）", "培训执法人员|司法所|", "修订清单|党政办|95"),
            [
                "表头：任务｜责任单位｜完成率（%）。",
                "培训执法人员：责任单位：司法所。",
                "修订清单：责任单位：党政办，完成率95%。",
            ],
        ),
        # no headers: pairs
        (
            grid("行政诉讼应诉率|100%", "调解纠纷（件）|66"),
            ["行政诉讼应诉率100%。", "调解纠纷66件。"],
        ),
        # a table that only places text
        (grid("我镇全年立案8件。", "办结8件。"), ["我镇全年立案8件。", "办结8件。"]),
        ([], []),
    ],
)
def test_rows_are_read_with_their_headers(cells: list[Cell], expected: list[str]) -> None:
    assert table_lines(cells) == expected


def test_merged_cells_hold_for_all_they_span() -> None:
    cells = [
        Cell(("单位：件",), 0, 0, 1, 3),
        Cell(("部门",), 1, 0, 2), Cell(("调解纠纷",), 1, 1, 1, 2),
        Cell(("受理",), 2, 1), Cell(("成功",), 2, 2),
        Cell(("司法所",), 3, 0, 2), Cell(("32",), 3, 1), Cell(("31",), 3, 2),
        Cell(("8",), 4, 1), Cell(("8",), 4, 2),
    ]  # fmt: skip
    assert table_lines(cells) == [
        "单位：件",
        "表头：部门｜调解纠纷｜受理｜成功。",
        "司法所：调解纠纷受理32件，调解纠纷成功31件。",
        "司法所：调解纠纷受理8件，调解纠纷成功8件。",
    ]


def test_a_table_that_goes_on_takes_its_headers_along() -> None:
    lines = table_lines(grid("行政检查|40"), ["事项", "件数（件）"])
    assert lines == ["行政检查件数40件。"]
