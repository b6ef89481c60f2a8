"""A figure in a question is bounded alike, however it is said and written."""

from __future__ import annotations

import pytest
from test_rag_plan import KNOWN

from rag.indicators import Register, load_register
from rag.plan import plan_question

BOUNDS = {
    ">": ["超过{}", "多于{}", "大于{}", "过{}", "过了{}", "不止{}", "比{}多", "比{}还多", "突破{}"],
    ">=": ["{}以上", "{}及以上", "满{}", "达到{}", "不少于{}", "至少{}", "够{}", "{}或者{}以上"],
    "<": ["不到{}", "不足{}", "没到{}", "少于{}", "未达到{}", "连{}都不到", "比{}少", "比{}还少"],
    "<=": ["{}以下", "{}以内", "不超过{}", "至多{}", "顶多{}", "控制在{}以内"],
    "==": ["正好{}", "刚好{}", "等于{}", "恰恰{}"],
}
FIGURES = [
    ("罚款", "罚款金额", "5万元", 50_000),
    ("罚款", "罚款金额", "五万块", 50_000),
    ("罚款", "罚款金额", "二十万", 200_000),
    ("行政处罚案件", "行政处罚案件数", "100件", 100),
    ("行政处罚案件", "行政处罚案件数", "一百件", 100),
    ("调解纠纷", "纠纷调解数", "300起", 300),
    ("法律明白人", "法律明白人数", "一百名", 100),
    ("调解成功率", "纠纷调解成功率", "90%", 90),
    ("调解成功率", "纠纷调解成功率", "百分之九十", 90),
    ("12345热线工单", "热线工单数", "四千件", 4_000),
    ("信访", "信访件数", "100件", 100),
]


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


@pytest.mark.parametrize(("subject", "indicator", "figure", "value"), FIGURES)
@pytest.mark.parametrize("op", BOUNDS)
def test_a_bound_is_read_however_it_is_said(
    register: Register, op: str, subject: str, indicator: str, figure: str, value: int
) -> None:
    for said in BOUNDS[op]:
        words = said.format(*[figure] * said.count("{}"))
        for question in (f"哪些镇的{subject}{words}？", f"{subject}{words}的有哪几个镇？"):
            plan = plan_question(question, register=register, known=KNOWN)
            assert plan.kind == "census", question
            [condition] = plan.conditions
            scale = 10_000 if condition.unit == "万元" else 1
            assert (condition.indicator, condition.op) == (indicator, op), question
            assert (condition.value or 0) * scale == value, question
            assert not condition.negated, question


def test_two_bounds_of_two_counts_stay_apart(register: Register) -> None:
    plan = plan_question(
        "信访满100件或者热线工单满2000件的，是哪些镇？", register=register, known=KNOWN
    )
    bounds = {(c.indicator, c.op, c.value) for c in plan.conditions}
    assert bounds == {("信访件数", ">=", 100), ("热线工单数", ">=", 2000)}
    assert plan.join == "or"
