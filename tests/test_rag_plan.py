"""What a question asks, against a table, and what holds of every plan."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from rag.indicators import Register, load_register
from rag.models import Condition, Place, Plan, Turn
from rag.plan import Known, language_of, plan_question
from rag.plan.years import in_full, read_years

ROWS = yaml.safe_load(Path(__file__).with_name("data").joinpath("plans.yaml").read_text("utf-8"))[
    "plans"
]
REPORTS = (
    (Place("马武镇", "石柱土家族自治县", "重庆市", "重庆市"), 2024),
    (Place("李河镇", "万州区", "重庆市", "重庆市"), 2023),
    (Place("小江镇", "阳山县", "清远市", "广东省"), 2022),
    (Place("长征镇", "普陀区", "上海市", "上海市"), 2023),
    (Place("商家镇", "周村区", "淄博市", "山东省"), 2023),
)
KNOWN = Known(
    tuple(place for place, _ in REPORTS),
    frozenset(
        (name, year)
        for place, year in REPORTS
        for name in (place.town, place.county, place.city, place.province)
        if name
    ),
)


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


def likeliest(topic: str) -> str:
    """A topic with the first of each phrase's alternatives; the others change as names are learnt."""
    return " ".join(phrase.partition("|")[0] for phrase in topic.split())


def compared(plan: Plan, key: str) -> object:
    """The part of a plan that a row's key names, as YAML writes it."""
    if key == "conditions":
        return [[likeliest(c.indicator), c.op, c.value, c.unit] for c in plan.conditions]
    if key == "negated":
        return [likeliest(c.indicator) for c in plan.conditions if c.negated]
    if key == "topic":
        return likeliest(plan.topic)
    if key == "than":
        return [c.than_place or c.than_indicator or c.than_year for c in plan.conditions]
    if key == "picked":
        return list(plan.among.indicators) if plan.among else None
    if key == "of":
        return [c.of for c in plan.conditions]
    if key == "share":
        return [plan.share.op, plan.share.value, plan.share.unit] if plan.share else None
    if key == "sought":
        return plan.sought.what if plan.sought else None
    if key == "orders":
        return [part.order for part in plan.parts]
    if key == "parts":
        return len(plan.parts)
    value = getattr(plan, key)
    return sorted(value) if key == "places" else list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize(
    "row", ROWS, ids=[" → ".join([*r.get("history", ()), r["q"]]) for r in ROWS]
)
def test_a_question_is_planned_as_it_was_meant(register: Register, row: dict[str, Any]) -> None:
    history = [Turn(question) for question in row.get("history", ())]
    plan = plan_question(row["q"], register=register, known=KNOWN, history=history)
    keys = row.keys() - {"q", "history"}
    expected = {key: sorted(row[key]) if key == "places" else row[key] for key in keys}
    assert {key: compared(plan, key) for key in keys} == expected


@pytest.mark.parametrize("row", ROWS, ids=[row["q"] for row in ROWS])
def test_every_condition_is_of_an_indicator_or_topic_of_the_plan(
    register: Register, row: dict[str, Any]
) -> None:
    history = [Turn(question) for question in row.get("history", ())]
    plan = plan_question(row["q"], register=register, known=KNOWN, history=history)
    for condition in plan.conditions:
        named = {*re.split(r"[| ]", condition.indicator)} <= {*re.split(r"[| ]", plan.topic)}
        assert condition.indicator in plan.indicators or named
        of_another = condition.than_place or condition.than_indicator or condition.than_wider
        of_another = of_another or condition.than_year
        valueless = condition.op in ("mentions", "no_case") or bool(of_another)
        assert (condition.value is None) == valueless
        assert (condition.value2 is None) == (condition.op != "between")
    assert (plan.order is not None) == (plan.kind == "rank")
    assert (plan.measure is not None) == (plan.kind == "aggregate")
    assert list(plan.years) == sorted(set(plan.years))


def test_a_filter_holds_where_the_question_names_no_place(register: Register) -> None:
    plan = plan_question(
        "调解成功率是多少？", register=register, known=KNOWN, places=["李河镇"], years=[2023]
    )
    assert (plan.places, plan.years) == (("李河镇",), (2023,))


def test_the_same_question_gives_the_same_plan(register: Register) -> None:
    question = "李河镇和小江镇的调解成功率哪个高？"
    plans = {repr(plan_question(question, register=register, known=KNOWN)) for _ in range(3)}
    assert len(plans) == 1


@pytest.mark.parametrize(
    "question", ["", "？", "  ", "100%", "的", "???", "2023年", "[1](2)", "%s"]
)
def test_a_question_of_nothing_is_planned_all_the_same(register: Register, question: str) -> None:
    plan = plan_question(question, register=register, known=KNOWN)
    assert plan.conditions == ()
    assert plan.indicators == ()


