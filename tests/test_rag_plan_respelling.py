"""Words typed with a wrong character of the same sound, and misspelt English ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_rag_plan import KNOWN, ROWS
from written_reports import stores_of

from rag.indicators import Register, load_register
from rag.pipeline import answer
from rag.plan import language_of
from rag.plan.respelling import respell, respell_english
from rag.words import fold


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("哪些镇没有发生行政复义案件", "哪些镇没有发生行政复议案件"),
        ("罚宽最多的镇", "罚款最多的镇"),
        ("信仿办结率", "信访办结率"),
        ("出厅应诉率", "出庭应诉率"),
        ("法律固问覆盖率", "法律顾问覆盖率"),
        ("执法记录议", "执法记录仪"),
        ("法治文化长郎", "法治文化长廊"),
    ],
)
def test_a_wrong_character_is_read_as_meant(register: Register, typed: str, meant: str) -> None:
    found, respelled = respell(typed, register, ())
    assert found == meant
    assert len(respelled) == 1


@pytest.mark.parametrize(
    "question",
    ["以案说法开展了几场", "法制宣传和法治宣传", "免予处罚了几件", "新坊镇的罚款", "声明"],
)
def test_what_is_spelt_right_stays(register: Register, question: str) -> None:
    assert respell(question, register, KNOWN.places) == (question, ())


def test_hardly_a_question_of_the_table_is_respelled(register: Register) -> None:
    questions = [fold(row["q"]) for row in ROWS]
    changed = [q for q in questions if respell(q, register, KNOWN.places)[1]]
    assert len(changed) < 0.02 * len(questions), changed


def test_an_english_word_that_decides_is_put_right_and_others_stay() -> None:
    found, respelled = respell_english("Which repotrs admit prolbems at Yaoli's resorts?")
    assert found == "Which reports admit problems at Yaoli's resorts?"
    assert respelled == (("repotrs", "reports"), ("prolbems", "problems"))
    for right in ("planting trees", "medication", "resorts", "competition"):
        assert respell_english(right) == (right, ())
    english = [row["q"] for row in ROWS if language_of(row["q"]) == "en"]
    assert len(english) > 50
    changed = [q for q in english if respell_english(fold(q))[1]]
    assert len(changed) < 0.05 * len(english), changed


def test_an_answer_says_what_it_took_a_word_for(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "行政处罚12件，罚款3万元。", "高峰镇": "罚款1万元。"}
    with stores_of(tmp_path, bodies) as stores:
        found = answer("罚宽最多的是哪个镇？", stores=stores)
    assert [f.town for f in found.findings if f.state == "match"] == ["甘宁镇"]
    assert found.question == "罚宽最多的是哪个镇？"
    assert "错字按原意理解：“罚宽”作“罚款”。" in found.notes
