"""What a browser keeps of its conversations, and what markup in reports and names may not do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from chat_page import IN_A_BROWSER, Chat, ask, running_chat, sound_page, widths
from playwright.sync_api import Page, expect
from thirty_reports import TOWNS
from written_reports import taken_in

pytestmark = IN_A_BROWSER
ABOVE = "哪些镇的调解成功率超过50%？"


@pytest.fixture
def chat(thirty_chat) -> Chat:
    return thirty_chat


@pytest.fixture
def page(browser) -> Iterator[Page]:
    with sound_page(browser, []) as opened:
        yield opened


@pytest.fixture
def answered(chat, page) -> Page:
    """A page with the answer that 24 reports meet and 6 say nothing of."""
    page.goto(chat.url)
    ask(page, ABOVE)
    return page


def open_shelf(page: Page) -> None:
    page.get_by_role("button", name="对话记录").click()
    expect(page.locator("#talks h2")).to_be_in_viewport()


def test_conversations_are_kept_listed_opened_renamed_exported_and_deleted(answered, chat):
    page = answered
    ask(page, "那高于85%的呢？")
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".answer")).to_have_count(0)
    ask(page, "各镇存在哪些不足？")
    page.goto(chat.url)  # as on another day
    open_shelf(page)
    talks = page.locator("#talks .talk")
    expect(talks).to_have_count(2)
    talks.nth(1).click()
    expect(page.locator("#chat .question")).to_have_text([ABOVE, "那高于85%的呢？"])
    expect(page.locator(".answer .footer")).to_have_count(2)

    item = page.locator("#talks li").nth(1)
    item.locator("summary").click()
    item.get_by_role("textbox").fill("调解<b>成功率</b>")
    page.keyboard.press("Enter")
    expect(talks.nth(1)).to_contain_text("调解<b>成功率</b>")

    item.locator("summary").click()
    with page.expect_download() as waiting:
        item.get_by_role("link", name="导出 Word").click()
    document = docx.Document(waiting.value.path())
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert headings == [ABOVE, "那高于85%的呢？"]
    assert document.paragraphs[0].text == "调解<b>成功率</b>"

    item.get_by_role("button", name="删除").click()
    expect(talks).to_have_count(1)
    page.reload()
    open_shelf(page)
    expect(talks).to_have_count(1)
    expect(talks).to_contain_text("各镇存在哪些不足？")


def test_a_report_with_markup_in_it_is_shown_as_text(answered):
    page = answered
    page.get_by_role("searchbox", name="在结果中查找").fill("window.fired")
    page.keyboard.press("Enter")
    expect(page.locator(".answer tbody tr")).to_have_count(1)
    expect(page.locator(".answer tbody q").first).to_contain_text("<script>window.fired=1")
    page.locator(".answer tbody .chip").first.click()
    expect(page.locator("#source mark")).to_be_visible()
    expect(page.locator("#source")).to_contain_text("<script>window.fired=1</script>")
    expect(page.locator("#source")).to_contain_text("$$\\frac{1}{2}$$")
    ask(page, f"{TOWNS[-1]}<img src=x onerror=window.fired=6>存在哪些不足？")
    open_shelf(page)
    assert page.evaluate("window.fired") is None
    links = page.locator("#chat a, #source a, #talks a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert all(link.startswith(("?", "download/")) for link in links)
    assert widths(page)[0] <= widths(page)[1]


def test_two_tabs_of_a_browser_keep_their_conversations_side_by_side(chat, page):
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(chat.url)
        expect(tab.get_by_role("heading", level=1)).to_have_text("法治问答")
    ask(page, ABOVE)
    ask(other, "各镇的GDP是多少？")
    for tab in (page, other):
        expect(tab.locator("#talks .talk")).to_contain_text(["各镇的GDP是多少？", ABOVE])
    page.reload()  # the page in front is that of its own conversation still
    expect(page.locator("#chat .question")).to_have_text([ABOVE])
    expect(page.locator("#talks .talk")).to_have_count(2)
    expect(page.locator("#talks .talk[aria-current]")).to_contain_text(ABOVE)


def test_an_empty_store_says_what_to_do(tmp_path, browser, sample_stores):
    # With a file taken in, no sample is.
    data = taken_in(_note(tmp_path), data=tmp_path / "data", like=sample_stores)
    with running_chat(data) as chat, sound_page(browser, []) as page:
        page.goto(chat.url)
        expect(page.locator(".welcome")).to_contain_text("fazhi ingest")
        ask(page, ABOVE)
        expect(page.locator(".answer .status")).to_be_visible()


def _note(folder: Path) -> Path:
    """A document that is no report."""
    path = folder / "note.txt"
    path.write_text(
        "关于召开会议的通知\n各科室：定于3月5日召开会议，请准时参加。\n", encoding="utf-8"
    )
    return path
