"""Small files of our own in the formats of public benchmarks become questions and documents."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.dataset import lint, read_questions
from eval.outside import Converted, convert
from rag.errors import BadQuestionFile


def write_lines(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


def loong(folder: Path, **changed: Any) -> dict[str, Any]:
    documents = {"2024-甲公司-甲公司2024年一季报": "营业收入三亿元", "2024-乙公司-乙公司2024年一季报": "营业收入二亿元"}  # fmt: skip
    folder.mkdir(exist_ok=True)
    for name, text in documents.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    line = {
        "id": "1f", "set": 1, "type": "financial", "level": 2, "question": "哪家的营业收入更高？",
        "instruction": "写出报告的名称。", "doc": ["甲公司", "乙公司"],
        "answer": "《甲公司2024年一季报》", "prompt_template": "{docs}{question}",
    }  # fmt: skip
    return line | changed


def test_a_chinese_financial_question_of_loong_names_the_reports_of_its_answer(
    tmp_path: Path,
) -> None:
    line = loong(tmp_path / "doc")
    source = write_lines(
        tmp_path / "loong.jsonl",
        line,
        loong(tmp_path / "doc", id="2", type="legal"),
        loong(tmp_path / "doc", id="3", question="Which is higher?", instruction=""),
    )
    made = convert(source, tmp_path / "out", form="loong", documents=tmp_path / "doc")
    assert made == Converted(questions=1, documents=2)
    question = read_questions(tmp_path / "out" / "questions.jsonl")[0]
    assert question.reports == ("2024-甲公司-甲公司2024年一季报.txt",)
    assert question.question == "哪家的营业收入更高？写出报告的名称。"
    assert question.tags == ("loong", "level-2", "set-1")
    written = {path.name: path.read_text("utf-8") for path in (tmp_path / "out" / "reports").iterdir()}  # fmt: skip
    assert written["2024-乙公司-乙公司2024年一季报.txt"] == "营业收入二亿元"


def test_a_document_of_loong_that_is_not_there_is_named(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "loong.jsonl", loong(tmp_path / "doc", doc=["丙公司"]))
    with pytest.raises(BadQuestionFile, match=r"loong\.jsonl:1: no document 丙公司"):
        convert(source, tmp_path / "out", form="loong", documents=tmp_path / "doc")
    with pytest.raises(BadQuestionFile, match="--documents"):
        convert(source, tmp_path / "other", form="loong")


@pytest.mark.parametrize(
    ("answer", "positive", "groups"),
    [
        ("北京", ["首都是北京。", "在北京举办。"], {"0"}),
        (["李白", ["杜甫", "杜子美"]], [["诗仙李白"], ["杜子美的诗", "与此无关"]], {"0", "1"}),
    ],
)
def test_the_passages_of_rgb_that_hold_an_answer_are_gold(
    answer: Any, positive: Any, groups: set[str], tmp_path: Path
) -> None:
    line = {"id": 7, "query": "谁？", "answer": answer, "positive": positive, "negative": ["别的事"]}  # fmt: skip
    made = convert(write_lines(tmp_path / "zh_int.json", line), tmp_path / "out", form="rgb")
    questions = read_questions(tmp_path / "out" / "questions.jsonl")
    texts = {path.name: path.read_text("utf-8") for path in (tmp_path / "out" / "reports").iterdir()}  # fmt: skip
    assert made.questions == 1 and made.documents == len(texts) == (4 if len(groups) == 2 else 3)
    assert texts["rgb-7-n0.txt"] == "别的事"
    assert {span.group for span in questions[0].spans} == groups
    assert all(span.text in texts[span.source] for span in questions[0].spans)
    assert lint(questions, texts) == ()


def test_another_format_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "other.json", {"prompt": "谁？"})
    with pytest.raises(BadQuestionFile, match="not in the rgb format: KeyError"):
        convert(source, tmp_path / "out", form="rgb")
    (tmp_path / "broken.json").write_text("[1,\n2]", encoding="utf-8")
    with pytest.raises(BadQuestionFile, match=r"broken\.json:1: not JSON"):
        convert(tmp_path / "broken.json", tmp_path / "out", form="rgb")


def test_a_folder_that_holds_something_is_not_written_into(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "zh.json", {"prompt": "谁？"})
    with pytest.raises(BadQuestionFile, match="not empty"):
        convert(source, tmp_path, form="rgb")
