"""What the rules write of open questions: the words asked for first, then what is near them."""

from __future__ import annotations

from pathlib import Path

from written_reports import stores_of

from rag.pipeline import answer

LATE = (
    "本年度发生行政诉讼案件1件，负责人未出庭。\n\n"
    "针对负责人缺席庭审一事，镇里规定今后开庭须提前五日报告，由另一名班子成员替补。\n\n"
    "开展普法宣传12场，发放资料3000份。\n\n"
    "下一步，建立出庭应诉提醒机制。"
)


def told(folder: Path, body: str, question: str) -> str:
    with stores_of(folder, {"甘宁镇": body}) as stores:
        found = answer(question, stores=stores)
    assert found.status == "answered"
    return found.text


def test_what_follows_from_the_words_asked_for_is_told_behind_them(tmp_path: Path) -> None:
    text = told(tmp_path, LATE, "甘宁镇负责人没出庭以后采取了哪些补救措施？")
    said, followed = text.index("负责人未出庭"), text.index("提前五日报告")
    heading = text.index("意思相近的还有")
    assert said < heading < followed
    assert "提醒机制" not in text, "a plan is no measure that was taken"


def test_a_figure_asked_for_is_told_without_what_is_near_it(tmp_path: Path) -> None:
    text = told(tmp_path, LATE, "甘宁镇发放了几份普法资料？")
    assert "3000份" in text
    assert "意思相近" not in text
