"""Figures of one report that cannot all be right: found, stored, told, and nothing else."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.contradictions import find_contradictions
from ingest.load import load_bytes
from ingest.models import Loaded
from ingest.pipeline import read_report
from rag.models import Report
from rag.pipeline import answer
from tests.written_reports import register, report_text, stores_of

HERE = Path(__file__).parent
REPO = HERE.parent
ROWS: list[dict[str, Any]] = yaml.safe_load(
    (HERE / "data" / "contradictions.yaml").read_text(encoding="utf-8")
)
REAL = sorted(
    path
    for folder in ("ingest/samples", "eval/corpora/dev", "eval/gold/reports", "eval/gold/reports_b")
    for path in (REPO / folder).iterdir()
    if path.suffix in (".txt", ".md") and path.name != "README.md"
)


def read(path: Path) -> Report:
    return read_report(
        load_bytes(path.read_bytes(), path.name),
        source=path.name,
        sha256="",
        report_id=path.stem,
        register=register(),
    )


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_what_disagrees_is_found_and_nothing_else(row: dict[str, Any]) -> None:
    report = read_report(
        Loaded(report_text("甘宁镇", row["body"]), "utf-8", None, ()),
        source="ganning.txt",
        sha256="",
        report_id="a",
        register=register(),
    )
    found = [[one.check, one.arithmetic] for one in report.contradictions]
    assert found == row["found"]


def test_real_reports_raise_the_two_alarms_that_are_right() -> None:
    """Each alarm of these reports was read; these two are the only true ones there are."""
    reports = [read(path) for path in REAL]
    found = [(r.card.source, c.check, c.arithmetic) for r in reports for c in r.contradictions]
    assert len(reports) > 60
    assert found == [
        ("pingjiang-2022.txt", "label", "312件 ≠ 321件"),
        ("yehe-2023.txt", "label", "28名 ≠ 26名"),
    ]


def test_the_checks_cost_little() -> None:
    reports = [read(path) for path in REAL[:20]]
    started = time.process_time()
    for report in reports:
        find_contradictions(report.facts, text=report.text, register=register())
    assert (time.process_time() - started) / len(reports) < 0.002, "seconds a report"


def test_they_are_stored_with_their_facts_and_go_with_the_report(tmp_path: Path) -> None:
    body = "受理信访件14件，办结7件，办结率100%。"
    with stores_of(tmp_path, {"甘宁镇": body, "高峰镇": "受理信访件14件。"}) as stores:
        database = stores.database
        (report_id,) = database.contradictions()
        report = database.report(report_id)
        assert report.card.place.town == "甘宁镇"
        assert database.contradictions([report_id]) == {report_id: report.contradictions}
        (found,) = report.contradictions
        assert [(fact.value, fact.raw.rpartition("，")[2]) for fact in found.facts] == [
            (100, "办结率100%"),
            (7, "办结7件"),
            (14, "受理信访件14件"),
        ]
        assert set(found.facts) <= set(report.facts)
        database.remove_report(report_id)
        assert database.contradictions() == {}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("甘宁镇的信访办结率是多少？", "7 ÷ 14 ≈ 50%"),
        ("哪些镇的信访办结率达到100%？", "7 ÷ 14 ≈ 50%"),
        ("哪个镇的信访办结率最高？", "7 ÷ 14 ≈ 50%"),
        ("甘宁镇受理信访多少件？", "7 ÷ 14 ≈ 50%"),
        ("甘宁镇的信访办结率达到100%了吗？", "7 ÷ 14 ≈ 50%"),
        ("What is the petition completion rate of 甘宁镇?", "7 ÷ 14 ≈ 50%"),
        ("哪个镇调解纠纷最多？", "321件"),
        ("高峰镇调解了多少纠纷？", "321件"),
    ],
)
def test_an_answer_that_rests_on_one_says_so(tmp_path: Path, question: str, said: str) -> None:
    bodies = {
        "甘宁镇": "受理信访件14件，办结7件，办结率100%。",
        "高峰镇": "全年调解纠纷312件。成效明显。两级调委会全年调解纠纷321件。",
        "龙沙镇": "受理信访件20件，办结20件，办结率100%。全年调解纠纷50件。",
    }
    with stores_of(tmp_path, bodies) as stores:
        found = answer(question, stores=stores)
    flagged = {finding.town for finding in found.findings if finding.conflict}
    assert said in found.text
    assert len(flagged) == 1 and "龙沙镇" not in flagged
    (finding,) = (finding for finding in found.findings if finding.conflict)
    quotes = {citation.mark: citation.quote for citation in found.citations}
    shown = [quotes[mark] for mark in finding.citations]
    assert len(shown) >= 2, "both sides are cited"


def test_a_table_behind_the_plans_is_no_plan(tmp_path: Path) -> None:
    body = (
        "“法律明白人”28名。\n\n三、下一步打算\n\n加强培训。\n\n附：2024年普法队伍情况统计\n"
        "全镇“法律明白人”26名，普法志愿者40名。"
    )
    with stores_of(tmp_path, {"甘宁镇": body}) as stores:
        ((found,),) = stores.database.contradictions().values()
        assert {fact.value for fact in found.facts} == {28, 26}
