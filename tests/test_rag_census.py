"""The counting rules and states, on small reports in real stores."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from written_reports import register, stores_of, take_in

from rag.census import take_census
from rag.census.judge import holds, judge, to_unit
from rag.ledger import Ledger
from rag.models import STATES, Answer, Condition, Fact, Finding, Plan
from rag.pipeline import answer
from rag.stores import Stores

ROWS = yaml.safe_load(Path(__file__).with_name("data").joinpath("census.yaml").read_text("utf-8"))[
    "census"
]


def by_town(found: Answer, keys: set[str]) -> dict[str, Finding]:
    """The findings by town, or by town and year where the row names years."""
    named = any(" " in key for key in keys)
    return {f"{f.town} {f.year}" if named else str(f.town): f for f in found.findings}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['rule']}: {row['question']}" for row in ROWS])
def test_every_report_is_in_the_state_that_the_counting_rules_give(
    tmp_path: Path, row: dict[str, Any]
) -> None:
    with stores_of(tmp_path, row["reports"]) as stores:
        found = answer(row["question"], stores=stores)
    findings = by_town(found, set(row["reports"]))
    assert {key: finding.state for key, finding in findings.items()} == row["states"]
    counts = {state: list(row["states"].values()).count(state) for state in STATES}
    assert {state: getattr(found.census, state) for state in STATES} == counts
    assert found.census.in_scope == len(row["states"])
    derivations = {key: f.derivation for key, f in findings.items() if f.derivation}
    assert derivations == row.get("derivations", {})
    assert [key for key, f in findings.items() if f.conflict] == row.get("conflicts", [])
    for key, label in row.get("labels", {}).items():
        assert findings[key].label == label


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['rule']}: {row['question']}" for row in ROWS])
def test_what_a_match_rests_on_is_cited_and_quoted_from_its_report(
    tmp_path: Path, row: dict[str, Any]
) -> None:
    with stores_of(tmp_path, row["reports"]) as stores:
        found = answer(row["question"], stores=stores)
        for citation in found.citations:
            stored = stores.database.stored_text(citation.report_id)
            assert citation.raw == stored[citation.start : citation.end]
    by_mark = {citation.mark: citation for citation in found.citations}
    for finding in found.findings:
        cited = [by_mark[mark] for mark in finding.citations]
        assert all(citation.report_id == finding.report_id for citation in cited)
        if finding.town in row.get("silent", ()):
            assert not cited, "nothing stands there that could be cited"
        elif finding.state in ("match", "other_value", "implied", "no_case", "mentioned"):
            assert cited, f"{finding.town} is {finding.state} and cites nothing"
        else:
            assert not cited


def test_a_rates_counts_of_the_same_sentence_are_shown_beside_it(tmp_path: Path) -> None:
    sentence = "行政机关负责人应出庭7次，主要负责人亲自出庭5次，委托出庭2次，行政诉讼应诉率100%。"
    with stores_of(tmp_path, {"甘宁镇": sentence + "开展普法宣传12场次。"}) as stores:
        found = answer("哪些镇的行政诉讼应诉率达到100%？", stores=stores)
    assert all(part in found.text for part in ("7次", "5次", "2次"))
    assert "12场次" not in found.text


def test_two_values_that_disagree_are_both_in_the_text(tmp_path: Path) -> None:
    with stores_of(tmp_path, {"甘宁镇": "调解成功率98%。成效明显。调解成功率95%。"}) as stores:
        found = answer("甘宁镇的调解成功率是多少？", stores=stores)
    assert "98%" in found.text and "95%" in found.text
    (finding,) = found.findings
    assert finding.conflict and len(finding.citations) == 2


def test_one_town_and_year_from_two_files_is_one_report(tmp_path: Path) -> None:
    with stores_of(tmp_path, {"甘宁镇": "行政诉讼应诉率100%。"}) as stores:
        first = next(iter(stores.database.cards()))
        text = stores.database.stored_text(first.id).replace("100%", "90%")
        take_in(stores, "甘宁镇-again.txt", text)
        found = answer("哪些镇的行政诉讼应诉率达到100%？", stores=stores)
    assert found.census.in_scope == 1
    assert found.left_out.superseded == 1
    assert [finding.state for finding in found.findings] == ["other_value"], "the later counts"


def test_an_unreadable_report_is_counted_as_such(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "行政诉讼应诉率100%。", "高峰镇": "行政诉讼应诉率100%。"}
    with stores_of(tmp_path, bodies) as stores:
        database = stores.database
        card = next(card for card in database.cards() if card.place.town == "高峰镇")
        report = database.report(card.id)
        blank = replace(report, card=replace(card, unreadable=True))
        database.replace_report(blank, made_with={}, loaded=database.loaded(card.id))
        found = answer("哪些镇的行政诉讼应诉率达到100%？", stores=stores)
    assert found.census.unreadable == 1
    assert found.census.match == 1


def test_the_state_of_a_census_of_nothing_in_scope_is_empty(tmp_path: Path) -> None:
    with stores_of(tmp_path, {}) as stores:
        found = answer("哪些镇的行政诉讼应诉率达到100%？", stores=stores)
    assert found.status == "not_found"
    assert found.census.in_scope == 0
    assert found.findings == found.citations == ()


@pytest.fixture
def three(tmp_path: Path) -> Any:
    bodies = {"甘宁镇": "调解成功率98%。", "高峰镇": "调解成功率90%。", "龙沙镇": "认真学习。"}
    with stores_of(tmp_path, bodies) as stores:
        yield stores


@pytest.mark.parametrize(
    "plan",
    [
        Plan("census"),
        Plan("census", indicators=("纠纷调解成功率",)),
        Plan("census", conditions=(Condition("纠纷调解成功率", "mentions"),)),
        Plan("census", conditions=(Condition("枫桥经验", "mentions"),), topic="枫桥经验"),
        Plan("lookup", indicators=("纠纷调解成功率",), topic="次数"),
        Plan("rank", indicators=("纠纷调解成功率",), order="desc"),
        Plan("describe", roles=("shortcomings",)),
        Plan("corpus"),
        Plan("census", unknown_places=("银河镇",)),
    ],
    ids=lambda plan: f"{plan.kind} {plan.indicators or plan.topic or plan.conditions}",
)
def test_the_states_sum_to_the_reports_in_scope_for_every_plan(three: Stores, plan: Plan) -> None:
    ledger = Ledger(three.database)
    table = take_census(plan, ledger=ledger, lexical=three.lexical, register=register())
    counts = table.counts
    assert sum(getattr(counts, state) for state in STATES) == counts.in_scope == 3
    assert all(len(row.judgements) == max(len(table.conditions), 1) for row in table.rows)


def fact(value: float | None, qualifier: str = "exact", **more: Any) -> Fact:
    words = more.pop("quote", "调解成功率")
    made: dict[str, Any] = {
        "report_id": "r", "paragraph": 0, "section": (), "indicator": "纠纷调解成功率",
        "label": "调解成功率", "value": value, "low": None, "high": None, "unit": "%",
        "qualifier": qualifier, "kind": "achieved", "actor": None, "period": "2024",
        "start": 0, "end": 9, "value_start": 5, "value_end": 9, "raw": words, "quote": words,
        "sentence": words,
    }  # fmt: skip
    return Fact(**(made | more))


def condition(op: Any, value: float, value2: float | None = None, unit: str = "%") -> Condition:
    return Condition("纠纷调解成功率", op, value, value2, unit)


@pytest.mark.parametrize(
    ("qualifier", "holding"),
    [
        ("exact", {"== 95", ">= 95", ">= 90", "> 90", "<= 95", "<= 98", "< 98"}),
        ("at_least", {">= 95", ">= 90", "> 95", "> 90"}),
        ("about", {">= 95", ">= 90", "> 90", "<= 95", "<= 98", "< 98"}),
        ("less_than", {"<= 95", "<= 98", "< 95", "< 98"}),
    ],
)
def test_a_qualified_95_satisfies_only_what_it_can(qualifier: str, holding: set[str]) -> None:
    asked = {
        f"{op} {value}": holds(condition(op, value), fact(95, qualifier))
        for op in ("==", ">=", ">", "<=", "<")
        for value in (90, 95, 98)
    }
    assert {words for words, holds_so in asked.items() if holds_so} == holding


def test_a_range_holds_where_both_ends_do() -> None:
    printed = fact(None, "range", low=90, high=95)
    assert holds(condition(">=", 90), printed)
    assert not holds(condition(">", 90), printed)
    assert holds(condition("between", 80, 95), printed)
    assert not holds(condition("between", 92, 98), printed)
    assert not holds(condition("==", 90), printed)


def test_money_is_compared_in_one_unit() -> None:
    assert to_unit(2, "万元", "元") == 20_000
    assert to_unit(5000, "元", "万元") == 0.5
    assert to_unit(1, "亿元", "万元") == 10_000
    assert to_unit(3, "件", "宗") == 3


def test_a_report_without_a_word_on_it_has_no_judgement() -> None:
    known = {indicator.name: indicator for indicator in register().indicators}
    asked = known["纠纷调解成功率"]
    family = register().family_of(asked.name)
    assert judge(condition("==", 100), asked, family, (), by_name=known) is None


def test_a_count_is_judged_by_what_the_report_gives_for_all_of_it(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "新增法律明白人58名，全镇法律明白人达到311名。"}
    with stores_of(tmp_path, bodies) as stores:
        few = answer("法律明白人少于100名的镇有哪些？", stores=stores)
        many = answer("法律明白人超过300名的镇有哪些？", stores=stores)
    assert [finding.state for finding in few.findings] == ["other_value"]
    assert [finding.state for finding in many.findings] == ["match"]