TAIPING = Known(
    (
        Place("太平镇", "古蔺县", "泸州市", "四川省"),
        Place("太平镇", "枣阳市", "襄阳市", "湖北省"),
        Place("凉城新村街道", "虹口区", "上海市", "上海市"),
        Place("古现街道", "烟台经济技术开发区", "烟台市", "山东省"),
    ),
    frozenset((name, 2023) for name in ("太平镇", "凉城新村街道", "古现街道")),
)


@pytest.mark.parametrize(
    ("history", "question", "places"),
    [
        ((), "太平镇罚了多少钱？", ("太平镇",)),
        ((), "湖北的太平镇罚了多少钱？", ("枣阳市太平镇",)),
        (("古蔺太平镇罚了多少钱？",), "枣阳的那个呢", ("枣阳市太平镇",)),
        (("How much did Taiping Town in Gulin fine?",), "And the one in Hubei?", ("枣阳市太平镇",)),
        ((), "凉城街道的罚款是多少", ("凉城新村街道",)),
        ((), "What were the fines of Liangcheng?", ("凉城新村街道",)),
        ((), "烟台开发区那个街道存在什么问题？", ("烟台经济技术开发区",)),
        ((), "What were the fines of Liangchengxincum?", ("凉城新村街道",)),
    ],
)
def test_a_town_is_told_from_its_namesakes_and_known_by_its_short_names(
    register: Register, history: tuple[str, ...], question: str, places: tuple[str, ...]
) -> None:
    turns = [Turn(earlier) for earlier in history]
    plan = plan_question(question, register=register, known=TAIPING, history=turns)
    assert plan.places == places
    assert plan.unknown_places == ()


def test_the_two_towns_of_one_name_are_compared(register: Register) -> None:
    plan = plan_question("两个太平镇哪个罚款多？", register=register, known=TAIPING)
    assert (plan.kind, plan.places) == ("compare", ("太平镇",))


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("两个太平镇都有行政复议吗？", (">=", 100, "%")),
        ("两个太平镇有没有行政复议？", None),
        ("有两个镇有行政复议吗？", ("==", 2, "份")),
    ],
)
def test_how_many_towns_bear_a_name_is_no_share_of_the_reports(
    register: Register, question: str, share: tuple[str, float, str] | None
) -> None:
    plan = plan_question(question, register=register, known=TAIPING)
    given = plan.share and (plan.share.op, plan.share.value, plan.share.unit)
    assert (plan.kind, given) == ("yes_no", share)


def test_a_follow_up_about_these_towns_keeps_to_the_census_before(register: Register) -> None:
    history = [Turn("哪些镇的调解成功率超过98%？")]
    plan = plan_question("这些镇里哪个罚款最多", register=register, known=KNOWN, history=history)
    assert (plan.kind, plan.indicators) == ("rank", ("罚款金额",))
    assert plan.among is not None
    assert plan.among.conditions == (Condition("纠纷调解成功率", ">", 98, unit="%"),)


def test_a_word_of_several_indicators_offers_the_others(register: Register) -> None:
    plan = plan_question("哪个镇的办结率最高？", register=register, known=KNOWN)
    assert plan.indicators == ("信访办结率",)
    assert "热线办结率" in {other.indicators[0] for other in plan.alternatives}


def test_a_rate_of_nothing_named_is_asked_back(register: Register) -> None:
    plan = plan_question("Which towns reported a rate of 100%?", register=register, known=KNOWN)
    assert plan.indicators == ()
    assert len(plan.alternatives) >= 3


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("哪些镇的应诉率达到100%？", "zh"),
        ("which towns reported 100%", "en"),
        ("What is the 应诉率 of 马武镇 in its yearly report?", "en"),
        ("马武镇的GDP是多少", "zh"),
        ("100%", "zh"),
    ],
)
def test_the_answer_is_in_the_language_of_the_question(question: str, language: str) -> None:
    assert language_of(question) == language


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2023年的调解成功率", [2023]),
        ("2021到2023年", [2021, 2022, 2023]),
        ("from 2021 to 2023", [2021, 2022, 2023]),
        ("2021年和2023年", [2021, 2023]),
        ("between 2021 and 2023", [2021, 2022, 2023]),
        ("二〇二三年", [2023]),
        ("23年", [2023]),
        ("12345热线", []),
        ("5年以上", []),
    ],
)
def test_the_years_of_a_question_are_read(text: str, years: list[int]) -> None:
    text = in_full(text)
    found, masked = read_years(text)
    assert list(found) == years
    assert len(masked) == len(text)
