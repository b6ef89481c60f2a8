"""Characters that deny, and the words that hold one and deny nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from written_reports import stores_of

from rag.denials import only_denials
from rag.pipeline import answer

BODIES = {
    "甘宁镇": "对未成年人开展法治教育12场。运用无人机巡查违法建设30次。",
    "高峰镇": "创建无讼社区2个。没收违法所得3万元。",
    "李河镇": "未开展法治教育。本年无行政诉讼案件。",
}


@pytest.mark.parametrize(
    "text",
    ["没收到申请", "没落实制度", "无行政诉讼", "无烟花爆竹事故", "未开展", "有无诉讼", "没有"],
)
def test_what_denies_stays(text: str) -> None:
    assert only_denials(text) == text


@pytest.mark.parametrize(
    ("question", "towns"),
    [
        ("哪些镇对未成年人开展法治教育？", {"甘宁镇"}),
        ("哪些镇没有开展法治教育？", {"高峰镇", "李河镇"}),
        ("哪些镇用无人机巡查违法建设？", {"甘宁镇"}),
        ("哪些镇创建了无讼社区？", {"高峰镇"}),
        ("哪些镇没收了违法所得？", {"高峰镇"}),
        ("哪些镇没有行政诉讼案件？", {"李河镇"}),
    ],
)
def test_a_census_takes_no_word_for_a_denial(
    tmp_path: Path, question: str, towns: set[str]
) -> None:
    with stores_of(tmp_path, BODIES) as stores:
        found = answer(question, stores=stores)
    assert {f.town for f in found.findings if f.state == "match"} == towns
