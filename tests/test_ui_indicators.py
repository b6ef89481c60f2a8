"""The Indicators room without a browser: what an address asks for, and what charts draw."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.written_reports import stores_of
from ui.ledger.matrix import matrix_of
from ui.rooms.indicators.charts import bars_of, lines_of
from ui.rooms.indicators.exporting import Exports
from ui.rooms.indicators.room import ROWS, show_content
from ui.rooms.indicators.subjects import by_subject, subject_of
from ui.rooms.indicators.wanted import Wanted, query_of, wanted_of
from ui.texts import texts_in

MONEY = "罚款金额"
BODIES = {
    "甘宁镇 2024": "罚款2万元。",
    "甘宁镇 2022": "罚款1.5万元。",
    "高峰镇 2024": "罚款5000元。",
    "龙沙镇 2024": "各项工作有序推进。",
}


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted("石柱 马武", 2024, "mediation", "", 3),
        Wanted(indicator="行政诉讼应诉率", year=2022),
    ],
)
def test_an_address_asks_for_what_it_was_made_of(wanted: Wanted) -> None:
    assert wanted_of(query_of(wanted)) == wanted


@pytest.mark.parametrize(
    "query", ["?page=-1", "?page=x&year=20x4", "?page=0", "", "?year=" + "9" * 9]
)
def test_what_cannot_be_read_in_an_address_is_passed_over(query: str) -> None:
    assert wanted_of(query) == Wanted()


def test_indicators_are_grouped_by_what_they_are_about() -> None:
    grouped = by_subject(["纠纷调解数", "水井数", "行政诉讼应诉率", "信访办结率"])
    assert [subject.key for subject in grouped] == ["litigation", "petitions", "mediation", "other"]
    assert subject_of("执法持证率").key == "enforcement"


def test_bars_are_of_one_scale_whatever_the_unit_and_gaps_have_none(tmp_path: Path) -> None:
    with stores_of(tmp_path, BODIES) as stores:
        bars = bars_of(matrix_of(stores, [MONEY]), MONEY)
    found = [(bar.card.place.town, bar.card.year, bar.share) for bar in bars]
    assert found == [
        ("甘宁镇", 2024, 1.0), ("甘宁镇", 2022, 0.75), ("高峰镇", 2024, 0.25), ("龙沙镇", 2024, None),
    ]  # fmt: skip
    (line,) = lines_of(bars)
    assert line.name == "甘宁镇" and [bar.card.year for bar in line.points] == [2022, 2024]


def test_a_year_between_two_reports_breaks_the_line(tmp_path: Path) -> None:
    with stores_of(tmp_path, BODIES) as stores:
        html = show_content(f"?indicator={MONEY}", stores=stores, texts=texts_in("zh"))
    assert html.count("<polyline") == 2 and html.count("<circle") == 2


def test_thousands_of_reports_come_a_page_at_a_time(tmp_path: Path) -> None:
    bodies = {f"甘宁镇 {year}": "调解纠纷12件。" for year in range(1990, 1990 + ROWS + 3)}
    with stores_of(tmp_path, bodies) as stores:
        first = show_content("?subject=mediation", stores=stores, texts=texts_in("zh"))
        last = show_content("?subject=mediation&page=999", stores=stores, texts=texts_in("zh"))
    assert first.count('<th scope="row">') == ROWS and last.count('<th scope="row">') == 3
    assert "page=2" in first and 'class="off"' in last


def test_an_export_is_made_once_while_nothing_changes(tmp_path: Path) -> None:
    with stores_of(tmp_path, BODIES) as stores:
        exports = Exports(stores)
        first = exports.file("csv", Wanted(), "zh")
        assert exports.file("csv", Wanted(), "zh") is first
        assert exports.file("csv", Wanted(year=2022), "zh") != first
        (gone,) = [card for card in stores.database.cards() if card.year == 2022]
        stores.database.remove_report(gone.id)
        assert exports.file("csv", Wanted(), "zh") != first
    lines = first.decode("utf-8-sig").splitlines()
    assert len(lines) == 5 and MONEY in lines[0]
