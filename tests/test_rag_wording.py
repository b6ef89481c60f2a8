"""Whether a text speaks of a phrase: in its words, around one gap, or close together."""

from __future__ import annotations

import pytest

from rag.wording import wording


@pytest.mark.parametrize(
    ("phrase", "text", "held"),
    [
        ("枫桥经验", "坚持新时代“枫桥经验”。", True),
        ("枫桥经验|枫桥式", "创建枫桥式工作法", True),
        ("轻微违法免罚", "对轻微违法行为免罚12件", True),
        ("轻微违法免罚|首违不罚", "对违法行为处罚12件", False),
        ("综合查一次", "综合执法队检查了一次", False),
        ("综合查一次|联合检查一次", "综合执法队现有执法人员32人,检查一次", False),
        ("重大行政决策事项目录", "公布重大行政决策目录2项", True),
        ("执法仪", "依法治理委下设执法协调小组", False),
        ("法治文化广场", "建成法治文化广场1个", True),
        ("防溺水宣传", "开展禁毒宣传6场", False),
        ("防溺水宣传", "进校宣传防溺水知识", True),
        ("城管执法", "城管队伍12人", False),
        ("聘请法律顾问", "全镇法律顾问已到位", True),
        ("法治文化广场", "文化活动丰富。" + "开展工作。" * 12 + "法治广场改建", False),
    ],
)
def test_a_text_holds_a_phrase_in_its_words_or_nearly(phrase: str, text: str, held: bool) -> None:
    assert (wording(phrase).place(text) is not None) == held


def test_of_alternatives_none_falls_apart_into_words() -> None:
    assert wording("法律顾问|公职律师").together == ()
    assert wording("配备法律顾问").together != ()


def test_a_paragraph_has_to_hold_every_part_of_one_way() -> None:
    needed = wording("轻微违法免罚").needed
    assert ("轻微违法免罚",) in needed
    assert ("轻微违法", "免罚") in needed
