"""The server as it starts, fails and stops, seen from a browser."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from chat_page import (
    FAZHI,
    IN_A_BROWSER,
    ROOT,
    Chat,
    chromium,
    copied,
    running_chat,
    sound_page,
)
from playwright.sync_api import Browser, Page, expect

pytestmark = IN_A_BROWSER
STUCK = 60  # seconds; how fast it is is printed, a busy machine may take longer than 3
APPEARANCE = "哪些镇的行政诉讼应诉率达到100%？"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened, sound_page(opened, []):  # it has shown a page before
        yield opened


@pytest.fixture(scope="module")
def fresh(tmp_path_factory, sample_settings, browser) -> Iterator[Chat]:
    """A server that has just said that it is there, and whose word index is put aside."""
    del browser  # it is there before the server is
    data = copied(sample_settings.data, tmp_path_factory.mktemp("fresh"))
    with running_chat(data) as running:
        put_aside(data)
        yield running


@pytest.fixture
def page(browser) -> Iterator[Page]:
    with sound_page(browser, []) as opened:
        yield opened


def put_aside(data: Path) -> None:
    (data / "tantivy").rename(data / "aside")
    (data / "tantivy").write_text("no index", encoding="utf-8")


def put_back(data: Path) -> None:
    (data / "tantivy").unlink()
    (data / "aside").rename(data / "tantivy")


def test_the_first_page_can_be_used_soon_after_the_start_is_announced(fresh, page):
    page.goto(fresh.url)
    expect(page.get_by_role("button", name=APPEARANCE)).to_be_visible()
    seconds = time.monotonic() - fresh.announced
    sys.stdout.write(f"\nfirst page {seconds:.1f} s after the start was announced\n")
    assert seconds < STUCK


def test_a_failure_is_told_on_the_page_and_asking_again_answers(fresh, page):
    page.goto(fresh.url)
    page.get_by_role("button", name=APPEARANCE).click()
    failure = page.locator("#chat [role=alert]")
    expect(failure).to_contain_text(str(fresh.data / "tantivy"))
    expect(page.get_by_role("button", name="提问")).to_be_visible()
    put_back(fresh.data)
    page.get_by_role("button", name="重新回答").click()
    expect(page.locator(".answer .direct")).to_contain_text("马武镇")
    expect(failure).to_have_count(0)


def test_it_says_when_a_port_is_taken_and_stops_when_told_to(tmp_path, fresh):
    port = urlsplit(fresh.url).port
    command = [*FAZHI, "chat", "--port", str(port), "--no-browser"]
    taken = subprocess.run(
        [*command, "--data", str(copied(fresh.data, tmp_path))],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert taken.returncode != 0
    assert f"127.0.0.1:{port}" in taken.stderr
    assert "Traceback" not in taken.stderr
    assert fresh.stop() == 0
    assert "Traceback" not in fresh.log.read_text(encoding="utf-8")
