"""The Reports room in a real browser: of somebody at its machine, and of a server with a password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_core import LOOKS, problems
from chat_page import (
    IN_A_BROWSER,
    NARROW,
    PASSWORD,
    Chat,
    ask,
    copied,
    running_chat,
    sound_page,
    widths,
)
from playwright.sync_api import Page, expect
from report_room import HOSTILE
from written_reports import report_text, taken_in

pytestmark = [
    pytest.mark.flaky(reruns=2),
    *IN_A_BROWSER,
]
WORKER = 120_000  # milliseconds for a worker that starts on a busy machine


@pytest.fixture(scope="module")
def chat(sample_settings, tmp_path_factory) -> Iterator[Chat]:
    """A chat over the samples, for somebody at its machine."""
    with running_chat(copied(sample_settings.data, tmp_path_factory.mktemp("reports"))) as running:
        yield running
        assert "Traceback" not in running.log.read_text(encoding="utf-8")


@pytest.fixture
def page(browser, chat) -> Iterator[Page]:
    """The room, that may ask nothing of another host."""
    requests: list[str] = []
    with sound_page(browser, requests) as opened:
        opened.goto(f"{chat.url}reports")
        expect(opened.locator("#content tbody tr").first).to_be_visible()
        yield opened
        asked = {urlsplit(url).netloc for url in requests if not url.startswith(("data:", "blob:"))}
        assert asked == {urlsplit(chat.url).netloc}
        assert opened.evaluate("window.fired") is None


def towns(page: Page) -> list[str]:
    return page.locator("#content .cell-place a").all_inner_texts()


def upload(page: Page, *files: Path) -> None:
    page.locator("#files").set_input_files([str(file) for file in files])


@contextmanager
def ordered(page: Page) -> Iterator[None]:
    """Until the work that is ordered inside is done, and the list shows it."""
    newest = page.locator(".piece").first
    before = (newest.get_attribute("id") if newest.count() else None) or ""
    yield
    expect(newest).not_to_have_attribute("id", before)
    expect(newest).to_have_class(re.compile("is-(done|failed|stopped)"), timeout=WORKER)
    expect(newest).to_have_class("piece is-done")
    page.wait_for_timeout(1500)  # the list follows


def test_the_rooms_lead_to_one_another_in_the_page_s_language(page):
    here = page.locator("#rooms [aria-current]")
    expect(here).to_have_text("报告")
    page.locator("#language label", has_text="English").click()
    expect(here).to_have_text("Reports")
    expect(page.locator("#content .count")).to_contain_text("5 stored")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator("#rooms a", has_text="Chat").click()
    expect(page.locator("#question textarea")).to_be_visible()
    expect(here).to_have_text("Chat")
    assert urlsplit(page.url).path == "/"
    page.locator("#rooms a", has_text="Reports").click()
    expect(page.locator("#content .count")).to_contain_text("5 stored")


def test_the_list_is_searched_narrowed_sorted_and_gone_back_to(page):
    everything = towns(page)
    assert len(everything) == 5
    page.locator("#find").fill("石柱")
    page.keyboard.press("Enter")
    expect(page.locator("#content tbody tr")).to_have_count(1)
    assert towns(page) == ["马武镇"]
    assert "find=" in page.url
    page.go_back()
    expect(page.locator("#content tbody tr")).to_have_count(5)
    page.locator("#by-year").select_option("2023")
    expect(page.locator("#content tbody tr")).to_have_count(3)
    page.locator("#sort-facts").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("数字")
    counts = [int(text) for text in page.locator("#content .cell-facts").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    assert page.evaluate("document.activeElement.id") == "sort-facts"
    page.reload()
    expect(page.locator("#content tbody tr")).to_have_count(3)


def test_a_report_is_read_as_a_whole_and_a_place_in_it_shared(page):
    page.locator("#content .cell-place a", has_text="马武镇").click()
    expect(page.locator("#report-title")).to_be_focused()
    assert page.locator(".paragraph").count() == 15
    page.locator(".outline a").last.click()
    marked = page.locator(".paragraph .here")
    expect(marked).to_be_in_viewport()
    shared, text = page.url, marked.inner_text()
    page.locator(".ledger summary").click()
    page.locator(".ledger td a").first.click()
    expect(page.locator("mark.cited")).to_be_in_viewport()
    page.goto(shared)
    expect(page.locator(".paragraph .here")).to_be_in_viewport()
    assert page.locator(".paragraph .here").inner_text() == text
    page.locator("#back").click()
    expect(page.locator("#content tbody tr")).to_have_count(5)


def test_many_files_are_uploaded_with_a_verdict_for_each(page, tmp_path):
    files = []
    for town in ("甘宁镇", "龙沙镇"):
        files.append(tmp_path / f"{town}.txt")
        files[-1].write_text(report_text(town, f"行政诉讼应诉率98%。{HOSTILE}。"), encoding="utf-8")
    wrong, broken = tmp_path / "virus.exe", tmp_path / "broken.pdf"
    wrong.write_bytes(b"MZ")
    broken.write_bytes(b"%PDF-1.4 nothing follows")
    page.locator("#taking-in summary").click()
    with ordered(page):
        upload(page, *files, wrong, broken)
        expect(page.locator("#refused li")).to_have_count(1)
        expect(page.locator("#refused li")).to_contain_text("virus.exe")
    piece = page.locator(".piece").first
    expect(piece.locator(".files-taken li")).to_have_count(3)
    expect(piece.locator(".verdict-added")).to_have_count(2)
    expect(piece.locator(".verdict-failed")).to_contain_text("broken.pdf")
    expect(page.locator("#content .cell-place a")).to_have_count(7)
    expect(page.locator("tr.is-failed")).to_contain_text("broken.pdf")
    page.locator("#content .cell-place a", has_text="甘宁镇").click()
    expect(page.locator(".text")).to_contain_text("<script>window.fired=1</script>")
    page.goto(urlsplit(page.url)._replace(path="/", query="").geturl())
    ask(page, "哪些镇的行政诉讼应诉率达到98%？")
    expect(page.locator(".answer .direct").last).to_contain_text("甘宁镇")


def test_a_folder_is_taken_in_and_what_changed_is_shown(page, chat, sample_stores, tmp_path):
    file = tmp_path / "folder" / "白羊镇.txt"
    file.parent.mkdir()
    file.write_text(report_text("白羊镇", "行政诉讼应诉率91%。"), encoding="utf-8")
    taken_in(file.parent, data=chat.data, like=sample_stores)  # as `fazhi ingest` beside the chat
    file.write_text(report_text("白羊镇", "行政诉讼应诉率96%。"), encoding="utf-8")
    page.locator("#taking-in summary").click()
    page.locator("#folder").fill(str(file.parent))
    with ordered(page):
        page.locator("#from-folder button").click()
    page.locator(".piece").first.locator(".changes summary").click()
    expect(page.locator(".piece").first.locator(".changes")).to_contain_text("91%")
    expect(page.locator(".piece").first.locator(".changes")).to_contain_text("→ 96%")
    page.locator("#folder").fill("/no/such/folder")
    page.locator("#from-folder button").click()
    expect(page.locator(".reports > .failure")).to_contain_text("/no/such/folder")


def test_nothing_is_removed_without_a_yes(page):
    rows = page.locator("#content tbody tr")
    before = rows.count()
    expect(page.locator("#remove-chosen")).to_be_disabled()
    page.locator("#content tr.is-failed input").check()
    page.locator("#content tr", has_text="白羊镇").locator("input").check()
    page.locator("#remove-chosen").click()
    expect(page.locator("#confirm-no")).to_be_focused()
    expect(page.locator("#confirm-names li")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("#confirm")).to_be_hidden()
    assert rows.count() == before
    page.locator("#remove-chosen").click()
    with ordered(page):
        page.locator("#confirm-yes").click()
    expect(rows).to_have_count(before - 2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_narrow_screen(browser, chat, scheme):
    with sound_page(browser, [], viewport=NARROW, color_scheme=scheme) as page:
        page.goto(f"{chat.url}reports")
        expect(page.locator("#content tbody tr").first).to_be_visible()
        assert widths(page) == (390, 390)
        page.locator("#taking-in summary").click()
        page.locator(".piece summary").first.click()
        assert widths(page) == (390, 390)
        page.locator("#content .cell-place a").first.click()
        expect(page.locator("#report-title")).to_be_visible()
        page.locator(".ledger summary").click()
        assert widths(page) == (390, 390)


def test_a_stranger_sees_no_room_and_an_administrator_logs_in(browser, guarded_chat):
    with sound_page(browser, []) as page:
        page.goto(guarded_chat.url)
        expect(page.locator("#rooms a").first).to_be_visible()
        assert "报告" not in page.locator("#rooms a").all_inner_texts()
        page.goto(f"{guarded_chat.url}reports")
        expect(page.locator("#password")).to_be_visible()
        assert "马武镇" not in page.content()
        page.locator("#password").fill("guess")
        page.keyboard.press("Enter")
        expect(page.locator(".closed .failure")).to_have_text("密码不对。")
        assert problems(page) == []
        page.locator("#password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("#content tbody tr").first).to_be_visible()
        expect(page.locator("#rooms [aria-current]")).to_have_text("报告")
        page.locator("#log-out").click()
        expect(page.locator("#password")).to_be_visible()


def test_axe_finds_nothing_serious_in_any_view(browser, chat):
    found = []
    for look, options in LOOKS.items():
        with sound_page(browser, [], **options) as page:
            for view in views(page, f"{chat.url}reports"):
                found += [f"{look}, {view}: {problem}" for problem in problems(page)]
    assert found == []


def views(page: Page, url: str) -> Iterator[str]:
    """The room in each of its views, one after the other."""
    page.goto(url)
    expect(page.locator("#content tbody tr").first).to_be_visible()
    page.locator("#taking-in summary").click()
    if page.locator(".piece").count():
        page.locator(".piece summary").first.click()
    yield "list"
    page.locator("#choose-all").check()
    page.locator("#remove-chosen").click()
    expect(page.locator("#confirm")).to_be_visible()
    yield "confirming"
    page.keyboard.press("Escape")
    page.locator("#content .cell-place a").first.click()
    expect(page.locator("#report-title")).to_be_visible()
    page.locator(".ledger summary").click()
    yield "report"
