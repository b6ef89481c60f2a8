"""What is told before a question asks changes nothing; a claim that was heard is asked about."""

from __future__ import annotations

import pytest
from test_rag_plan import KNOWN
from test_rag_plan_frames import CHINESE, ENGLISH, assert_same_plan

from rag.indicators import Register, load_register
from rag.plan import plan_question
from rag.plan.claimed import as_claimed

TOLD_ZH = {
    "a complaint": lambda q: f"这事打了好几回电话都没有下文，心里实在不踏实。请问{q}",
    "a task": lambda q: f"我们正在起草一份材料，领导让先摸摸底，所以想请教一下，{q}",
    "a remark": lambda q: f"老话说得好，手里有粮心里不慌。{q}",
}
TOLD_EN = {
    "a task": lambda q: f"My boss wants a memo by Friday. {q}",
    "a note": lambda q: f"For our benchmarking note: {q}",
}
ASKING_EN = tuple("which what who how did does is are was were has have".split())
# One question each, that tells nothing of who asks itself.
PLAIN_ZH = [q for q in CHINESE if q.rstrip().endswith(("？", "?")) and not q.startswith("我")]
PLAIN_EN = [
    q for q in ENGLISH if q.lower().startswith(ASKING_EN) and q.endswith("?") and q.count("?") == 1
]


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


@pytest.mark.parametrize("question", PLAIN_ZH)
def test_what_is_told_before_a_chinese_question_changes_no_plan(
    register: Register, question: str
) -> None:
    assert_same_plan(TOLD_ZH, question, register)


@pytest.mark.parametrize("question", PLAIN_EN)
def test_what_is_told_before_an_english_question_changes_no_plan(
    register: Register, question: str
) -> None:
    assert_same_plan(TOLD_EN, question, register)


def test_there_are_questions_of_both_languages_to_tell_something_before() -> None:
    assert len(PLAIN_ZH) > 200
    assert len(PLAIN_EN) > 40


def test_the_town_and_the_year_that_only_the_background_names_are_kept(register: Register) -> None:
    told = plan_question(
        "我在马武镇开农资店，2023年来检查的人不少，请问那一年调解了多少件纠纷？",
        register=register,
        known=KNOWN,
    )
    asked = plan_question("马武镇2023年调解了多少件纠纷？", register=register, known=KNOWN)
    assert (told.places, told.years, told.indicators) == (
        asked.places, asked.years, asked.indicators,
    )  # fmt: skip


def test_a_question_before_a_question_is_no_background(register: Register) -> None:
    plan = plan_question(
        "马武镇2023年调解了多少件纠纷？顺便再问一句，罚款多少？", register=register, known=KNOWN
    )
    assert [part.indicators for part in plan.parts] == [("纠纷调解数",), ("罚款金额",)]


@pytest.mark.parametrize(
    ("heard", "claim"),
    [
        ("听说马武镇没有败诉案件，这话能不能说？", "马武镇没有败诉案件,是真的吗?"),
        ("据说马武镇的案件全部办结了，是真的吗？", "马武镇的案件全部办结了,是真的吗?"),
        ("I heard Mawu lost no case. Is that right?", "Is it true that Mawu lost no case?"),
        ("哪些镇没有败诉案件？", "哪些镇没有败诉案件?"),
    ],
)
def test_a_claim_that_was_heard_is_asked_about(heard: str, claim: str) -> None:
    assert as_claimed(heard.replace("，", ",").replace("？", "?")) == claim
