"""The Indicators room in a browser: the matrix, a chart, a source, files, on any screen."""

import csv
import io
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from axe_core import problems
from chat_page import (
    IN_A_BROWSER,
    NARROW,
    Chat,
    running_chat,
    sound_page,
    widths,
)
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from written_reports import report_text, taken_in

pytestmark = IN_A_BROWSER
HOSTILE = "<img src=x onerror=document.title=1>"
BODIES = {
    (
        "甘宁镇",
        2024,
    ): f"受理信访件14件，办结7件，办结率100%。全年调解纠纷80件。{HOSTILE}调解纠纷有力。",
    ("甘宁镇", 2023): "全年调解纠纷60件。",
    ("甘宁镇", 2022): "各项工作有序推进。",
    ("高峰镇", 2024): "全年调解纠纷0件。没有发生行政诉讼案件。",
    ("龙沙镇", 2024): "高度重视矛盾纠纷调解。|力争调解纠纷100件。",
}


@pytest.fixture(scope="module")
def chat(tmp_path_factory, sample_stores):
    folder = tmp_path_factory.mktemp("indicators")
    (folder / "reports").mkdir()
    for (town, year), body in BODIES.items():
        text = report_text(town, body, year=year)
        (folder / "reports" / f"{town}-{year}.txt").write_text(text, encoding="utf-8")
    data = taken_in(folder / "reports", data=folder / "data", like=sample_stores)
    with running_chat(data) as served:
        yield served


def opened(page: Page, chat: Chat, query: str = "") -> None:
    page.goto(f"{chat.url}indicators{query}")
    expect(page.locator("#indicators #content > *").first).to_be_visible()


def cells(page: Page, row: str) -> list[str]:
    found = page.locator("#content tbody tr", has=page.get_by_role("rowheader", name=row))
    return found.locator("td").all_inner_texts()


def test_figures_open_their_source_and_gaps_are_told(chat: Chat, browser: Browser) -> None:
    requests: list[str] = []
    with sound_page(browser, requests) as page:
        opened(page, chat, "?subject=mediation")
        assert page.locator('#rooms a[aria-current="page"]').inner_text() == "指标"
        heads = page.locator("#content thead th").all_inner_texts()
        column = heads.index("纠纷调解数") - 1
        assert cells(page, "甘宁镇 2024")[column] == "80件"
        assert cells(page, "高峰镇 2024")[column] == "0件"
        assert cells(page, "甘宁镇 2022")[column] == "未载明"
        assert cells(page, "龙沙镇 2024")[column] == "仅提及"
        assert problems(page) == []
        page.get_by_role("link", name="80件").click()
        expect(page.locator("#indicator-source mark")).to_have_text("全年调解纠纷80件")
        expect(page.locator("#indicator-source blockquote")).to_contain_text(HOSTILE)
        expect(page.locator("#source-title")).to_be_focused()
        assert problems(page) == []
        page.keyboard.press("Escape")
        expect(page.locator("#indicator-source")).to_be_hidden()
        expect(page.get_by_role("link", name="80件")).to_be_focused()
        page.go_back()
        expect(page.locator("#indicator-source mark")).to_be_visible()
        page.reload()
        expect(page.locator("#indicator-source mark")).to_have_text("全年调解纠纷80件")
    hosts = {urlsplit(url).hostname for url in requests if url.startswith("http")}
    assert hosts == {"127.0.0.1"}


def test_a_contradiction_is_flagged_and_rows_are_narrowed(chat: Chat, browser: Browser) -> None:
    with sound_page(browser, []) as page:
        opened(page, chat, "?subject=petitions")
        flag = page.locator("#content tbody .badge.warn").first
        expect(flag).to_contain_text("7 ÷ 14 ≈ 50% ≠ 100%")
        page.locator("#by-year").select_option("2023")
        expect(page.locator("#content tbody tr")).to_have_count(1)
        page.locator("#by-year").select_option("")
        expect(page.locator("#content tbody tr")).to_have_count(5)
        page.locator("#place").fill("高峰")
        page.keyboard.press("Enter")
        expect(page.locator("#content tbody tr")).to_have_count(1)
        expect(page.locator("#content tbody th")).to_contain_text("高峰镇 2024")
        page.locator("#by-subject").select_option("litigation")
        expect(page.locator("#content tbody td").first).to_have_text("无")
        page.locator("#place").fill("没有的镇")
        page.keyboard.press("Enter")
        expect(page.locator("#content .none")).to_be_visible()


