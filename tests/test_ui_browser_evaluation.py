"""The Evaluation room in a browser: a set is run and watched, its faults read, a file sent."""

import json
from pathlib import Path
from urllib.parse import urlsplit

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
from playwright.sync_api import Browser, Page, expect
from written_reports import taken_in

from ingest.samples import __path__ as samples

pytestmark = IN_A_BROWSER
SAMPLE = Path(samples[0]) / "mawu-2024.txt"
HOSTILE = '<img src="//evil.example/x" onerror="document.title=1">'
QUESTIONS = (
    {"id": "rate", "question": "马武镇的行政诉讼应诉率达到100%了吗？", "kind": "yes_no",
     "status": "answered", "reports": ["mawu-2024.txt"], "yes_no": True},
    {"id": "wrong", "question": "马武镇的行政诉讼应诉率低于90%吗？", "kind": "yes_no", "status": "answered",
     "yes_no": True, "spans": [{"source": "mawu-2024.txt", "text": "行政诉讼应诉率100%"}],
     "must_say": [[HOSTILE]]},
)  # fmt: skip


@pytest.fixture(scope="module")
def chat(tmp_path_factory, sample_stores):
    data = tmp_path_factory.mktemp("evaluated") / "data"
    with running_chat(taken_in(SAMPLE, data=data, like=sample_stores)) as served:
        yield served


@pytest.fixture(scope="module")
def questions(tmp_path_factory) -> Path:
    path: Path = tmp_path_factory.mktemp("own") / "mine.jsonl"
    text = "\n".join(json.dumps(one, ensure_ascii=False) for one in QUESTIONS)
    path.write_text(text, encoding="utf-8")
    return path


def opened(page: Page, chat: Chat, query: str = "") -> None:
    page.goto(f"{chat.url}evaluation{query}")
    expect(page.locator("#evaluation #content > *").first).to_be_visible()


def test_a_file_is_checked_and_run_and_its_faults_lead_to_the_source(
    chat: Chat, browser: Browser, questions: Path, tmp_path: Path
) -> None:
    requests: list[str] = []
    with sound_page(browser, requests) as page:
        opened(page, chat)
        expect(page.locator("#content")).to_have_text("还没有评测过。")
        assert page.locator('#rooms a[aria-current="page"]').inner_text() == "评测"
        page.locator("#own summary").click()
        broken = tmp_path / "broken.jsonl"
        broken.write_text('{"id": "' + HOSTILE.replace('"', "'") + '"}\n', encoding="utf-8")
        page.locator("#questions").set_input_files(broken)
        expect(page.locator("#lint .failure li")).to_contain_text("broken.jsonl:1: question")
        assert problems(page) == []
        page.locator("#questions").set_input_files(questions)
        expect(page.locator("#lint .fine")).to_contain_text("mine.jsonl")
        page.locator("#set").select_option(label="mine.jsonl")
        page.locator("#start-go").click()
        expect(page.locator("#going progress")).to_be_visible()
        expect(page.locator("#start-go")).to_be_disabled()
        expect(page.locator("#going")).to_contain_text("完成", timeout=300_000)
        expect(page.locator("#content tbody tr")).to_have_count(1)
        page.locator("#going-open").click()
        expect(page.locator("#wrong")).to_have_text("答错的题（1）")
        assert page.url.startswith(f"{chat.url}evaluation?run=")
        page.reload()
        expect(page.locator("#wrong")).to_have_text("答错的题（1）")
        page.locator(".wrong summary").click()
        # what a question file says is shown as it stands
        expect(page.locator(".faults")).to_contain_text(HOSTILE)
        assert page.locator("#evaluation img").count() == 0
        assert problems(page) == []
        with page.context.expect_page() as other:
            page.locator(".sides section").first.get_by_role("link", name="mawu-2024.txt").click()
        expect(other.value.locator("#source mark")).to_have_text("行政诉讼应诉率100%")
        page.locator("#back").click()
        expect(page.locator("#content tbody tr")).to_have_count(1)
        page.go_back()
        expect(page.locator("#wrong")).to_be_visible()
    assert {urlsplit(sent).hostname for sent in requests} == {"127.0.0.1"}


def test_a_run_is_stopped_in_english_on_a_phone(chat: Chat, browser: Browser) -> None:
    with sound_page(browser, [], locale="en-US", viewport=NARROW, color_scheme="dark") as page:
        opened(page, chat)
        page.locator("#set").select_option(label="60 questions on the samples")
        page.locator("#start-go").click()
        page.locator("#stop-run").click()
        expect(page.locator("#going")).to_contain_text("stopped; nothing of it is kept")
        expect(page.locator("#start-go")).to_be_enabled()
        page.locator("#content tbody a").first.click()
        expect(page.locator("#wrong")).to_have_text("Wrong answers (1)")
        page.locator(".wrong summary").click()
        laid_out, window = widths(page)
        assert laid_out <= window
        assert problems(page) == []
        page.locator("#language label", has_text="中文").click()
        expect(page.locator("#wrong")).to_have_text("答错的题（1）")
