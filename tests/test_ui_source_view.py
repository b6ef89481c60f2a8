"""The source panel: the quote marked where it stands, and an address that names it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from importlib.resources import as_file, files

import pytest

from ingest.load import load
from ingest.pipeline import read_report
from rag.errors import ReportNotFound
from rag.indicators import load_register
from rag.models import Removal, Report
from ui.source_view import (
    SourceLink,
    highlighted,
    link_query,
    parse_query,
    render_source,
    render_source_hint,
)
from ui.texts import texts_in

ZH, EN = texts_in("zh"), texts_in("en")
SAMPLES = ("changzheng-2023", "lihe-2023", "mawu-2024", "shangjia-2023", "xiaojiang-2022")


def marked(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r"<mark>(.*?)</mark>", html, re.DOTALL)]


def test_the_quote_is_marked_in_its_paragraph_between_its_neighbours(make_report):
    report = make_report(
        "mawu", "上一段。", "应诉率100%，其中应出庭7次。", "下一段。", "再下一段。"
    )
    start = report.text.index("应诉率100%")
    html = render_source(report, SourceLink("mawu", 1, start, start + 7), ZH)
    assert marked(html) == ["应诉率100%"]
    assert "上一段。" in html
    assert "下一段。" in html
    assert "再下一段。" not in html
    for part in (
        "法治政府建设情况的报告",
        "一、主要成效",
        "mawu.txt",
        "第 2 段，共 4 段",
        "2024 年",
    ):
        assert part in html


def test_what_repair_removed_is_not_in_the_mark_and_the_reader_is_told(make_report):
    report = make_report("mawu", "甲乙丙丁戊己。")
    broken = report.text[:3] + "\n\n" + report.text[3:]  # 甲乙丙 … 丁戊己
    paragraph = report.paragraphs[0]
    stored = Report(
        report.card,
        broken,
        report.sections,
        (type(paragraph)(**{**vars(paragraph), "end": paragraph.end + 2}),),
        (),
        (Removal(3, 5, "line_break"),),
    )
    link = SourceLink("mawu", 0, 2, 6)
    assert highlighted(stored.paragraphs[0], stored, link) == ("甲乙", "丙丁", "戊己。")
    html = render_source(stored, link, ZH)
    assert marked(html) == ["丙丁"]
    assert ZH("source_repaired") in html
    assert ZH("source_repaired") not in render_source(stored, SourceLink("mawu", 0, 0, 2), ZH)


def test_a_quote_over_two_paragraphs_is_marked_in_both(make_report):
    report = replace(make_report("mawu", "第一段的末尾", "第二段的开头"), removals=())
    html = render_source(report, SourceLink("mawu", 0, 4, 10), ZH)
    assert marked(html) == ["末尾", "第二段"]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_figure_of_a_real_report_is_marked_as_its_quote(name):
    with as_file(files("ingest.samples").joinpath(f"{name}.txt")) as path:
        loaded = load(path)
    report = read_report(
        loaded,
        source=f"{name}.txt",
        sha256="0" * 64,
        report_id=name,
        register=load_register(),
    )
    assert report.facts
    for fact in report.facts:
        link = SourceLink(name, fact.paragraph, fact.start, fact.end)
        assert marked(render_source(report, link, ZH)) == [fact.quote]


def test_a_paragraph_can_be_opened_without_a_quote_and_stepped_from(make_report):
    report = make_report("mawu", "甲。", "乙。", "丙。")
    html = render_source(report, SourceLink("mawu", 0), EN)
    assert marked(html) == []
    assert "Next paragraph" in html
    assert "Previous paragraph" not in html
    assert 'href="?report=mawu&amp;p=1"' in html


def test_the_original_is_offered_where_it_is_kept(make_report):
    report = make_report("mawu")
    link = 'href="download/original?report=mawu" download'
    assert link in render_source(report, SourceLink("mawu", 0), ZH, original=True)
    assert "download/original" not in render_source(report, SourceLink("mawu", 0), ZH)


def test_a_doubtful_year_is_flagged(make_report):
    doubtful = make_report("mawu", year_doubtful=True)
    assert ZH("source_year_doubtful") in render_source(doubtful, SourceLink("mawu", 0), ZH)
    assert ZH("source_year_doubtful") not in render_source(
        make_report("mawu"), SourceLink("mawu", 0), ZH
    )


def test_a_paragraph_that_is_not_there_is_refused(make_report):
    with pytest.raises(ReportNotFound, match="p=99"):
        render_source(make_report("mawu"), SourceLink("mawu", 99), ZH)


@pytest.mark.parametrize(
    "link",
    [
        SourceLink("mawu", 17, 1804, 1815),
        SourceLink("mawu", 0),
        SourceLink('a&b="<p=3>#?%', 2, 0, 5),
        SourceLink("马武镇 2024", 1, 3, 4),
    ],
)
def test_an_address_names_the_place_it_was_made_from(link):
    assert parse_query(link_query(link)) == link


@pytest.mark.parametrize(
    ("query", "link"),
    [
        ("", None),
        ("?q=应诉率&lang=en", None),
        ("?report=", None),
        ("?report=mawu", SourceLink("mawu", 0)),
        ("?report=mawu&p=-1&start=abc&end=1e9", SourceLink("mawu", 0)),
        ("?report=mawu&p=99999999999999", SourceLink("mawu", 0)),
        ("?report=mawu&p=²", SourceLink("mawu", 0)),
    ],
)
def test_an_address_cut_off_by_hand_still_reads(query, link):
    assert parse_query(query) == link


def test_a_report_is_shown_as_text(make_report):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3)) $$x$$"
    report = make_report("<b>", hostile, hostile, title=hostile, source=hostile)
    report = replace(report, removals=())
    html = render_source(report, SourceLink("<b>", 0, 0, 20), ZH)
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert marked(html) == [hostile[:20]]


def test_the_empty_panel_says_how_to_fill_it():
    assert "[1]" in render_source_hint(ZH)
    assert "[1]" in render_source_hint(EN)
