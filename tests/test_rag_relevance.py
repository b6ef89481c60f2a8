"""What of the stored words bears on a question without a canonical indicator."""

from __future__ import annotations

from typing import Any

from rag.models import Fact
from rag.relevance import is_stored, nearest_facts

PARAGRAPHS = {
    "r#0": "大力弘扬新时代枫桥经验，矛盾不上交。",
    "r#1": "配备执法记录仪和便携式打印机。",
}


def holding(phrase: str) -> set[str]:
    return {name for name, text in PARAGRAPHS.items() if phrase in text}


def fact(label: str, **more: Any) -> Fact:
    made: dict[str, Any] = {
        "report_id": "r", "paragraph": 0, "section": (), "indicator": None, "label": label,
        "value": 1, "low": None, "high": None, "unit": "件", "qualifier": "exact",
        "kind": "achieved", "actor": None, "period": None, "start": 0, "end": 1,
        "value_start": 0, "value_end": 1, "raw": "", "quote": "", "sentence": "",
    }  # fmt: skip
    return Fact(**(made | more))


def test_a_topic_is_stored_when_every_phrase_is() -> None:
    assert is_stored("枫桥经验", holding)
    assert is_stored("枫桥经验 执法记录仪", holding)
    assert not is_stored("枫桥经验 无人机", holding)


def test_one_alternative_of_a_phrase_is_enough() -> None:
    assert is_stored("无人机|打印机", holding)
    assert not is_stored("无人机|摄像头", holding)


def test_a_phrase_whose_words_stand_in_one_paragraph_is_stored() -> None:
    assert is_stored("新时代枫桥矛盾", holding)
    assert not is_stored("枫桥打印机", holding), "the words stand in two paragraphs"


def test_the_nearest_figures_share_words_with_what_was_asked() -> None:
    facts = [fact("调解矛盾纠纷"), fact("矛盾纠纷调解成功率"), fact("执法车辆"), fact("普法讲座")]
    found = nearest_facts(["纠纷调解成功率"], facts, most=2)
    assert [near.label for near in found] == ["矛盾纠纷调解成功率", "调解矛盾纠纷"]


def test_nothing_is_near_to_what_shares_only_common_words() -> None:
    assert nearest_facts(["工作情况"], [fact("案件办理情况"), fact("开展工作")], most=3) == ()
    assert nearest_facts([], [fact("调解矛盾纠纷")], most=3) == ()


def test_only_what_was_achieved_is_offered_and_each_label_once() -> None:
    facts = [fact("调解纠纷", kind="target"), fact("化解纠纷"), fact("化解纠纷", value=2)]
    assert [near.label for near in nearest_facts(["纠纷"], facts, most=5)] == ["化解纠纷"]
