"""The chat as people meet it: the real program, its real stores, a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from chat_page import IN_A_BROWSER, NARROW, Chat, ask, sound_page, widths
from playwright.sync_api import Page, expect

pytestmark = IN_A_BROWSER
APPEARANCE = "哪些镇的行政诉讼应诉率达到100%？"
APPEARANCE_EN = "Which towns reported 100% litigation appearance rates?"
QUOTE = "行政诉讼应诉率100%"


@pytest.fixture
def chat(sample_chat) -> Chat:
    return sample_chat


@pytest.fixture
def requests() -> list[str]:
    """Every address the page asked for."""
    return []


@pytest.fixture
def page(request, browser, requests) -> Iterator[Page]:
    with sound_page(browser, requests, **getattr(request, "param", {})) as opened:
        yield opened


def test_a_newcomer_gets_to_a_checked_citation_in_two_clicks(chat, page, requests):
    page.goto(chat.url)
    page.get_by_role("button", name=APPEARANCE).click()
    page.locator(".answer .direct .chip, .answer .chip").first.click()
    expect(page.locator("#source mark")).to_have_text(QUOTE)
    for part in ("马武镇", "2024", "mawu-2024.txt"):
        expect(page.locator("#source")).to_contain_text(part)
    assert {urlsplit(url).hostname for url in requests} == {"127.0.0.1"}


def test_a_question_typed_before_the_page_has_its_words_is_answered(chat, page):
    page.goto(chat.url)
    # The box alone is waited for, not the heading, which comes with the page's words.
    ask(page, APPEARANCE)
    expect(page.get_by_role("heading", level=1)).to_have_text("法治问答")
    expect(page.locator("#talks .talk")).to_have_count(1)  # what the page does with its words
    expect(page.locator("#chat .question")).to_have_count(1)


def test_the_answer_accounts_for_all_five_reports(chat, page):
    page.goto(chat.url)
    ask(page, APPEARANCE)
    answer = page.locator(".answer")
    expect(answer.locator(".direct")).to_contain_text("马武镇")
    expect(answer.locator(".legend")).to_contain_text("符合 1")
    counts = [int(text) for text in answer.locator(".legend b").all_inner_texts()]
    assert sum(counts) == 5
    rows = answer.locator("tr.row-match")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(QUOTE)
    expect(page.locator("#question textarea")).to_have_value("")


@pytest.mark.parametrize("page", [{"locale": "en-US"}], indirect=True)
def test_an_english_browser_gets_an_english_page_and_an_english_answer(chat, page):
    page.goto(chat.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Fazhi")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name=APPEARANCE_EN).click()
    expect(page.locator(".answer .footer")).to_contain_text("Written by rules")
    expect(page.locator(".answer .legend")).to_contain_text("Match 1")
    expect(page.locator(".answer .direct")).to_contain_text("100%")


def test_the_language_switch_keeps_the_conversation_and_is_remembered(chat, page):
    page.goto(chat.url)
    ask(page, APPEARANCE)
    page.locator(".chip").first.click()
    expect(page.locator("#source .where")).to_contain_text("文件")
    page.locator("#language").get_by_text("English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fazhi")
    expect(page.locator("#source .where")).to_contain_text("File mawu-2024.txt")
    expect(page.locator(".answer .footer")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fazhi")
    page.goto(chat.url + "?lang=zh")
    expect(page.get_by_role("heading", level=1)).to_have_text("法治问答")


def test_the_address_can_be_shared_and_the_back_button_closes_the_source(chat, page, browser):
    page.goto(chat.url)
    ask(page, APPEARANCE)
    page.locator(".chip").first.click()
    expect(page.locator("#source mark")).to_have_text(QUOTE)
    shared = page.url
    page.get_by_role("link", name="下一段").click()
    expect(page).not_to_have_url(shared)
    page.go_back()
    expect(page.locator("#source mark")).to_have_text(QUOTE)
    page.go_back()
    expect(page.locator("#source mark")).to_have_count(0)
    expect(page.locator(".answer .footer")).to_have_count(1)
    other = browser.new_context(locale="zh-CN").new_page()
    other.goto(shared)
    expect(other.locator("#source mark")).to_have_text(QUOTE)
    expect(other.locator(".answer .legend")).to_contain_text("符合 1")
    other.context.close()


def test_a_link_to_a_paragraph_opens_it_without_a_question(chat, page):
    page.goto(chat.url)
    ask(page, APPEARANCE)
    named = parse_qs(urlsplit(page.locator(".chip").first.get_attribute("href")).query)
    page.goto(f"{chat.url}?report={named['report'][0]}&p={named['p'][0]}")
    expect(page.locator("#source .here")).to_contain_text(QUOTE)
    expect(page.locator("#chat .question")).to_have_count(0)


def test_the_back_button_leaves_a_conversation_and_returns_to_it(chat, page):
    page.goto(chat.url)
    ask(page, APPEARANCE)
    ask(page, "各镇的GDP是多少？")
    page.go_back()
    expect(page.get_by_role("button", name=APPEARANCE)).to_be_visible()
    page.go_forward()
    expect(page.locator("#chat .question")).to_have_count(2)
    expect(page.locator(".answer .status")).to_have_text("未查到")


def test_the_keyboard_is_enough(chat, page):
    page.goto(chat.url)
    page.locator("#question textarea").focus()
    page.keyboard.type(APPEARANCE)
    page.keyboard.press("Enter")
    expect(page.locator(".answer .footer")).to_be_visible()
    chip = page.locator(".chip").first
    chip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#source mark")).to_have_count(0)
    expect(chip).to_be_focused()


@pytest.mark.parametrize("page", [{"viewport": NARROW}], indirect=True)
def test_on_a_phone_nothing_is_cut_off_and_the_source_comes_up_over_the_chat(chat, page):
    page.goto(chat.url)
    ask(page, APPEARANCE)
    assert widths(page) == (NARROW["width"], NARROW["width"])
    expect(page.locator(".answer .direct")).to_be_in_viewport()
    expect(page.locator("#aside")).to_be_hidden()
    page.locator(".chip").first.click()
    expect(page.locator("#source mark")).to_be_in_viewport()
    expect(page.locator(".source-close")).to_be_in_viewport()
    page.locator(".source-close").click()
    expect(page.locator("#aside")).to_be_hidden()


ZOOMED = {"viewport": {"width": 640, "height": 425}, "device_scale_factor": 2}


@pytest.mark.parametrize("page", [ZOOMED], indirect=True)
def test_at_twice_the_size_everything_is_there(chat, page):
    page.goto(chat.url)
    ask(page, APPEARANCE)
    assert widths(page) == (640, 640)
    expect(page.locator(".answer .direct")).to_be_in_viewport()
    expect(page.locator("#question textarea")).to_be_in_viewport()
    page.locator(".chip").first.click()
    expect(page.locator("#source mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.locator(".files summary").click()
    page.get_by_role("link", name="Excel").scroll_into_view_if_needed()
    expect(page.get_by_role("link", name="Excel")).to_be_in_viewport()


@pytest.mark.parametrize("page", [{"color_scheme": "dark"}], indirect=True)
def test_a_dark_browser_gets_a_dark_page(chat, page):
    page.goto(chat.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", ground)[:3]) < 60


def test_what_no_report_states_is_not_found(chat, page):
    page.goto(chat.url)
    ask(page, "各镇的GDP是多少？")
    expect(page.locator(".answer .status")).to_have_text("未查到")
    expect(page.locator("tr.row-match")).to_have_count(0)


def test_the_scope_can_be_narrowed_level_by_level(chat, page):
    page.goto(chat.url)
    page.get_by_text("限定范围").click()
    choose(page, "provinces", "重庆市")
    page.locator("#towns input").click()
    offered = page.locator("#towns [role=option]")
    expect(offered).to_have_text(["李河镇", "马武镇"], use_inner_text=True)
    choose(page, "towns", "李河镇")
    expect(page.locator("#filters")).to_contain_text("限定范围：李河镇")
    ask(page, APPEARANCE)
    expect(page.locator(".census h3")).to_have_text("1 份报告的核查结果")
    expect(page.locator("#chat .question small")).to_have_text("李河镇")
    page.reload()  # what it was narrowed to is kept with the question
    expect(page.locator(".census h3")).to_have_text("1 份报告的核查结果")


def choose(page: Page, field: str, choice: str) -> None:
    page.locator(f"#{field} input").fill(choice)
    option = page.locator(f"#{field} [role=option]")
    expect(option).to_have_text([choice], use_inner_text=True)
    option.click()
    expect(page.locator(f"#{field} .token")).to_contain_text(choice)


def test_a_new_conversation_forgets_the_old_one(chat, page):
    page.goto(chat.url)
    ask(page, APPEARANCE)
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".answer")).to_have_count(0)
    expect(page.get_by_role("button", name=APPEARANCE)).to_be_visible()
    ask(page, APPEARANCE)
    expect(page.locator("#chat .question")).to_have_count(1)


def test_two_people_do_not_see_each_others_questions(chat, page, browser):
    other = browser.new_context(locale="zh-CN").new_page()
    page.goto(chat.url)
    other.goto(chat.url)
    ask(page, APPEARANCE)
    ask(other, "各镇的GDP是多少？")
    expect(page.locator("#chat .question")).to_have_text([APPEARANCE])
    expect(other.locator("#chat .question")).to_have_text(["各镇的GDP是多少？"])
    other.context.close()


def test_an_address_that_names_nothing_stored_says_so(chat, page):
    page.goto(chat.url + "?report=<script>alert(1)</script>&p=3")
    expect(page.locator("#source .failure")).to_contain_text("<script>alert(1)</script>")


def test_the_filters_are_not_loaded_before_they_are_opened(chat, page):
    page.goto(chat.url)
    expect(page.get_by_role("button", name=APPEARANCE)).to_be_visible()
    assert page.locator("#filters").get_by_text("马武镇").count() == 0
