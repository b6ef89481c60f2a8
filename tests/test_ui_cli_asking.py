"""Questions on the command line: one, many at once, and a set that is counted."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import Fazhi

QUESTION = "哪些镇的行政诉讼应诉率达到100%？"


def test_an_answer_is_printed_with_its_sources(fazhi: Fazhi, samples: Path) -> None:
    ran = fazhi("ask", QUESTION, "--data", samples)
    assert ran.status == 0
    assert "马武镇" in ran.text
    assert "[1] mawu-2024.txt" in ran.text
    assert ran.err == ""


def test_an_answer_as_json_is_json_and_nothing_else(fazhi: Fazhi, samples: Path) -> None:
    given = fazhi("ask", QUESTION, "--json", "--data", samples).json
    assert list(given) == [
        "id", "question", "language", "status", "writer", "text", "plan", "census", "left_out",
        "findings", "citations", "notes", "timings_ms",
    ]  # fmt: skip
    census = given["census"]
    assert census["in_scope"] == sum(census.values()) - census["in_scope"] == 5


def test_a_question_may_be_kept_to_a_place_and_a_year(fazhi: Fazhi, samples: Path) -> None:
    def in_scope(*scope: str) -> int:
        ran = fazhi("ask", QUESTION, "--json", *scope, "--data", samples)
        return int(ran.json["census"]["in_scope"])

    assert in_scope("--place", "重庆市") == 2
    assert in_scope("--place", "重庆市", "--year", "2024") == 1


def test_a_batch_gives_one_answer_a_line_in_order_with_its_id(
    fazhi: Fazhi, samples: Path, tmp_path: Path
) -> None:
    lines = [
        {"id": "b", "question": QUESTION, "gold": "ignored"},
        {"id": 7, "question": "那2024年呢？", "history": [QUESTION]},
        {"question": "What did 马武镇 report?"},
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    ran = fazhi("ask", "--batch", batch, "--json", "--data", samples)
    answers = [json.loads(line) for line in ran.text.splitlines()]
    assert [given["id"] for given in answers] == ["b", 7, None]
    assert [given["question"] for given in answers] == [line["question"] for line in lines]


def test_a_line_that_is_no_question_is_named_before_anything_is_answered(
    fazhi: Fazhi, samples: Path, tmp_path: Path
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"question": "好"}\n{"id": 2}\n', encoding="utf-8")
    ran = fazhi("ask", "--batch", batch, "--json", "--data", samples)
    assert (ran.status, ran.out) == (2, b"")
    assert "batch.jsonl, line 2: question" in ran.err


def test_eval_of_the_ledger_prints_precision_and_recall(fazhi: Fazhi, tmp_path: Path) -> None:
    ran = fazhi("eval", "--facts", "--data", tmp_path)
    assert ran.status == 0
    assert "Facts of 25 reports" in ran.text
    assert "mawu-2024.txt" in ran.text


def test_eval_asks_a_question_set_of_the_stored_reports(
    fazhi: Fazhi, samples: Path, tmp_path: Path
) -> None:
    gold = {
        "id": "q1", "question": QUESTION, "kind": "census", "status": "answered",
        "reports": ["mawu-2024.txt"], "in_scope": 5,
    }  # fmt: skip
    questions, out = tmp_path / "questions.jsonl", tmp_path / "out"
    questions.write_text(json.dumps(gold), encoding="utf-8")
    ran = fazhi("eval", "--questions", questions, "--out", out, "--json", "--data", samples)
    assert ran.status == 0
    assert ran.json == json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert str(out) in ran.err
    shown = fazhi("eval", "--questions", questions, "--out", out, "--data", samples)
    assert "1 questions on 5 reports" in shown.text
