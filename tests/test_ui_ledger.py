"""`fazhi facts`: filters, reasons, open labels, and the matrix of reports and indicators."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import yaml
from command_line import Fazhi, Ran
from openpyxl import load_workbook

from rag.models import Fact
from rag.stores import Stores
from rag.unmapped import open_clusters
from tests.written_reports import stores_of
from ui.ledger.matrix import cell_words, matrix_of, matrix_records, matrix_rows
from ui.ledger.words import why

REPO = Path(__file__).parent.parent


def rows_of(ran: Ran) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ran.text)))


def test_figures_are_filtered_by_kind_label_and_english_name(fazhi: Fazhi, samples: Path) -> None:
    every = fazhi("facts", "--format", "json", "--data", samples).json
    achieved = fazhi("facts", "--kind", "achieved", "--format", "json", "--data", samples).json
    rest = ["previous_period", "other_actor", "target", "requirement", "change"]
    others = [option for kind in rest for option in ("--kind", kind)]
    not_achieved = fazhi("facts", *others, "--format", "json", "--data", samples).json
    assert achieved and {fact["kind"] for fact in achieved} == {"achieved"}
    assert not_achieved and "achieved" not in {fact["kind"] for fact in not_achieved}
    assert len(achieved) + len(not_achieved) == len(every)
    called = fazhi("facts", "--label", "应诉", "--label", "调解", "--format", "json",
                   "--data", samples).json  # fmt: skip
    assert called and all("应诉" in fact["label"] or "调解" in fact["label"] for fact in called)
    english = fazhi("facts", "--indicator", "disputes mediated", "--format", "json",
                    "--data", samples).json  # fmt: skip
    assert english and {fact["indicator"] for fact in english} == {"纠纷调解数"}


def test_an_unknown_indicator_is_refused_with_the_nearest(fazhi: Fazhi, samples: Path) -> None:
    ran = fazhi("facts", "--indicator", "行政诉讼应述率", "--data", samples)
    assert ran.status == 2 and ran.out == b"" and "行政诉讼应诉率" in ran.err


@pytest.mark.parametrize(
    "options",
    [("--matrix", "--unmapped"), ("--matrix", "--why"), ("--unmapped", "--why")],
)
def test_what_cannot_be_combined_is_refused(
    fazhi: Fazhi,
    samples: Path,
    options: tuple[str, str],
) -> None:
    assert fazhi("facts", *options, "--data", samples).status == 2


def test_why_names_the_rules_in_words(fazhi: Fazhi, tmp_path: Path) -> None:
    with stores_of(tmp_path, BODIES):
        pass
    rows = rows_of(fazhi("facts", "--why", "--format", "csv", "--data", tmp_path))
    assert rows and all(row["rule"] and row["why"] for row in rows)
    (target,) = [row for row in rows if row["kind"] == "target"]
    assert "so a target" in target["why"] or "算目标" in target["why"]


def test_every_rule_that_fires_on_the_samples_has_words(sample_stores: Stores) -> None:
    words = yaml.safe_load((REPO / "ui" / "ledger" / "words.yaml").read_text("utf-8"))
    facts = sample_stores.database.facts()
    parts = {tuple(fact.rule.split("/")) for fact in facts}
    assert {label for label, *_ in parts} <= words["labels"].keys()
    assert {meaning for _, *rest in parts for meaning in rest} <= words["meanings"].keys()
    for fact in facts:
        assert why(fact, "zh") != why(fact, "en") and fact.rule not in why(fact, "zh")


BODIES = {
    "甘宁镇": "配发执法记录仪10台。受理信访件14件，办结7件，办结率100%。调解纠纷0件。",
    "高峰镇": "已配备执法记录仪6台。没有发生行政诉讼案件。|力争调解纠纷100件。",
    "龙沙镇": "全镇新增便携式执法记录仪8台。办结信访19件，信访件20件。高度重视矛盾纠纷调解。",
    "龙沙镇 2023": "开展路灯维修65盏。",
}
NAMES = ("信访办结率", "纠纷调解数", "行政机关负责人出庭应诉率")


def test_open_labels_that_recur_are_clustered_with_examples(tmp_path: Path) -> None:
    with stores_of(tmp_path, BODIES) as stores:
        facts = stores.database.facts()
        (cluster,) = [one for one in open_clusters(facts) if "记录仪" in one.name]
        once = {one.name for one in open_clusters(facts, fewest_reports=1)}
    assert (cluster.name, cluster.unit, cluster.reports) == ("执法记录仪", "台", 3)
    assert len({fact.report_id for fact in cluster.examples}) == 3
    assert any("路灯" in name for name in once)
    assert all("路灯" not in one.name for one in open_clusters(facts))


def test_open_labels_are_listed_with_counts_reports_and_examples(
    fazhi: Fazhi,
    samples: Path,
) -> None:
    records = fazhi("facts", "--unmapped", "--format", "json", "--data", samples).json
    assert records == sorted(records, key=lambda one: -one["reports"])
    for record in records:
        assert record["reports"] >= 2 <= record["figures"]
        assert record["labels"] and all(one["quote"] for one in record["examples"])
    rows = rows_of(fazhi("facts", "--unmapped", "--format", "csv", "--data", samples))
    assert [row["label"] for row in rows] == [record["label"] for record in records]


def test_a_gap_is_told_as_the_gap_that_it_is_and_never_as_0(tmp_path: Path) -> None:
    with stores_of(tmp_path, BODIES) as stores:
        matrix = matrix_of(stores, NAMES)
        shown = {(row[0], row[4]): row[6:] for row in matrix_rows(matrix, "zh")}
        records = {(one["town"], one["year"]): one["cells"] for one in matrix_records(matrix)}
    assert shown["甘宁镇", 2024] == [
        "100% ⚠ 报告自身不一致：比率与件数对不上 7 ÷ 14 ≈ 50% ≠ 100%", "0件", "未载明",
    ]  # fmt: skip
    assert shown["高峰镇", 2024] == ["未载明", "仅提及", "无案件"]
    assert shown["龙沙镇", 2024] == ["95%（推算：19 ÷ 20 = 95%）", "仅提及", "未载明"]
    assert shown["龙沙镇", 2023] == ["未载明", "未载明", "未载明"]
    assert records["甘宁镇", 2024]["纠纷调解数"]["value"] == 0
    gaps = [cell for cells in records.values() for cell in cells.values()
            if cell["state"] not in ("stated", "implied")]  # fmt: skip
    assert len(gaps) == 9 and all(cell["value"] is None for cell in gaps)


def test_the_matrix_agrees_with_the_census_of_each_indicator(sample_stores: Stores) -> None:
    from rag.pipeline import answer

    matrix = matrix_of(sample_stores, ["行政诉讼应诉率", "纠纷调解数", "法治宣传场次"])
    for name in matrix.indicators:
        found = answer(f"各镇的{name}是多少？", stores=sample_stores)
        told = {finding.report_id: finding for finding in found.findings}
        for card in matrix.cards:
            cell = matrix.cell(card, name)
            assert cell.state == told[card.id].state
            if cell.fact:
                assert (cell.fact.value, cell.fact.unit) == (
                    told[card.id].value, told[card.id].unit
                )  # fmt: skip


def test_the_matrix_comes_in_every_form(fazhi: Fazhi, samples: Path) -> None:
    records = fazhi("facts", "--matrix", "--format", "json", "--data", samples).json
    assert len(records) == 5 and len(records[0]["cells"]) > 20
    rows = list(csv.reader(io.StringIO(
        fazhi("facts", "--matrix", "--format", "csv", "--data", samples).text)))  # fmt: skip
    assert len(rows) == 6 and all(len(row) == 6 + len(records[0]["cells"]) for row in rows)
    book = load_workbook(io.BytesIO(
        fazhi("facts", "--matrix", "--format", "xlsx", "--data", samples).out))  # fmt: skip
    sheet = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert len(sheet) == 6 and "" not in sheet[1][6:] and None not in sheet[1][6:]
    one = ["--indicator", "行政诉讼应诉率", "--year", "2024"]
    table = fazhi("facts", "--matrix", *one, "--data", samples)
    assert table.status == 0 and "100%" in table.text
    narrowed = fazhi("facts", "--matrix", *one, "--format", "json", "--data", samples).json
    assert {record["year"] for record in narrowed} == {2024}
    assert {name for record in narrowed for name in record["cells"]} == {"行政诉讼应诉率"}


def test_contradictions_are_shown_with_the_figures_and_the_report(
    fazhi: Fazhi,
    tmp_path: Path,
) -> None:
    with stores_of(tmp_path, {"甘宁镇": BODIES["甘宁镇"]}):
        pass
    told = "7 ÷ 14 ≈ 50% ≠ 100%"
    rows = rows_of(fazhi("facts", "--format", "csv", "--data", tmp_path))
    assert sum(row["contradictions"] == told for row in rows) == 3
    table = fazhi("facts", "--indicator", "信访办结率", "--data", tmp_path)
    assert f"{told} — 办结率100%" in table.text
    shown = fazhi("reports", "show", "甘宁镇-2024.txt", "--data", tmp_path)
    assert told in shown.text
    record = json.loads(
        fazhi("reports", "show", "甘宁镇-2024.txt", "--json", "--data", tmp_path).text
    )
    (found,) = record["contradictions"]
    assert found["check"] == "rate" and found["arithmetic"] == told
    assert [figure["quote"] for figure in found["figures"]] == [
        "受理信访件14件，办结7件，办结率100%",
        "受理信访件14件，办结7件",
        "受理信访件14件",
    ]


def test_a_cell_says_nothing_of_a_report_that_cannot_be_read(tmp_path: Path) -> None:
    from dataclasses import replace

    with stores_of(tmp_path, {"甘宁镇": "调解纠纷12件。"}) as stores:
        matrix = matrix_of(stores, ["纠纷调解数"])
        (card,) = matrix.cards
        assert isinstance(matrix.cell(card, "纠纷调解数").fact, Fact)
        unread = replace(card, unreadable=True)
        assert cell_words(matrix.cell(unread, "纠纷调解数"), "zh") == "无法读取"
