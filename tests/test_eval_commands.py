"""The commands under `fazhi eval`, by exit status, standard output and what they write."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from chat_page import copied
from click.testing import Result
from typer.testing import CliRunner

from rag.errors import BadQuestionFile, BadSetting
from rag.settings import Settings
from ui.cli import app

Fazhi = Callable[..., Result]
GOOD = {
    "id": "q1", "question": "哪些镇的行政诉讼应诉率达到100%？", "kind": "census",
    "status": "answered", "reports": ["mawu-2024.txt"], "in_scope": 5,
}  # fmt: skip
WRONG = GOOD | {"id": "q2", "reports": ["lihe-2023.txt"]}


@pytest.fixture(scope="module")
def data(sample_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the samples, in which these tests keep runs."""
    return copied(sample_settings.data, tmp_path_factory.mktemp("kept"))


@pytest.fixture
def fazhi(data: Path) -> Fazhi:
    """Runs the program on the stores of the samples."""

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(app, ["--data", str(data), "eval", *map(str, arguments)])

    return run


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps(GOOD) + "\n" + json.dumps(WRONG) + "\n", encoding="utf-8")
    return path


def test_a_run_below_its_floor_ends_with_status_1_and_names_the_metric(
    fazhi: Fazhi, questions: Path, tmp_path: Path
) -> None:
    ran = fazhi("--questions", questions, "--out", tmp_path / "a", "--fail-under", "set_f1=0.9")
    assert ran.exit_code == 1
    assert "Set F1" in ran.stdout
    assert "50.0%" in ran.stderr and "90.0%" in ran.stderr
    passed = fazhi("--questions", questions, "--out", tmp_path / "b", "--fail-under", "50%")
    assert passed.exit_code == 0


def test_a_run_is_compared_with_an_earlier_one_and_the_history_has_both(
    fazhi: Fazhi, questions: Path, data: Path
) -> None:
    runs = data / "runs"
    assert fazhi("--questions", questions, "--out", runs / "one").exit_code == 0
    questions.write_text(json.dumps(GOOD) + "\n", encoding="utf-8")
    ran = fazhi("--questions", questions, "--out", runs / "two", "--compare", "one")
    assert ran.exit_code == 0
    assert "one → two" in ran.stdout and "1 questions only in one: q2" in ran.stdout
    both = fazhi("--compare", "one", "--compare", "two", "--json")
    assert json.loads(both.stdout)["differences"]["right"]["questions"] == 1
    history = json.loads(fazhi("--history", "--json").stdout)
    assert {"one", "two"} <= {item["run"] for item in history}


def test_lint_prints_everything_wrong_and_ends_with_status_1(fazhi: Fazhi, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    lines = [GOOD | {"kind": "set"}, GOOD | {"in_scope": -1}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    ran = fazhi("--lint", "--questions", path)
    assert ran.exit_code == 1
    assert [line.split(": ")[1] for line in ran.stdout.splitlines()] == ["kind", "in_scope"]
    path.write_text(json.dumps(GOOD | {"reports": ["none.txt"]}) + "\n", encoding="utf-8")
    assert "no report none.txt" in fazhi("--lint", "--questions", path).stdout
    assert fazhi("--lint").exit_code == 0


def test_template_and_draft_write_files_that_pass_lint(fazhi: Fazhi, tmp_path: Path) -> None:
    template, draft = tmp_path / "mine.xlsx", tmp_path / "draft.csv"
    assert fazhi("--template", template).exit_code == 0
    assert "no report jia-2024.docx" in fazhi("--lint", "--questions", template).stdout
    assert fazhi("--draft", draft).exit_code == 0
    assert fazhi("--lint", "--questions", draft).exit_code == 0


def test_drafts_from_feedback_need_a_file_to_go_to(fazhi: Fazhi, tmp_path: Path) -> None:
    judged = tmp_path / "feedback.jsonl"
    line = {"question": GOOD["question"], "history": [], "thumb": "up", "status": "answered"}
    judged.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert fazhi("--from-feedback", judged).exit_code == 2
    out = tmp_path / "drafts.jsonl"
    assert fazhi("--from-feedback", judged, "--draft", out).exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["reports"] == ["mawu-2024.txt"]


def test_a_corpus_is_written_where_nothing_is(fazhi: Fazhi, tmp_path: Path) -> None:
    ran = fazhi("corpus", tmp_path / "made", "--reports", 40, "--seed", 3)
    assert ran.exit_code == 0
    assert len(list((tmp_path / "made" / "reports").iterdir())) == 40
    again = fazhi("corpus", tmp_path / "made", "--reports", 40)
    assert again.exit_code == 2 and "empty" in again.stderr


def test_unknown_metrics_and_runs_are_refused(fazhi: Fazhi, questions: Path) -> None:
    assert isinstance(fazhi("--fail-under", "beauty=0.5").exception, BadSetting)
    assert isinstance(
        fazhi("--questions", questions, "--compare", "never").exception, BadQuestionFile
    )


def test_a_benchmark_file_becomes_a_folder(fazhi: Fazhi, tmp_path: Path) -> None:
    source = tmp_path / "zh.json"
    line = {"id": 1, "query": "谁？", "answer": "李白", "positive": ["李白写诗"], "negative": []}
    source.write_text(json.dumps(line), encoding="utf-8")
    ran = fazhi("outside", source, tmp_path / "out", "--format", "rgb")
    assert ran.exit_code == 0
    assert (tmp_path / "out" / "questions.jsonl").is_file()
