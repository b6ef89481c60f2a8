"""What the Reports room shows: its list, a report as a whole, and work."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from report_room import HOSTILE
from written_reports import report_text

from ingest.pipeline import ingest_paths
from rag.models import Place
from rag.stores import Stores
from ui.rooms.reports.room import show_content
from ui.rooms.reports.stored import (
    ROWS,
    STATES,
    Entry,
    Listing,
    listing_of,
    listing_query,
    turn,
)
from ui.rooms.reports.work import Piece, heard
from ui.rooms.reports.work_view import render_work
from ui.texts import texts_in

PASSWORD = "let me in"
ZH, EN = texts_in("zh"), texts_in("en")


def listed(count: int) -> list[Entry]:
    return [
        Entry(f"r{n}", f"{n:05}.txt", STATES[n % 3], "added", f"标题{n}", Place(f"镇{n}", "某县"),
              2020 + n % 4, paragraphs=n, facts=count - n)
        for n in range(count)
    ]  # fmt: skip


def test_thousands_of_reports_turn_page_by_page_without_loss() -> None:
    entries = listed(5003)
    pages = turn(entries, Listing()).pages
    assert pages == -(-5003 // ROWS)
    seen = [entry.id for page in range(1, pages + 1)
            for entry in turn(entries, Listing(page=page)).entries]  # fmt: skip
    assert seen == [entry.id for entry in entries]
    assert turn(entries, Listing(page=9999)).page == pages


def test_the_list_is_searched_narrowed_and_sorted() -> None:
    entries = listed(40)
    assert [e.id for e in turn(entries, Listing(find="镇7 某县")).entries] == ["r7"]
    assert {e.year for e in turn(entries, Listing(year=2021)).entries} == {2021}
    assert {e.state for e in turn(entries, Listing(state="superseded")).entries} == {"superseded"}
    most = turn(entries, Listing(sort="facts", descending=True)).entries
    assert [entry.facts for entry in most] == sorted((e.facts for e in entries), reverse=True)
    assert turn(entries, Listing(find="没有这样的")).entries == ()


@pytest.mark.parametrize(
    "query",
    ["", "?page=-1&year=x&sort=drop&state=none", "?page=1e9", "?find=" + "x" * 9999, "?%00"],
)
def test_whatever_the_address_says_there_is_a_list(query: str) -> None:
    listing = listing_of(query)
    assert listing_of(listing_query(listing)) == listing


def test_the_list_tells_place_year_file_standing_and_counts(sample_stores: Stores) -> None:
    html = show_content("", stores=sample_stores, texts=EN)
    for word in (
        "马武镇",
        "石柱土家族自治县",
        "mawu-2024.txt",
        "2024",
        "Answers",
        "sample",
        "year doubtful",
    ):
        assert word in html
    assert html.count("<tr class=") == 5


# --- a report read as a whole --------------------------------------------------------------


def mawu(stores: Stores) -> str:
    return next(card.id for card in stores.database.cards() if card.place.town == "马武镇")


def test_a_report_is_shown_whole_with_its_outline(sample_stores: Stores) -> None:
    name = mawu(sample_stores)
    html = show_content(f"?report={name}", stores=sample_stores, texts=ZH)
    report = sample_stores.database.report(name)
    assert html.count('<div class="paragraph"') == len(report.paragraphs)
    for section in report.sections:
        assert section.headings[-1] in html
    assert html.count("<tr>") == len(report.facts) + 1
    assert f"download/original?report={name}" in html


def test_each_mark_in_a_report_is_the_value_of_a_figure(sample_stores: Stores) -> None:
    name = mawu(sample_stores)
    report = sample_stores.database.report(name)
    html = show_content(f"?report={name}", stores=sample_stores, texts=ZH)
    marks = [
        part.split(">", 1)[1].split("<", 1)[0] for part in html.split('<mark class="figure')[1:]
    ]
    values = {
        report.text[fact.value_start : fact.value_end].replace("\n", "") for fact in report.facts
    }
    assert marks
    assert {mark.replace("\n", "") for mark in marks} <= values


def test_a_quote_that_the_address_names_is_marked(sample_stores: Stores) -> None:
    name = mawu(sample_stores)
    fact = next(
        one
        for one in sample_stores.database.facts(report_ids=[name])
        if one.label == "行政诉讼应诉率"
    )
    query = f"?report={name}&p={fact.paragraph}&start={fact.start}&end={fact.end}"
    html = show_content(query, stores=sample_stores, texts=ZH)
    assert f'<mark class="cited">{fact.quote}</mark>' in html


@pytest.mark.parametrize("name", ["nobody", "../../etc/passwd", "<script>alert(1)</script>", "%00"])
def test_a_report_that_is_not_there_is_told(sample_stores: Stores, name: str) -> None:
    html = show_content(f"?report={quote(name)}", stores=sample_stores, texts=ZH)
    assert 'role="alert"' in html
    assert "<script" not in html


def test_hostile_text_is_shown_as_text(empty_stores: Stores, tmp_path: Path) -> None:
    file = tmp_path / "<img src=x onerror=alert(1)>.txt"
    file.write_text(report_text("甘宁镇", HOSTILE + "。"), encoding="utf-8")
    (result,) = ingest_paths([file], stores=empty_stores).files
    for query in ("", f"?report={result.report_id}", "?find=%3Cscript%3E"):
        for texts in (ZH, EN):
            html = show_content(query, stores=empty_stores, texts=texts)
            assert "<script" not in html
            assert "<img" not in html


# --- work ----------------------------------------------------------------------------------


def test_work_that_is_told_of_is_shown_as_text() -> None:
    piece = Piece("a1", "folder", "<b>x</b>", 0, "2024-01-01T00:00:00", "running")
    piece = heard(piece, {"stage": "reading", "done": 3, "total": 9})
    file = {"source": "<i>.txt", "verdict": "failed", "report_id": None, "paragraphs": 0, "facts": 0,
            "warnings": ["<u>"], "error": "<script>"}  # fmt: skip
    html = render_work([heard(piece, {"file": file})], EN)
    assert "3/9" in html
    assert 'value="3" max="9"' in html
    for tag in ("<b>x", "<i>", "<u>", "<script"):
        assert tag not in html
