"""A user's own indicators: found at ingest, answered by, followed when their file changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.stand_in import StandInEmbedder
from ingest.pipeline import ingest_paths
from ingest.upkeep import bring_up_to_date, is_current
from rag.errors import BadSetting
from rag.pipeline import answer
from rag.settings import Settings, read_settings
from rag.stores import Stores, open_stores
from tests.written_reports import report_text

OWN = """
indicators:
- name: 巡河里程
  en: length of river patrols
  definition: 全年巡查河道的公里数。
  unit: places
  synonyms: [巡河公里数]
  english: [river patrol]
  patterns: [巡河|巡查河道]
units: {places: [公里], items: [盏]}
"""
LAMPS = "\n- {name: 路灯维修数, en: street lamps mended, unit: items, patterns: [路灯]}"
BODIES = {
    "甘宁镇": "全年巡查河道120公里，维修路灯65盏。",
    "高峰镇": "全年巡查河道80公里。",
    "龙沙镇": "调解纠纷12件。",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    own = {"data": tmp_path / "data", "database": "", "chroma": "", "indicators": None}
    return read_settings().model_copy(update=own)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for town, body in BODIES.items():
        (folder / f"{town}.txt").write_text(report_text(town, body), "utf-8")
    return folder


@pytest.fixture
def ingested(settings: Settings, reports: Path) -> Iterator[Settings]:
    """Settings whose stores hold the reports, as read without indicators of one's own."""
    with opened(settings) as stores:
        ingest_paths([reports], stores=stores)
    yield settings


def opened(settings: Settings) -> Stores:
    return open_stores(settings, embedder=StandInEmbedder())


def values(stores: Stores, indicator: str) -> list[float | int | None]:
    return [fact.value for fact in stores.database.facts(indicators=[indicator])]


def test_an_entry_of_the_data_folder_names_figures_and_answers_questions(
    ingested: Settings,
) -> None:
    with opened(ingested) as stores:
        assert is_current(stores) and values(stores, "巡河里程") == []
    (ingested.data / "indicators.yaml").write_text(OWN, "utf-8")
    with opened(ingested) as stores:
        assert not is_current(stores), "the rows were made without the file"
        assert bring_up_to_date(stores) == 3
        assert is_current(stores)
        assert sorted(map(str, values(stores, "巡河里程"))) == ["120", "80"]
        found = answer("哪些镇的巡河里程超过100公里？", stores=stores)
        assert [f.town for f in found.findings if f.state == "match"] == ["甘宁镇"]
        assert found.census.other_value == 1 and found.census.not_reported == 1
        each = answer("What was the length of river patrols in each town?", stores=stores)
        assert "120公里" in each.text and "80公里" in each.text


def test_rows_follow_a_file_that_changes_or_goes(ingested: Settings) -> None:
    file = ingested.data / "indicators.yaml"
    file.write_text(OWN, "utf-8")
    with opened(ingested) as stores:
        bring_up_to_date(stores)
    file.write_text(OWN.replace("\nunits", LAMPS + "\nunits"), "utf-8")
    with opened(ingested) as stores:
        assert not is_current(stores)
        bring_up_to_date(stores)
        assert values(stores, "路灯维修数") == [65]
    file.unlink()
    with opened(ingested) as stores:
        assert bring_up_to_date(stores) == 3
        assert values(stores, "路灯维修数") == values(stores, "巡河里程") == []


def test_a_file_that_is_named_counts_instead_of_the_data_folders(
    ingested: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ingested.data / "indicators.yaml").write_text("indicators: []\n", "utf-8")
    named = tmp_path / "river.yaml"
    named.write_text(OWN, "utf-8")
    monkeypatch.setenv("FAZHI_INDICATORS", str(named))
    assert read_settings(ingested.data).indicators_file == named
    with opened(ingested.model_copy(update={"indicators": named})) as stores:
        bring_up_to_date(stores)
        assert len(values(stores, "巡河里程")) == 2


def test_a_file_that_is_named_and_gone_is_refused_by_name(
    settings: Settings, reports: Path, tmp_path: Path
) -> None:
    gone = settings.model_copy(update={"indicators": tmp_path / "gone.yaml"})
    with (
        opened(gone) as stores,
        pytest.raises(BadSetting, match=r"gone\.yaml.*FAZHI_INDICATORS"),
    ):
        ingest_paths([reports], stores=stores)


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [
        (OWN.replace("unit: places", "unit: rivers"), r"巡河里程: unit.*correct the entry"),
        (OWN.replace("巡河|", "(巡河|"), r"巡河里程.*correct the expression"),
        (OWN + "words: [", r"not a register of indicators.*under `indicators:`"),
        (OWN.replace("units", OWN.partition("indicators:")[2].partition("units")[0] + "units"),
         r"巡河里程: has two entries; merge"),
        (OWN.replace("  patterns", "  neighbours: [河长数]\n  patterns"),
         r"巡河里程: names 河长数.*leave the name out"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_file_entry_and_remedy_and_changes_nothing(
    ingested: Settings, wrong: str, remedy: str
) -> None:
    file = ingested.data / "indicators.yaml"
    file.write_text(wrong, "utf-8")
    with opened(ingested) as stores:
        before = stores.database.generation()
        with pytest.raises(BadSetting, match=remedy) as caught:
            bring_up_to_date(stores)
        assert str(file) in str(caught.value)
        assert stores.database.generation() == before
