"""Question files as sheets, and the template to begin with."""

from pathlib import Path

import pytest

from eval.dataset import Question
from eval.question_files import (
    EXAMPLES,
    lint_question_file,
    read_question_file,
    write_question_file,
    write_template,
)
from eval.sheet import COLUMNS
from rag.errors import BadQuestionFile

FULL = Question.model_validate(
    {
        "id": "=1+1", "question": "哪些镇？", "language": "en", "kind": "yes_no", "yes_no": False,
        "history": ["先问这个", "再问那个"], "status": "answered", "reports": ["a.txt"],
        "in_scope": 4, "census": {"a.txt": "match", "b.txt": "no_case"},
        "values": [
            {"source": "a.txt", "value": 98.5, "unit": "%", "qualifier": "at_least"},
            {"source": None, "value": 12000, "unit": "份"},
            {"source": "b.txt", "value": 3},
        ],
        "spans": [{"source": "a.txt", "text": "成功率\n98.5%", "occurrence": 2}],
        "must_not": ["96%"], "must_say": [["存疑", "核实"], ["口径"]], "tags": ["mine"],
        "note": "看第3页",
    }
)  # fmt: skip
NONE = Question(id="none", question="谁？", kind="census", status="not_found", reports=())
UNSCORED = Question(id="open", question="谁？", kind="census", status="answered")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_questions_come_back_as_they_were_written(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"questions.{ending}"
    write_question_file([FULL, NONE, UNSCORED], path)
    assert read_question_file(path) == (FULL, NONE, UNSCORED)
    assert lint_question_file(path) == ()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_the_template_is_a_question_file_without_its_row_of_help(
    ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"mine.{ending}"
    write_template(path)
    assert read_question_file(path) == tuple(map(Question.model_validate, EXAMPLES))


def test_a_sheet_names_every_row_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    rows = ["id,question,kind,status,in_scope", "a,谁？,census,answered,4", "b,谁？,set,answered,",
            "a,谁？,census,answered,", "d,谁？,census,answered,many"]  # fmt: skip
    path.write_text("\n".join(rows), encoding="utf-8")
    problems = lint_question_file(path)
    assert [problem.partition("q.csv:")[2].partition(";")[0] for problem in problems] == [
        "3: kind: Input should be 'census', 'lookup', 'compare', 'rank', 'aggregate', 'trend', 'describe', 'yes_no' or 'corpus'",
        "4: id 'a' is used on line 2 too",
        "5: in_scope: Input should be a valid integer, unable to parse string as an integer",
    ]  # fmt: skip
    with pytest.raises(BadQuestionFile, match=r"q\.csv:3: kind"):
        read_question_file(path)


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("values", "a.txt | viel | %", "not a number"),
        ("values", "98", "file | value"),
        ("spans", "a.txt", "file | words"),
        ("census", "a.txt", "file | state"),
        ("yes_no", "perhaps", "neither yes nor no"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(
    column: str, cell: str, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "q.csv"
    path.write_text(f'id,question,kind,status,{column}\na,谁？,yes_no,answered,"{cell}"\n', "utf-8")
    with pytest.raises(BadQuestionFile, match=r"q\.csv:2: .*") as raised:
        read_question_file(path)
    assert says in str(raised.value)


def test_a_sheet_with_another_header_or_of_another_sort_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,frage\n1,wer\n", encoding="utf-8")
    (tmp_path / "b.csv").write_bytes("id,question\n1,谁？".encode("gb18030"))
    (tmp_path / "c.xlsx").write_bytes(b"no archive")
    for name, says in (("a", "column frage"), ("b", "not UTF-8"), ("c", "not an XLSX")):
        path = next(tmp_path.glob(f"{name}.*"))
        with pytest.raises(BadQuestionFile, match=says):
            read_question_file(path)
    with pytest.raises(BadQuestionFile, match=r"d\.csv"):
        read_question_file(tmp_path / "d.csv")


def test_a_cell_that_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "q.xlsx"
    write_question_file([FULL], path)
    cell = load_workbook(path).worksheets[0].cell(2, COLUMNS.index("id") + 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")