def test_a_chart_has_bars_over_towns_and_lines_over_years(chat: Chat, browser: Browser) -> None:
    with sound_page(browser, []) as page:
        opened(page, chat, "?subject=mediation")
        page.locator("#content thead").get_by_role("link", name="纠纷调解数", exact=True).click()
        expect(page.locator("#chart-title")).to_be_focused()
        bars = page.locator(".bars > li")
        expect(bars).to_have_count(5)
        assert bars.nth(0).inner_text().split() == ["甘宁镇", "2024", "80件"]
        lengths = page.locator(".bars .track span").evaluate_all(
            "found => found.map(one => one.style.width)"
        )
        assert lengths == ["100%", "75%", "0%"], "a stated 0 has a bar of no length"
        assert page.locator(".bars > li.gap .track").count() == 0, "a gap has no bar at all"
        gaps = {text.split()[-1] for text in page.locator(".bars > li.gap").all_inner_texts()}
        assert gaps == {"未载明", "仅提及"}
        years = page.locator(".lines figure li").all_inner_texts()
        assert years == ["2022 未载明", "2023 60件", "2024 80件"]
        assert page.locator(".lines circle").count() == 2
        assert page.locator(".lines .missing").count() == 1
        assert problems(page) == []
        page.locator(".lines").get_by_role("link", name="2023 60件").click()
        expect(page.locator("#indicator-source mark")).to_have_text("全年调解纠纷60件")
        page.locator("#source-close").click()
        page.locator("#back").click()
        expect(page.locator("#content table")).to_be_visible()


BROKEN_WORDS = """() => {
  const broken = [], range = document.createRange();
  for (const head of document.querySelectorAll("#content thead th")) {
    const walker = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      for (const word of walker.currentNode.data.matchAll(/[A-Za-z]+/g)) {
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        if (range.getClientRects().length > 1) broken.push(word[0]);
      }
  }
  return broken;
}"""


def test_no_heading_breaks_a_word_on_a_phone(chat: Chat, browser: Browser) -> None:
    with sound_page(browser, [], viewport=NARROW, locale="en-US") as page:
        opened(page, chat)
        subjects = page.locator("#by-subject option").evaluate_all(
            "all => all.map(one => one.value)"
        )
        assert len(subjects) > 1
        for subject in subjects:
            opened(page, chat, f"?subject={subject}")
            assert page.evaluate(BROKEN_WORDS) == [], subject


@pytest.mark.parametrize("query", ["?subject=mediation", "?indicator=纠纷调解数"])
def test_the_room_fits_a_phone_and_speaks_english(chat: Chat, browser: Browser, query: str) -> None:
    with sound_page(browser, [], viewport=NARROW, locale="en-US") as page:
        opened(page, chat, query)
        assert widths(page) == (390, 390)
        expect(page.locator("#content")).to_contain_text("not reported")
        page.locator("#content a", has_text="80件").first.click()
        expect(page.locator("#indicator-source mark")).to_be_visible()
        assert widths(page) == (390, 390)
        assert problems(page) == []


def test_the_whole_is_exported(chat: Chat, browser: Browser, tmp_path: Path) -> None:
    with sound_page(browser, []) as page:
        opened(page, chat, "?subject=mediation&year=2024")
        with page.expect_download() as started:
            page.locator("#export-xlsx").click()
        started.value.save_as(tmp_path / "whole.xlsx")
        with page.expect_download() as started:
            page.locator("#export-csv").click()
        started.value.save_as(tmp_path / "whole.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "whole.csv").read_text("utf-8-sig"))))
    sheet = load_workbook(tmp_path / "whole.xlsx").worksheets[0]
    assert [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] == rows
    assert len(rows) == 4 and "信访办结率" in rows[0], "every indicator, the chosen year"
    assert all(cell for row in rows[1:] for cell in row[6:]), "a gap is told"


@pytest.mark.parametrize(
    "query",
    [
        "view?page=99999&year=abc&subject=%3Cscript%3E&indicator=../../etc",
        "view?indicator=%E6%B2%A1%E6%9C%89",
        "source?report=../../x&p=-1",
        "source",
    ],
)
def test_an_address_that_names_nothing_is_answered_without_its_words(
    chat: Chat, query: str
) -> None:
    with urlopen(f"{chat.url}indicators/{query}", timeout=30) as answer:
        html = answer.read().decode()
    assert answer.status == 200 and "<script" not in html and "Traceback" not in html
