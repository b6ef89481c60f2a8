"""Many people at once, and the page as assistive technology meets it."""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_core import LOOKS, problems
from chat_page import CHROMIUM, Chat, ask, chromium, settled, sound_page
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SESSIONS = 20
STUCK = 60  # seconds; how fast it is is printed, a busy machine may take longer than 2
# Each holds its session's number, so that whose question it is can be seen.
ASKED = (
    "哪些镇的行政诉讼应诉率不低于{n}%？",
    "哪些镇的调解成功率高于{n}%？",
    "哪些镇的信访办结率低于{n}%？",
    "有多少个镇的行政诉讼应诉率超过{n}%？",
    "哪些镇的调解成功率不低于{n}%？",
)


@pytest.fixture
def chat(sample_chat) -> Chat:
    return sample_chat


class Session:
    """One visitor, who asks what a browser would ask."""

    def __init__(self, url: str, config: dict[str, Any], number: int) -> None:
        self.client = httpx.Client(base_url=url, timeout=120, trust_env=False)
        self.hash = f"crowd{number}"
        ids = {part["props"].get("elem_id"): part["id"] for part in config["components"]}
        self.event = next(
            event
            for event in config["dependencies"]
            if [ids["question"], "submit"] in [list(target) for target in event["targets"]]
        )

    def ask(self, question: str) -> tuple[float, str]:
        """How long the answer took, in seconds, and all that came of it."""
        started = time.perf_counter()
        data = [question, [], [], [], [], None, "zh", None]
        body = {"data": data, "fn_index": self.event["id"], "session_hash": self.hash}
        self.client.post("gradio_api/queue/join", json=body).raise_for_status()
        told = []
        query = {"session_hash": self.hash}
        with self.client.stream("GET", "gradio_api/queue/data", params=query) as stream:
            for line in stream.iter_lines():
                told.append(line)
                if "process_completed" in line:
                    assert json.loads(line.removeprefix("data:"))["success"], line
                    break
        return time.perf_counter() - started, "\n".join(told)


def cpu_seconds(chat: Chat) -> float:
    """The processor time that the server has used."""
    fields = Path(f"/proc/{chat.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_twenty_people_ask_five_questions_each_and_none_sees_anothers(chat):
    config = httpx.get(f"{chat.url}config", trust_env=False).json()
    numbers = [51 + number for number in range(SESSIONS)]

    def visit(number: int) -> list[tuple[float, str]]:
        session = Session(chat.url, config, number)
        return [session.ask(question.format(n=number)) for question in ASKED]

    logged = len(chat.log.read_bytes())  # other tests send what no page sends, and are logged
    before = cpu_seconds(chat)
    with ThreadPoolExecutor(SESSIONS) as pool:
        visits = list(pool.map(visit, numbers))
    for number, told in zip(numbers, visits, strict=True):
        text = "\n".join(answer for _, answer in told)
        for question in ASKED:
            assert question.format(n=number) in text
            others = [question.format(n=other) for other in numbers if other != number]
            assert not [other for other in others if other in text]
        assert "process_generating" in text
        assert 'role=\\"alert\\"' not in text
    seconds = [taken for told in visits for taken, _ in told]
    assert len(seconds) == SESSIONS * len(ASKED)
    p95 = statistics.quantiles(seconds, n=20)[-1]
    each = (cpu_seconds(chat) - before) / len(seconds)
    sys.stdout.write(
        f"\n{len(seconds)} questions of {SESSIONS} people at once: p95 {p95:.2f} s, "
        f"{1000 * each:.0f} ms of the server's processor time each\n"
    )
    assert p95 < STUCK
    assert b"Traceback" not in chat.log.read_bytes()[logged:]


@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}")
def test_axe_finds_nothing_serious_in_any_view(chat):
    found = []
    with chromium() as browser:
        for look, options in LOOKS.items():
            with sound_page(browser, [], **options) as page:
                page.goto(chat.url)
                for view in views(page):
                    settled(page)
                    found += [f"{look}, {view}: {problem}" for problem in problems(page)]
    assert found == []


def views(page: Page) -> Iterator[str]:
    """The page in each of its views, one after the other."""
    page.locator("#chat .example").first.wait_for()
    yield "start"
    ask(page, "哪些镇的行政诉讼应诉率达到100%？")
    yield "answer"
    page.locator(".legend button").nth(1).click()
    page.locator("tr.row-not_reported").first.wait_for()
    page.locator(".files summary").click()
    page.locator(".scope .part").first.click()
    page.locator("#correction [role=listbox]").wait_for()  # of its first field
    page.keyboard.press("Escape")
    page.locator("#correction [role=listbox]").wait_for(state="hidden")
    yield "correction"
    page.locator("#correct-close").click()
    page.locator('.actions [id$="-down"]').click()
    page.locator("#comment textarea").wait_for()
    yield "opinion"
    page.locator("#opinion-close").click()
    page.locator("#filters button").first.click()
    page.locator("#provinces input").wait_for()
    yield "filters"
    page.locator("#filters button").first.click()
    page.locator(".answer .chip").first.click()
    page.locator("#source mark").wait_for()
    yield "source"
    page.keyboard.press("Escape")
    page.locator("#shelf .toggle-button").click()
    page.locator("#talks summary").first.click()
    yield "shelf"
