"""Folding keeps offsets; words are the same in a report and in a question."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.words import fold, words


@given(st.text())
@example("ﬁ㎡㈠…İß")
@example("\u3000\u00a0\u2028\ufeff\U0002f800")
def test_folding_keeps_the_length_and_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１００％（含）", "100%(含)"),
        ("ＬＥＤ，Ａ～Ｂ", "LED,A~B"),
        ("甲\u3000乙\u00a0丙\t丁\u200b戊", "甲 乙 丙 丁 戊"),
        ("第一行\n第二行", "第一行\n第二行"),
        ("行政機關負責人出庭應訴率", "行政机关负责人出庭应诉率"),
        ("⻢武鎮⼈⺠政府", "马武镇人民政府"),
        ("乾县著名", "乾县著名"),
        ("“三重一大”、《民法典》。", "“三重一大”、《民法典》。"),
        ("①㎡", "①㎡"),
    ],
)
def test_characters_become_plain(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("term", (files("rag") / "words.txt").read_text("utf-8").split())
def test_every_term_of_the_field_is_one_word(term: str) -> None:
    assert term in words(term)


def test_the_list_of_terms_has_no_double() -> None:
    terms = (files("rag") / "words.txt").read_text("utf-8").split()
    assert len(terms) == len(set(terms)) > 150


def test_a_long_term_also_gives_the_words_inside_it() -> None:
    assert {"行政", "诉讼", "应诉", "行政诉讼应诉率"} <= set(words("行政诉讼应诉率达到100%"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("。，“”——%", []),
        ("87.5％", ["87.5"]),
        ("LED横幅33条", ["led", "横幅", "33", "条"]),
        ("法律，顾问", ["法律", "顾问"]),
    ],
)
def test_words_are_lower_case_without_punctuation(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_traditional_and_full_width_text_gives_the_same_words() -> None:
    assert words("行政機關負責人出庭應訴率１００％") == words("行政机关负责人出庭应诉率100%")


def test_starting_writes_no_log_line_and_no_cache(tmp_path: Path) -> None:
    code = "from rag.words import words; print(words('枫桥经验'))"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"TMPDIR": str(tmp_path), "PYTHONPATH": ".", "PYTHONUTF8": "1"},
    )
    assert run.stdout == "['枫桥', '经验', '枫桥经验']\n"
    assert run.stderr == ""
    assert list(tmp_path.iterdir()) == []
