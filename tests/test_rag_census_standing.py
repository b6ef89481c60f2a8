"""What is known of all reports at once says of each what judging it by itself says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from written_reports import register, stores_of

from rag.census.columns import Columns
from rag.census.outcome import Judged, joined_states
from rag.census.standing import Stood, take_standing
from rag.judgements import Judgement
from rag.ledger import Ledger
from rag.models import STATES, Condition, Operator, Plan
from rag.stores import Stores

RATE, CASES, APPEARED = "行政机关负责人出庭应诉率", "行政诉讼案件数", "纠纷调解成功率"
BODIES = {
    "甘宁镇": "行政机关负责人出庭应诉率100%，调解成功率98%以上。",
    "高峰镇": "行政机关负责人出庭应诉率90%。共发生行政诉讼案件3件。调解成功率98%。",
    "龙沙镇": "行政诉讼案件2件，行政机关负责人应出庭2次，实际出庭1次。",
    "响水镇": "全年无行政诉讼案件。成功调解矛盾纠纷98%以上。",
    "武陵镇": "认真学习。|力争行政机关负责人出庭应诉率达到100%，调解成功率达到99%。",
    "瀼渡镇": "落实行政机关负责人出庭应诉制度，调解工作有力。",
    "甘露镇": "认真学习。",
    "余家镇": "共调解纠纷50件，调解成功49件。",
    "后山镇": "行政机关负责人出庭应诉率100%。受理行政诉讼案件1件，调解成功率95%至99%。",
}
OPS: tuple[Operator, ...] = ("==", ">=", ">", "<=", "<", "mentions", "no_case")


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    with stores_of(tmp_path_factory.mktemp("standing"), BODIES) as stores:
        database = stores.database
        card = database.cards()[0]
        report = database.report(card.id)
        blank = replace(report, card=replace(card, unreadable=True))
        database.replace_report(blank, made_with={}, loaded=database.loaded(card.id))
        yield stores


@pytest.mark.parametrize("name", [RATE, CASES, APPEARED])
def test_every_condition_comes_out_as_if_each_report_were_judged_by_itself(
    stores: Stores, name: str
) -> None:
    with stores.snapshot() as snapshot:
        ledger = Ledger(snapshot.database)
        reports = ledger.cards()
        columns = Columns(ledger, snapshot.lexical, register(), reports)
        seen = set()
        for op in OPS:
            value = None if op in ("mentions", "no_case") else 98 if name == APPEARED else 100
            asked = Condition(name, op, value, unit="%" if value else None)
            one_by_one = Judged(reports, columns.of(asked, Plan("census")))
            standing = take_standing(asked, reports, columns)
            numbers = reports.numbers_of(reports)
            at_once = Stood(asked, standing, reports, numbers, columns)
            for position, card in enumerate(reports):
                if card.unreadable:
                    assert STATES[at_once.states[position]] == "unreadable"
                    continue
                judged = one_by_one.judgement(position)
                assert at_once.judgement(position) == judged, (card.place.town, op)
                assert STATES[at_once.states[position]] == judged.state, (card.place.town, op)
                assert at_once.figured[position] == (judged.fact is not None)
                assert at_once.worded[position] == bool(judged.spans)
                seen.add(judged.state)
        assert {"match", "other_value", "not_reported"} <= seen


def test_reports_that_state_the_same_are_one_case(stores: Stores) -> None:
    with stores.snapshot() as snapshot:
        ledger = Ledger(snapshot.database)
        reports = ledger.cards()
        columns = Columns(ledger, snapshot.lexical, register(), reports)
        standing = take_standing(Condition(RATE, "mentions"), reports, columns)
    cases = dict(zip((card.place.town for card in reports), standing.case_of, strict=True))
    known = {town for town in cases if not reports[[*cases].index(town)].unreadable}
    hundred = {cases[town] for town in ("甘宁镇", "后山镇") if town in known}
    assert len(hundred) == 1
    assert hundred.isdisjoint({cases["高峰镇"]} if "高峰镇" in known else set())


def test_reports_that_come_out_alike_are_joined_once(stores: Stores) -> None:
    with stores.snapshot() as snapshot:
        ledger = Ledger(snapshot.database)
        reports = ledger.cards()
        columns = Columns(ledger, snapshot.lexical, register(), reports)
        plan = Plan("census")
        outcomes = [
            Judged(reports, columns.of(Condition(name, "mentions"), plan)) for name in (RATE, CASES)
        ]
        asked: list[tuple[str, ...]] = []

        def join(judged: list[Judgement]) -> str:
            asked.append(tuple(one.state for one in judged))
            return "match" if all(one.holds for one in judged) else "other_value"

        states = joined_states(outcomes, join)  # type: ignore[arg-type]
        each = [
            "match" if all(o.judgement(n).holds for o in outcomes) else "other_value"
            for n in range(len(reports))
        ]
    assert [STATES[state] for state in states] == each
    assert len(asked) < len(reports), "not one by one"


def test_the_same_scope_gives_the_same_reports(stores: Stores) -> None:
    with stores.snapshot() as snapshot:
        ledger = Ledger(snapshot.database)
        everything = ledger.cards()
        some = ledger.cards(places=["甘宁镇", "高峰镇"])
        assert ledger.cards() is everything
        assert ledger.cards(places=["高峰镇", "甘宁镇"]) is some
        assert [everything[n] for n in everything.numbers_of(some)] == [*some]
        made: list[int] = []

        def count(reports: object) -> int:
            made.append(len(reports))  # type: ignore[arg-type]
            return len(made)

        assert (some.once(count), some.once(count), everything.once(count)) == (1, 1, 2)
        assert made == [len(some), len(everything)]
