"""A question about one report that no paragraph answers in its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from written_reports import stores_of

from rag.compose.near import nearest_paragraph
from rag.pipeline import answer

BODY = (
    "全年开展法治宣传12场次。\n\n"
    "邀请老船工和商户代表组成议事团，就古桥修缮和夜间噪声开展协商。\n\n"
    "调解纠纷30件。"
)


@pytest.mark.parametrize(
    ("topic", "given"),
    [
        ("照看古桥", True),
        ("外人|商户 照看", True),
        ("垃圾分类", False),
        ("邀请情况", True),
        ("ferrymen", True),  # an English word that has no Chinese here shares none
        ("垃圾分类 karaoke", False),
    ],
)
def test_the_nearest_paragraph_has_to_share_a_word(tmp_path: Path, topic: str, given: bool) -> None:
    with stores_of(tmp_path, {"甘宁镇": BODY}) as stores:
        near = [p for p in stores.database.paragraphs() if "老船工" in p.text]
    found = nearest_paragraph(topic, near)
    assert (found == near[0]) if given else found is None
    assert nearest_paragraph(topic, []) is None


def test_what_no_report_has_a_word_of_is_not_answered_with_something_else(tmp_path: Path) -> None:
    with stores_of(tmp_path, {"甘宁镇": BODY}) as stores:
        found = answer("甘宁镇如何推进垃圾分类？", stores=stores)
    assert found.status == "not_found"
    assert found.citations == ()
