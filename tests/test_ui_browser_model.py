"""A chat model on the page: what it writes is shown as unverified, then checked; Stop ends it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from chat_page import IN_A_BROWSER, Chat, chromium, copied, running_chat, sound_page
from playwright.sync_api import Page, expect
from scripted_model import Reply, ScriptedModel, scripted_model

pytestmark = IN_A_BROWSER
RATE = "马武镇的行政诉讼应诉率是多少？"
WEAK = "马武镇存在哪些不足？"
TRUE = "马武镇2024年行政诉讼应诉率为100%。[1]"
INVENTED = "高峰镇2024年行政诉讼应诉率为98%。[1]"


def says(number: int, body: dict) -> Reply:
    """A sentence that holds and one that does not, slowly; anything else without an end."""
    del number
    asked = body["messages"][-1]["content"]
    if RATE in asked:
        again = INVENTED[:12] in asked  # the sentence that failed is to be rewritten
        return Reply("高峰镇没有数字。[1]" if again else TRUE + INVENTED, slowly=0.4)
    return Reply("1" if asked == "1" else "马武镇执法力量不足，" * 200, slowly=0.4)


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedModel]:
    with scripted_model(says) as running:
        yield running


@pytest.fixture(scope="module")
def chat(tmp_path_factory, sample_settings, model) -> Iterator[Chat]:
    data = copied(sample_settings.data, tmp_path_factory.mktemp("model"))
    own = {"FAZHI_CHAT_MODEL": "openai:scripted", "FAZHI_CHAT_URL": model.url}
    with running_chat(data, **own) as running:
        yield running


@pytest.fixture
def page(chat) -> Iterator[Page]:
    with chromium() as browser, sound_page(browser, []) as opened:
        opened.goto(chat.url)
        yield opened


def type_in(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")


def test_words_are_shown_as_unverified_until_they_have_passed(page):
    type_in(page, RATE)
    draft = page.locator(".unverified")
    expect(draft).to_contain_text("未经核对", timeout=60_000)  # the first time, much is loaded
    expect(draft).to_contain_text("马武镇")
    expect(page.locator(".answer .direct")).to_contain_text("100%")  # the rules' answer below it
    expect(page.locator(".writing .chip")).to_have_count(1)  # the first sentence has passed
    expect(draft).to_contain_text("高峰镇")
    expect(page.locator(".answer .footer")).to_contain_text("模型撰写")
    expect(draft).to_have_count(0)
    expect(page.locator(".answer .direct")).to_contain_text("马武镇2024年行政诉讼应诉率为100%")
    expect(page.locator("#chat")).not_to_contain_text("98%")
    page.locator(".answer .direct .chip").first.click()
    expect(page.locator("#source mark")).to_have_text("行政诉讼应诉率100%")


def test_stopping_ends_the_models_writing(page, model):
    type_in(page, WEAK)
    expect(page.locator(".unverified")).to_contain_text("执法力量不足", timeout=60_000)
    page.get_by_role("button", name="停止").click()
    expect(page.locator(".stopped")).to_be_visible()
    expect(page.get_by_role("button", name="提问")).to_be_visible()
    deadline = time.monotonic() + 20
    while not model.left and time.monotonic() < deadline:
        time.sleep(0.1)
    assert model.left == 1  # nobody listens to the provider any more
    expect(page.locator(".unverified")).to_have_count(0)
