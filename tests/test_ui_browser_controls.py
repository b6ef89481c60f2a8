"""What can be done with an answer, in a real browser, over thirty reports."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from chat_page import (
    IN_A_BROWSER,
    NARROW,
    Chat,
    ask,
    sound_page,
    widths,
)
from playwright.sync_api import Page, expect
from thirty_reports import TOWNS, report

pytestmark = IN_A_BROWSER
ABOVE = "哪些镇的调解成功率超过50%？"


@pytest.fixture
def chat(thirty_chat) -> Chat:
    return thirty_chat


@pytest.fixture
def page(request, browser) -> Iterator[Page]:
    options = {"permissions": ["clipboard-read", "clipboard-write"]}
    with sound_page(browser, [], **options, **getattr(request, "param", {})) as opened:
        yield opened


@pytest.fixture
def answered(chat, page) -> Page:
    """A page with the answer that 24 reports meet and 6 say nothing of."""
    page.goto(chat.url)
    ask(page, ABOVE)
    return page


def cells(page: Page, column: str) -> list[str]:
    return page.locator(f".answer td.cell-{column}").all_inner_texts()


def test_the_table_turns_its_pages_and_sorts_both_ways(answered):
    rows = answered.locator(".answer tbody tr")
    expect(rows).to_have_count(20)
    expect(answered.locator(".pager")).to_contain_text("第 1–20 份，共 24 份")
    answered.get_by_role("button", name="下一页").click()
    expect(rows).to_have_count(4)
    expect(answered.get_by_role("button", name="下一页")).to_be_disabled()
    head = answered.get_by_role("columnheader", name="数值")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(rows).to_have_count(20)
    assert cells(answered, "value")[0].startswith("61%")
    head.get_by_role("button").press("Enter")  # the button kept the focus
    expect(head).to_have_attribute("aria-sort", "descending")
    assert cells(answered, "value")[0].startswith("98%")
    assert cells(answered, "value")[1].startswith("88%")


def test_the_table_is_narrowed_by_state_and_by_words(answered):
    answered.locator(".legend").get_by_role("button", name="未写明 6").click()
    rows = answered.locator(".answer tbody tr")
    expect(rows).to_have_count(6)
    assert {text.strip("–… \n") for text in cells(answered, "state")} == {"未写明"}
    answered.locator(".legend").get_by_role("button", name="未写明 6").click()
    expect(rows).to_have_count(20)
    answered.get_by_role("searchbox", name="在结果中查找").fill("白山镇")
    answered.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    answered.get_by_role("searchbox", name="在结果中查找").fill("没有这个镇")
    answered.keyboard.press("Enter")
    expect(answered.locator(".no-rows")).to_be_visible()


def downloaded(page: Page, link: str) -> tuple[str, bytes]:
    page.locator(".files summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    page.locator(".files summary").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_the_answer_is_downloaded_with_its_quotes_and_sources(answered):
    head = answered.get_by_role("columnheader", name="数值")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")

    name, content = downloaded(answered, "Excel")
    assert name == "哪些镇的调解成功率超过50.xlsx"
    table, about = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    rows = list(table.iter_rows(values_only=True))
    columns = {title: place for place, title in enumerate(rows[0])}
    assert len(rows) == 1 + 24
    first = rows[1]
    assert (first[columns["数值"]], first[columns["单位"]]) == (61, "%")
    assert first[columns["原文"]] == "调解成功率61%"
    assert first[columns["文件"]] == "r01.txt"
    assert about["A2"].value == ABOVE

    _, content = downloaded(answered, "CSV")
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [line["数值"] for line in lines[:2]] == ["61", "62"]
    assert len(lines) == 24

    _, content = downloaded(answered, "Word")
    document = docx.Document(io.BytesIO(content))
    assert document.paragraphs[0].text == ABOVE
    assert len(document.tables[0].rows) == 1 + 24
    assert any("<script>window.fired=1</script>" in p.text for p in document.paragraphs)

    _, content = downloaded(answered, "Markdown")
    assert "调解成功率61%" in content.decode()
    assert "<script>" not in content.decode().replace("\\<script\\>", "")


def test_the_original_file_is_downloaded_byte_for_byte(answered):
    answered.get_by_role("columnheader", name="数值").get_by_role("button").click()
    expect(answered.locator(".answer tbody tr").first).to_contain_text("61%")
    answered.locator(".answer tbody .chip").first.click()
    expect(answered.locator("#source mark")).to_have_text("调解成功率61%")
    with answered.expect_download() as waiting:
        answered.get_by_role("link", name="下载原文件").click()
    assert waiting.value.suggested_filename == "r01.txt"
    assert Path(waiting.value.path()).read_text(encoding="utf-8") == report(TOWNS[1], 1)


def test_a_part_of_the_scope_is_corrected_and_asked_again(answered):
    answered.get_by_role("button", name="条件 高于 50%").click()
    expect(answered.locator("#correct-condition input")).to_be_focused()
    answered.keyboard.press("Escape")
    answered.locator("#correct-value input, #correct-value textarea").fill("85%")
    answered.get_by_role("button", name="重新查").click()
    questions = answered.locator("#chat .question")
    expect(questions).to_have_count(2)
    expect(questions.nth(1)).to_have_text("哪些镇的纠纷调解成功率超过85%？")
    expect(answered.locator(".answer .footer")).to_have_count(2)
    expect(answered.locator("#correction")).to_be_hidden()
    expect(answered.locator(".answer").nth(1).locator("tr.row-match")).to_have_count(4)


def test_one_part_of_a_question_of_two_is_corrected(chat, page):
    page.goto(chat.url)
    ask(page, "哪些镇的调解成功率超过50%？各镇存在哪些不足？")
    lines = page.locator(".answer .scope li")
    expect(lines).to_have_count(2)
    lines.nth(1).get_by_role("button", name="地区 全部").click()
    expect(page.locator("#correct-places input")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("#correct-close").click()
    lines.nth(0).get_by_role("button", name="条件 高于 50%").click()
    expect(page.locator("#correct-condition input")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("#correct-value input, #correct-value textarea").fill("85%")
    page.get_by_role("button", name="重新查").click()
    expect(page.locator("#chat .question").nth(1)).to_have_text("哪些镇的纠纷调解成功率超过85%？")
    expect(page.locator(".answer").nth(1).locator("tr.row-match")).to_have_count(4)


def test_another_indicator_takes_its_own_unit(answered):
    answered.get_by_role("button", name="指标或主题 纠纷调解成功率").click()
    expect(answered.locator("#correct-subject input")).to_be_focused()
    answered.locator("#correct-subject input").fill("罚款金额")
    answered.keyboard.press("Enter")
    answered.get_by_role("button", name="重新查").click()
    question = answered.locator("#chat .question").nth(1)
    expect(question).to_contain_text("罚款金额")
    expect(question).not_to_contain_text("%")


def test_a_place_of_the_scope_is_corrected_and_the_words_stay(answered):
    answered.locator(".scope").get_by_role("button", name="地区 全部").click()
    expect(answered.locator("#correct-places input")).to_be_focused()
    answered.keyboard.type("万州区")
    answered.locator("#correct-places [role=option]", has_text="万州区").click()
    answered.keyboard.press("Escape")
    answered.get_by_role("button", name="重新查").click()
    expect(answered.locator("#chat .question").nth(1)).to_have_text(f"{ABOVE}万州区")
    expect(answered.locator(".census h3").nth(1)).to_have_text("15 份报告的核查结果")


def test_an_answer_is_copied_linked_and_made_again(answered, browser):
    answered.get_by_role("button", name="复制", exact=True).click()
    expect(answered.locator("[data-copy]")).to_have_text("已复制")
    copied = answered.evaluate("navigator.clipboard.readText()")
    assert "口径：" in copied
    assert "r01.txt" in copied
    answered.locator(".actions").get_by_role("button", name="复制链接").click()
    expect(answered.locator(".answer [data-link]")).to_have_text("已复制")
    link = answered.evaluate("navigator.clipboard.readText()")
    with sound_page(browser, []) as other:
        other.goto(link)
        expect(other.locator("#chat .question")).to_have_text(ABOVE)
        expect(other.locator(".answer .footer")).to_be_visible()
    before = answered.locator("#chat .question").get_attribute("id")
    answered.get_by_role("button", name="重新回答").click()
    expect(answered.locator("#chat .question")).not_to_have_attribute("id", before)
    expect(answered.locator(".answer .footer")).to_have_count(1)


def test_a_thumb_and_a_comment_are_written_down_once(answered, chat):
    answered.get_by_role("button", name="有误").click()
    expect(answered.get_by_role("button", name="有误")).to_have_attribute("aria-pressed", "true")
    answered.locator("#comment textarea").fill("少了一个镇")
    answered.get_by_role("button", name="提交").click()
    expect(answered.locator("#opinion")).to_be_hidden()
    lines = (chat.data / "feedback.jsonl").read_text(encoding="utf-8").splitlines()
    mine = [given for given in map(json.loads, lines) if given["comment"] == "少了一个镇"]
    assert len(lines) == len({json.loads(line)["answer_id"] for line in lines})
    assert [(given["question"], given["thumb"], given["status"]) for given in mine] == [
        (ABOVE, "down", "answered")
    ]
    assert set(mine[0]) == {
        "time", "question", "history", "answer_id", "status", "thumb", "comment",
    }  # fmt: skip


@pytest.mark.parametrize("page", [{"viewport": NARROW}], indirect=True)
def test_on_a_phone_the_table_and_its_controls_fit(answered):
    assert widths(answered) == (NARROW["width"], NARROW["width"])
    answered.get_by_role("button", name="下一页").scroll_into_view_if_needed()
    answered.get_by_role("button", name="下一页").click()
    expect(answered.locator(".answer tbody tr")).to_have_count(4)
    answered.get_by_role("button", name="条件 高于 50%").click()
    expect(answered.locator("#correction")).to_be_in_viewport()
    assert widths(answered) == (NARROW["width"], NARROW["width"])
