"""What a question asks does not change with the words around it, nor with how it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from test_rag_plan import KNOWN, ROWS

from rag.indicators import Register, load_register
from rag.plan import language_of, plainly, plan_question

# Questions of their own, without a history, that are no courtesy themselves.
ASKED = [row["q"] for row in ROWS if not row.get("history") and len(row["q"]) > 8]
CHINESE = [question for question in ASKED if language_of(question) == "zh"]
ENGLISH = [question for question in ASKED if language_of(question) == "en"]
ENDS = "?？。.!！"
FULL_WIDTH = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789%"}

Frame = Callable[[str], str]
FRAMES_ZH: dict[str, Frame] = {
    "greeting": lambda q: f"你好！{q}谢谢！",
    "request": lambda q: f"麻烦帮我查一下{q}",
    "wish": lambda q: f"我想了解一下，{q}",
    "sources": lambda q: f"根据现有报告，{q}",
    "cited": lambda q: f"{q.rstrip(ENDS)}？请给出原文出处。",
    "table": lambda q: f"{q.rstrip(ENDS)}？用表格列出来",
    "marks": lambda q: f"{q.rstrip(ENDS)}？？？" if q.endswith(("？", "?")) else q,
    "full width": lambda q: q.translate(FULL_WIDTH),
}
FRAMES_EN: dict[str, Frame] = {
    "greeting": lambda q: f"Hi, {q} Thanks!",
    "sources": lambda q: f"According to the reports, {q}",
    "cited": lambda q: f"{q.rstrip(ENDS)}? Please cite the sources.",
    "request": lambda q: f"Please tell me: {q}",
}


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


@pytest.mark.parametrize("question", CHINESE)
def test_a_chinese_frame_changes_no_plan(register: Register, question: str) -> None:
    assert_same_plan(FRAMES_ZH, question, register)


@pytest.mark.parametrize("question", ENGLISH)
def test_an_english_frame_changes_no_plan(register: Register, question: str) -> None:
    assert_same_plan(FRAMES_EN, question, register)


def assert_same_plan(frames: dict[str, Frame], question: str, register: Register) -> None:
    bare = plan_question(question, register=register, known=KNOWN)
    for name, frame in frames.items():
        framed = plan_question(frame(question), register=register, known=KNOWN)
        assert framed == bare, name


def test_there_are_questions_of_both_languages() -> None:
    assert len(CHINESE) > 300
    assert len(ENGLISH) > 50


TYPED = Path(__file__).with_name("data") / "courtesies.yaml"


@pytest.mark.parametrize(("typed", "plain"), yaml.safe_load(TYPED.read_text("utf-8")).items())
def test_only_courtesies_go(typed: str, plain: str) -> None:
    assert plainly(typed) == plain
    assert plainly(plain) == plain, "what is plain stays as it is"
