"""The chat as people meet it: the real program, its real stores, a real browser."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from chat_page import CHROMIUM, FAZHI, Chat, chromium, running_chat
from playwright.sync_api import Browser, Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}"),
]
APPEARANCE = "哪些镇的行政诉讼应诉率达到100%？"
APPEARANCE_EN = "Which towns reported 100% litigation appearance rates?"
QUOTE = "行政诉讼应诉率100%"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def chat(tmp_path_factory) -> Iterator[Chat]:
    with running_chat(tmp_path_factory.mktemp("chat") / "data") as running:
        yield running


@pytest.fixture
def requests() -> list[str]:
    """Every address the page asked for."""
    return []


@pytest.fixture
def page(request, browser, requests) -> Iterator[Page]:
    options = getattr(request, "param", {})
    context = browser.new_context(**{"locale": "zh-CN", "viewport": WIDE, **options})
    context.on("request", lambda sent: requests.append(sent.url))
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("dialog", lambda dialog: (problems.append(dialog.message), dialog.dismiss()))
    yield opened
    context.close()
    assert problems == []


WIDE = {"width": 1280, "height": 850}
NARROW = {"width": 390, "height": 844}


def ask(page: Page, question: str) -> None:
    """Type a question and wait for its whole answer."""
    before = page.locator(".answer .footer").count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    # The first open question of a server loads the encoder.
    expect(page.locator(".answer .footer")).to_have_count(before + 1, timeout=30_000)


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
    page.wait_for_timeout(1500)  # time in which it was once asked again
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
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    expect(page.locator(".answer .direct")).to_be_in_viewport()
    expect(page.locator("#aside")).to_be_hidden()
    page.locator(".chip").first.click()
    expect(page.locator("#source mark")).to_be_in_viewport()
    expect(page.locator(".source-close")).to_be_in_viewport()
    page.locator(".source-close").click()
    expect(page.locator("#aside")).to_be_hidden()


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


def test_the_scope_can_be_narrowed_to_a_place(chat, page):
    page.goto(chat.url)
    page.get_by_text("限定范围").click()
    page.locator("#places input").fill("李河镇")
    page.keyboard.press("Enter")
    ask(page, APPEARANCE)
    expect(page.locator(".census h3")).to_have_text("1 份报告的核查结果")
    expect(page.locator(".answer")).not_to_contain_text("长征镇")


def test_a_new_conversation_forgets_the_old_one(chat, page):
    page.goto(chat.url)
    ask(page, APPEARANCE)
    page.locator("#chat").get_by_role("button", name=re.compile("clear|清", re.IGNORECASE)).click()
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


HOSTILE = (
    "本镇<script>window.fired=1</script>调解成功率98%，"
    "<img src=x onerror='window.fired=2'>[点我](javascript:window.fired=3)"
    "<a href='javascript:window.fired=4'>详见</a>，$$\\frac{1}{2}$$，${window.fired=5}，"
    "{{constructor}}，" + "无" * 300 + "W" * 300 + "。"
)


def test_a_report_with_markup_in_it_is_shown_as_text(tmp_path, page):
    report = tmp_path / "shiqiao-2024.txt"
    report.write_text(
        "石桥镇人民政府关于2024年法治政府建设情况的报告\n"
        "2024年，石桥镇深入学习贯彻习近平法治思想，扎实推进法治政府建设。现将有关情况报告如下。\n"
        f"一、2024年法治政府建设主要成效<script>window.fired=0</script>\n{HOSTILE}\n"
        "二、存在的不足\n（一）执法力量<b>薄弱</b>，有待加强。\n"
        "三、2025年工作打算\n（一）加强执法培训。\n石桥镇人民政府\n2025年1月10日\n",
        encoding="utf-8",
    )
    data = tmp_path / "data"
    subprocess.run(
        [*FAZHI, "ingest", str(report), "--data", str(data)],
        check=True,
        cwd=Path(__file__).parent.parent,
        timeout=180,
    )
    with running_chat(data) as chat:
        page.goto(chat.url)
        ask(page, "哪些镇的调解成功率超过90%？")
        page.locator(".chip").first.click()
        expect(page.locator("#source mark")).to_be_visible()
        expect(page.locator("#source")).to_contain_text("<script>window.fired=1</script>")
        expect(page.locator("#source")).to_contain_text("$$\\frac{1}{2}$$")
        ask(page, "石桥镇<img src=x onerror=window.fired=6>存在哪些不足？")
        assert page.evaluate("window.fired") is None
        links = page.locator("#chat a, #source a").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
        assert all(link.startswith("?") for link in links)
        assert page.evaluate("document.documentElement.scrollWidth") == WIDE["width"]


def test_it_stops_when_told_to_and_says_when_a_port_is_taken(tmp_path, chat):
    port = urlsplit(chat.url).port
    command = [*FAZHI, "chat", "--port", str(port), "--no-browser"]
    taken = subprocess.run(
        [*command, "--data", str(tmp_path / "other")],
        check=False,
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert taken.returncode != 0
    assert f"127.0.0.1:{port}" in taken.stderr
    assert "Traceback" not in taken.stderr
    with running_chat(tmp_path / "other") as short:
        assert short.stop() == 0
    assert "Traceback" not in short.log.read_text(encoding="utf-8")
