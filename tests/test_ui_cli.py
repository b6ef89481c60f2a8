"""The command line, run as a user runs it: arguments in, standard streams and status out."""

from __future__ import annotations

import csv
import io
import shutil
import tomllib
from pathlib import Path

import pytest
from command_line import Fazhi
from openpyxl import load_workbook
from sample_store import SAMPLES

from rag.stores import Stores, open_stores
from ui.ingesting import prepare_chat
from ui.messages import Messages
from ui.records import FACT_KEYS

QUESTION = "哪些镇的行政诉讼应诉率达到100%？"
TEXT = """石柱土家族自治县马武镇人民政府
关于2024年法治政府建设情况的报告

一、主要举措和成效

2024年，马武镇行政机关负责人应出庭7次，行政诉讼应诉率100%。
"""


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def stocked(sample_stores: Stores, tmp_path: Path) -> Path:
    """A copy of the data folder with the five samples, to be changed."""
    return Path(shutil.copytree(sample_stores.settings.data, tmp_path / "stocked"))


# --- ingest ---------------------------------------------------------------------------


@pytest.mark.slow
def test_ingest_says_what_came_of_each_file_and_exits_1_where_one_failed(
    fazhi: Fazhi, empty: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    assert fazhi("ingest", folder, "--data", empty).status == 0
    (folder / "b.xyz").write_bytes(b"\x00")
    ran = fazhi("--data", empty, "ingest", folder, "--json")
    assert ran.status == 1
    first, second = ran.json["files"]
    assert list(first) == [
        "source", "verdict", "type", "report_id", "encoding", "pages", "sections",
        "paragraphs", "facts", "warnings", "error",
    ]  # fmt: skip
    assert (first["source"], first["verdict"], first["error"]) == ("a.txt", "unchanged", None)
    assert (second["source"], second["verdict"]) == ("b.xyz", "failed")
    assert "b.xyz" in second["error"]
    assert ran.json["seconds"] > 0


# --- reports and facts ------------------------------------------------------------------


def test_data_is_accepted_before_and_after_the_command(fazhi: Fazhi, samples: Path) -> None:
    lists = [
        fazhi("--data", samples, "reports", "list", "--json"),
        fazhi("reports", "--data", samples, "list", "--json"),
        fazhi("reports", "list", "--json", "--data", samples),
    ]
    assert [len(ran.json) for ran in lists] == [5, 5, 5]


def test_the_data_folder_may_come_from_the_environment(
    fazhi: Fazhi, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAZHI_DATA", str(samples))
    assert len(fazhi("reports", "list", "--json").json) == 5


def test_reports_are_listed_with_the_keys_of_the_contract(fazhi: Fazhi, samples: Path) -> None:
    record = fazhi("reports", "list", "--json", "--data", samples).json[0]
    assert list(record) == [
        "report_id", "source", "title", "type", "town", "county", "city", "province", "code",
        "year", "published", "issuers", "sections", "paragraphs", "facts", "warnings",
    ]  # fmt: skip


def test_a_report_is_shown_by_file_name_and_by_id(fazhi: Fazhi, samples: Path) -> None:
    by_name = fazhi("reports", "show", "mawu-2024.txt", "--json", "--data", samples).json
    by_id = fazhi("reports", "show", by_name["report_id"], "--json", "--data", samples).json
    assert by_id == by_name
    assert by_name["text"] == (SAMPLES / "mawu-2024.txt").read_bytes().decode()
    shown = fazhi("reports", "show", "mawu-2024.txt", "--data", samples)
    assert "一、法治政府建设工作任务推进落实情况" in shown.text


def test_facts_come_as_json_csv_and_xlsx_with_the_same_rows(fazhi: Fazhi, samples: Path) -> None:
    chosen = ("--indicator", "行政诉讼应诉率", "--data", samples)
    (fact,) = fazhi("facts", *chosen, "--format", "json").json
    assert tuple(fact) == FACT_KEYS
    assert (fact["town"], fact["value"], fact["unit"]) == ("马武镇", 100, "%")
    stored = (SAMPLES / "mawu-2024.txt").read_bytes().decode()
    assert stored[fact["start"] : fact["end"]] == fact["raw"]

    (row,) = csv.DictReader(io.StringIO(fazhi("facts", *chosen, "--format", "csv").text))
    assert (row["town"], row["value"], row["quote"]) == ("马武镇", "100", fact["quote"])

    book = load_workbook(io.BytesIO(fazhi("facts", *chosen, "--format", "xlsx").out))
    heading, *rows = book.active.iter_rows(values_only=True)
    assert len(heading) == len(FACT_KEYS)
    assert rows[0][FACT_KEYS.index("value")] == 100

    assert "行政诉讼应诉率" in fazhi("facts", *chosen).text


def test_facts_keep_to_a_place_and_a_year(fazhi: Fazhi, samples: Path) -> None:
    def towns(*scope: str) -> set[str]:
        ran = fazhi("facts", *scope, "--format", "json", "--data", samples)
        return {fact["town"] for fact in ran.json}

    assert towns("--place", "重庆市") == {"马武镇", "李河镇"}
    assert towns("--place", "重庆市", "--year", "2023") == {"李河镇"}
    assert towns("--place", "没有镇") == set()


def test_samples_are_removed_in_one_step_and_not_taken_in_again(
    fazhi: Fazhi, stocked: Path, sample_stores: Stores
) -> None:
    removed = fazhi("reports", "remove", "--samples", "--json", "--data", stocked)
    assert removed.status == 0
    assert len(removed.json) == 5
    settings = sample_stores.settings.model_copy(update={"data": stocked})
    prepare_chat(settings, Messages("zh"))
    assert fazhi("reports", "list", "--json", "--data", stocked).json == []


@pytest.mark.slow
def test_the_first_chat_takes_the_samples_in_and_the_second_does_not(
    sample_stores: Stores, empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = sample_stores.settings.model_copy(update={"data": empty})
    messages = Messages("en")
    for _time in range(2):
        prepare_chat(settings, messages)
        assert messages("bringing_up_to_date") not in capsys.readouterr().err
        with open_stores(settings) as stores:
            assert [card.sample for card in stores.database.cards()] == [True] * 5
            assert stores.database.generation() == 5


def test_check_says_that_all_agree_and_exits_1_where_something_does_not(
    fazhi: Fazhi, samples: Path, stocked: Path, sample_stores: Stores
) -> None:
    agrees = fazhi("check", "--json", "--data", samples)
    assert (agrees.status, agrees.json) == (0, [])
    shutil.rmtree(stocked / "tantivy")
    differs = fazhi("check", "--json", "--data", stocked)
    assert differs.status == 1
    assert {found["part"] for found in differs.json} == {"lexical"}
    assert fazhi("check", "--repair", "--data", stocked).status == 0
    assert len(sample_stores.database.cards()) == 5


# --- wrong usage --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "好", "--batch", "x.jsonl"),
        ("ask", "--batch", "x.jsonl"),
        ("ask", "--batch", "missing.jsonl", "--json"),
        ("reports", "remove"),
        ("reports", "remove", "a", "--samples"),
        ("reports", "show", "missing.txt"),
        ("facts", "--format", "docx"),
        ("nonsense",),
    ],
)
def test_wrong_usage_exits_2_and_prints_no_result(
    fazhi: Fazhi, samples: Path, arguments: tuple[str, ...]
) -> None:
    ran = fazhi("--data", samples, *arguments)
    assert (ran.status, ran.out) == (2, b"")
    assert ran.err != ""


def test_a_setting_that_cannot_be_used_exits_2(
    fazhi: Fazhi, monkeypatch: pytest.MonkeyPatch, empty: Path
) -> None:
    monkeypatch.setenv("FAZHI_EMBEDDING", "bundled:nonsense")
    ran = fazhi("ingest", SAMPLES / "mawu-2024.txt", "--data", empty)
    assert ran.status == 2
    assert "FAZHI_EMBEDDING" in ran.err


def test_a_store_that_cannot_be_opened_exits_3_and_is_named(fazhi: Fazhi, tmp_path: Path) -> None:
    (tmp_path / "fazhi.db").write_text("这不是数据库" * 200)
    ran = fazhi("reports", "list", "--data", tmp_path)
    assert ran.status == 3
    assert str(tmp_path / "fazhi.db") in ran.err


def test_the_version_is_that_of_the_package(fazhi: Fazhi) -> None:
    project = tomllib.loads((SAMPLES.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert fazhi("--version").text.strip() == project["project"]["version"]
