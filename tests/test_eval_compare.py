"""Two runs beside each other, the floors of a build, and the intervals of the figures."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from eval.compare import compare
from eval.dataset import Question
from eval.floors import below, read_floors
from eval.metrics.intervals import mean_interval
from eval.metrics.paired import paired_difference
from eval.metrics.score import score_answer
from eval.metrics.summary import Figures
from eval.outcome import Outcome, Run
from eval.report import write_run
from eval.saved import SavedRun, read_run
from eval.table import render_comparison
from rag.errors import BadSetting


def saved(folder: Path, name: str, answers: dict[str, list[str]]) -> SavedRun:
    """A run whose answers name these reports; right is a.txt."""
    outcomes = []
    for number, sources in answers.items():
        gold = {"id": number, "question": f"{number}？", "kind": "census", "status": "answered"}
        question = Question.model_validate({**gold, "reports": ["a.txt"]})
        findings = [{"source": source, "state": "match"} for source in sources]
        answer = {"status": "answered", "findings": findings}
        outcomes.append(Outcome(question, answer, 1.0, score_answer(question, answer, {})))
    run = Run("2025-01-02T03:04:05+00:00", "set.jsonl", ("a.txt",), tuple(outcomes))
    write_run(run, folder / name)
    return read_run(folder / name)


A, AB, B = ["a.txt"], ["a.txt", "b.txt"], ["b.txt"]


def test_the_questions_that_changed_are_named_what_broke_first(tmp_path: Path) -> None:
    earlier = saved(tmp_path, "old", {"same": A, "mended": B, "broken": A, "better": B, "gone": A})
    later = saved(tmp_path, "new", {"same": A, "mended": A, "broken": AB, "better": AB, "new": A})
    found = compare(earlier, later)
    assert [(change.id, change.verdict) for change in found.changes] == [
        ("broken", "broken"),
        ("better", "better"),
        ("mended", "mended"),
    ]
    assert "set_precision" in found.changes[0].worse
    assert (found.only_earlier, found.only_later) == (("gone",), ("new",))


def test_the_differences_are_over_the_questions_both_runs_have(tmp_path: Path) -> None:
    earlier = saved(tmp_path, "old", {"one": A, "two": B, "gone": B})
    later = saved(tmp_path, "new", {"one": A, "two": AB})
    found = compare(earlier, later).differences["set_precision"]
    assert (found.earlier, found.later, found.questions) == (1 / 2, (1 + 1 / 2) / 2, 2)
    assert found.difference == 1 / 4
    assert not found.is_certain


def test_a_difference_on_every_question_is_certain() -> None:
    names = [str(number) for number in range(10)]
    found = paired_difference(dict.fromkeys(names, 0.0), dict.fromkeys(names, 1.0))
    assert found and found.is_certain
    assert paired_difference({"a": 1.0}, {"b": 1.0}) is None


def test_the_comparison_is_printed_with_what_is_wrong_now(tmp_path: Path) -> None:
    earlier = saved(tmp_path, "old", {"one": A, "two": A})
    later = saved(tmp_path, "new", {"one": A, "two": B})
    console = Console(file=io.StringIO(), width=120)
    console.print(render_comparison(compare(earlier, later)))
    output = console.file
    assert isinstance(output, io.StringIO)
    text = output.getvalue()
    assert "old → new" in text and "-50.0" in text
    assert "reports missed: a.txt; wrong: b.txt" in text


def test_an_interval_is_that_of_the_draws() -> None:
    assert mean_interval([1.0, 1.0, 1.0]) == mean_interval([1.0] * 5)
    certain, open_ = mean_interval([1.0] * 4), mean_interval([0.0, 1.0])
    assert certain and (certain.low, certain.high) == (1, 1)
    assert open_ and (open_.low, open_.high) == (0, 1)
    assert mean_interval([1.0]) is None
    few, many = mean_interval([0.0, 1.0] * 10), mean_interval([0.0, 1.0] * 200)
    assert few and many
    # of n values of 0 and 1 the mean's standard error is 1/2 / sqrt(n), and 95% is 1.96 of it
    assert few.high - few.low == pytest.approx(2 * 1.96 * 0.5 / 20**0.5, abs=0.08)
    assert many.high - many.low == pytest.approx(2 * 1.96 * 0.5 / 400**0.5, abs=0.02)


def test_floors_are_read_with_and_without_a_metric() -> None:
    assert read_floors(["0.9", "set_f1 = 98%"], ["set_f1"]) == {"right": 0.9, "set_f1": 0.98}
    for wrong in ("1.5", "nothing=0.5", "set_f1=", "most"):
        with pytest.raises(BadSetting, match="--fail-under"):
            read_floors([wrong], ["set_f1"])


def test_what_is_below_its_floor_is_named_with_what_it_is() -> None:
    figures = Figures(questions=2, right=0.5, shares={"set_f1": 0.97, "yes_no": None})
    floors = {"right": 0.5, "set_f1": 0.98, "yes_no": 1.0}
    assert below(figures, floors) == {"set_f1": 0.97}
