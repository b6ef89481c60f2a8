"""A run as terminal table, JSON and HTML."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from eval.dataset import Question
from eval.groups import figures_by_group
from eval.metrics.score import score_answer
from eval.outcome import Outcome, Run
from eval.page import render_html
from eval.report import render_json, write_run
from eval.saved import read_history, read_run
from eval.table import render_history, render_table
from rag.errors import BadQuestionFile

TEXTS = {"a.txt": "调处成功率达96%。"}
SCRIPT = "<script>alert(1)</script>"


def outcome(number: int, milliseconds: float, **answer: Any) -> Outcome:
    gold: dict[str, Any] = {
        "id": f"q{number}",
        "question": f"成功率{SCRIPT}？",
        "language": "en" if number == 2 else "zh",
        "kind": "lookup",
        "status": "answered",
        "tags": ["each", "first" if number == 1 else "second"],
        "census": {"a.txt": "match"},
        "values": [{"source": "a.txt", "value": 96, "unit": "%"}],
        "spans": [{"source": "a.txt", "text": "调处成功率达96%"}],
    }
    question = Question.model_validate(gold)
    return Outcome(question, answer, milliseconds, score_answer(question, answer, TEXTS))


def example_run() -> Run:
    citation = {"mark": 1, "source": "a.txt", "start": 0, "end": 9}
    quoted = {**citation, "raw": "调处成功率达96%", "quote": "调处成功率达96%"}
    found = {"source": "a.txt", "state": "match"}
    answer = {"text": "96%[1]", "findings": [found], "census": {"in_scope": 1, "match": 1}}
    right = outcome(1, 10, status="answered", citations=[quoted], **answer)
    wrong = outcome(2, 30, status="not_found", text=f"没有{SCRIPT}")
    return Run("2025-01-02T03:04:05+00:00", "set.jsonl", ("a.txt",), (right, wrong))


def printed(run: Run) -> str:
    console = Console(file=io.StringIO(), width=120)
    console.print(render_table(run))
    output = console.file
    assert isinstance(output, io.StringIO)
    return output.getvalue()


def test_the_table_shows_each_figure_with_the_questions_behind_it() -> None:
    lines = printed(example_run()).splitlines()

    def row(label: str) -> list[str]:
        line = next(line for line in lines if label in line)
        return [cell.strip() for cell in re.split("[│┃]", line)[1:-1]]

    assert row("Nothing wrong") == ["Nothing wrong", "50.0%", "0.0 … 100.0", "2"]
    assert row("Value recall") == ["Value recall", "50.0%", "0.0 … 100.0", "2"]
    assert row("Set F1") == ["Set F1", "–", "–", "0"]
    assert row("Abstention precision") == ["Abstention precision", "0.0%", "–", "2"]
    assert row("State match right") == ["State match right", "50.0%", "–", "2"]
    assert row("Latency p95") == ["Latency p95", "30.0 ms", "–", "2"]


def test_the_table_names_each_wrong_answer_and_what_is_wrong() -> None:
    text = printed(example_run())
    assert "status not_found, not answered" in text
    assert "values missed: a.txt: 96%" in text
    assert "q1" not in text


def test_figures_are_grouped_by_kind_language_status_and_tag() -> None:
    groups = figures_by_group(example_run())
    assert set(groups) == {"kind", "language", "status", "tag"}
    assert groups["tag"]["second"].questions == 1
    assert groups["tag"]["each"].questions == 2
    assert groups["language"]["zh"].right == 1
    assert groups["language"]["en"].right == 0
    assert groups["kind"]["lookup"].questions == 2


def test_the_json_holds_figures_groups_and_every_answer() -> None:
    data = json.loads(json.dumps(render_json(example_run())))
    assert data["figures"]["shares"]["citation_recall"] == 1 / 2
    assert data["figures"]["shares"]["set_f1"] is None
    assert [item["right"] for item in data["outcomes"]] == [True, False]
    assert data["outcomes"][0]["answer"]["text"] == "96%[1]"
    assert Question.model_validate(data["outcomes"][1]["question"]).id == "q2"


def test_the_page_escapes_what_it_shows_and_needs_no_other_file() -> None:
    page = render_html(example_run())
    assert SCRIPT not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3
    assert not re.search(r"""src\s*=|href\s*=\s*["']?(?!["']?#)|@import|url\(|<script""", page)


def test_the_page_sets_expected_and_given_side_by_side_for_wrong_answers() -> None:
    page = render_html(example_run())
    failures = page[page.index("Wrong answers (1)") : page.index("Right answers (1)")]
    assert "q2" in failures and "q1" not in failures
    expected, given = failures.split("<h3>Given")
    assert "a.txt: 96%" in expected
    assert "Status: answered" in expected
    assert "Status: not_found" in given


def test_a_run_is_written_into_a_folder_that_need_not_exist(tmp_path: Path) -> None:
    as_json, as_html = write_run(example_run(), tmp_path / "runs" / "first")
    assert json.loads(as_json.read_text(encoding="utf-8"))["questions_from"] == "set.jsonl"
    assert as_html.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_wrong_answer_links_to_where_its_gold_stands() -> None:
    page = render_html(example_run(), TEXTS)
    anchor = re.search(r'a\.txt: “调处成功率达96%” <a href="#(s\d+)">', page)
    assert anchor
    assert f'<p id="{anchor[1]}"><b>a.txt</b>' in page
    assert "<mark>调处成功率达96%</mark>。" in page


def test_the_page_has_a_plot_of_the_metrics_and_one_of_earlier_runs(tmp_path: Path) -> None:
    write_run(example_run(), tmp_path / "first")
    history = read_history(tmp_path)
    first, again = render_html(example_run()), render_html(example_run(), TEXTS, history)
    assert (first.count("<svg"), again.count("<svg")) == (2, 3)
    assert "Earlier runs of set.jsonl" in again and "Earlier runs" not in first
    assert first.count("Citation = stored text") == 2  # the table and the plot


def test_a_run_is_read_back_with_its_metrics(tmp_path: Path) -> None:
    write_run(example_run(), tmp_path / "one")
    saved = read_run(tmp_path / "one")
    assert (saved.name, saved.questions_from, saved.reports) == ("one", "set.jsonl", ("a.txt",))
    assert saved.column("right") == {"q1": 1.0, "q2": 0.0}
    assert saved.column("value_recall") == {"q1": 1.0, "q2": 0.0}
    assert saved.answers[1].failures[0] == "status not_found, not answered"
    assert saved == read_run(tmp_path / "one" / "run.json")


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "run.json").write_text('{"started": 1}', encoding="utf-8")
    with pytest.raises(BadQuestionFile, match="--history"):
        read_run(tmp_path / "none")
    with pytest.raises(BadQuestionFile, match="not a run"):
        read_run(tmp_path / "broken")
    assert read_history(tmp_path) == ()


def test_the_history_names_each_run(tmp_path: Path) -> None:
    write_run(example_run(), tmp_path / "monday")
    console = Console(file=io.StringIO(), width=140)
    console.print(render_history(read_history(tmp_path)))
    output = console.file
    assert isinstance(output, io.StringIO)
    assert re.search(r"monday\s*│ set.jsonl\s*│\s*1 │\s*2 │\s*50.0%", output.getvalue())
