"""The real chat in a process of its own, and a browser to look at it with."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = Path("/usr/bin/chromium")
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}"),
]
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# The installed console script would do the same; the tests also run without installing.
FAZHI = (sys.executable, "-c", "from ui.cli import main; main()")
READY = re.compile(r"http://127\.0\.0\.1:\d+/")
PASSWORD = "open, sesame"  # of the guarded chat
PATIENCE = 180  # seconds until the chat is usable; the first start unpacks the encoder
WIDE = {"width": 1280, "height": 850}
NARROW = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Chat:
    url: str
    process: subprocess.Popen[str]
    log: Path  # what it wrote to stderr
    data: Path
    announced: float  # time.monotonic() of its saying that it is usable

    def stop(self) -> int:
        """Ask it to stop; gives its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


@contextmanager
def running_chat(data: Path, **environment: str) -> Iterator[Chat]:
    """`fazhi chat` over a data folder, from when it says that it is usable."""
    log = data.parent / f"{data.name}.log"
    command = [*FAZHI, "chat", "--port", "0", "--no-browser"]
    with log.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            [*command, "--data", str(data)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **environment},
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            text=True,
        )
    try:
        url = _wait_for(process, log)
        yield Chat(url, process, log, data, time.monotonic())
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(timeout=30)


def copied(data: Path, folder: Path) -> Path:
    """A data folder of one's own, from one that nobody writes to."""
    return Path(shutil.copytree(data, folder / "data"))


def ingest(*paths: Path, data: Path) -> None:
    """Take reports into a data folder with the command line."""
    subprocess.run(
        [*FAZHI, "ingest", *map(str, paths), "--data", str(data)],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        timeout=300,
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    expect.set_options(timeout=20_000)  # a machine that is busy otherwise is slow, not wrong
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def sound_page(browser: Browser, requests: list[str], **options: Any) -> Iterator[Page]:
    """A page of a visitor of their own that may raise no script error and no dialogue.

    `requests` gets every address that the page asks for.
    """
    context = browser.new_context(**{"locale": "zh-CN", "viewport": WIDE, **options})
    context.on("request", lambda sent: requests.append(sent.url))
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("dialog", lambda dialog: (problems.append(dialog.message), dialog.dismiss()))
    yield opened
    context.close()
    assert problems == []


def ask(page: Page, question: str) -> None:
    """Type a question and wait for its whole answer."""
    before = page.locator(".answer .footer").count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    # The first open question of a server loads the encoder.
    expect(page.locator(".answer .footer")).to_have_count(before + 1, timeout=60_000)


def settled(page: Page) -> None:
    """Wait until nothing on the page moves any more."""
    moving = "Promise.allSettled(document.getAnimations().map((moving) => moving.finished))"
    page.evaluate(f"{moving}.then(() => null)")


def widths(page: Page) -> tuple[int, int]:
    """How wide the page is laid out, and how wide its window is."""
    found = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return found[0], found[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(process: subprocess.Popen[str], log: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if found := READY.search(log.read_text(encoding="utf-8")):
            return found.group()
        time.sleep(0.05)
    raise RuntimeError(f"the chat did not start:\n{log.read_text(encoding='utf-8')}")
