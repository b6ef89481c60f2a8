"""The real chat in a process of its own, and a browser to look at it with."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
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
PATIENCE = 180  # seconds until the chat is usable; the first start unpacks the encoder


@dataclass(frozen=True)
class Chat:
    url: str
    process: subprocess.Popen[str]
    log: Path  # what it wrote to stderr

    def stop(self) -> int:
        """Ask it to stop; gives its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


@contextmanager
def running_chat(data: Path) -> Iterator[Chat]:
    """`fazhi chat` over a data folder, from when it says that it is usable."""
    log = data.parent / f"{data.name}.log"
    command = [*FAZHI, "chat", "--port", "0", "--no-browser"]
    root = Path(__file__).parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONUNBUFFERED": "1"}
    with log.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            [*command, "--data", str(data)],
            cwd=root,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            text=True,
        )
    try:
        yield Chat(_wait_for(process, log), process, log)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(timeout=30)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


def _wait_for(process: subprocess.Popen[str], log: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if found := READY.search(log.read_text(encoding="utf-8")):
            return found.group()
        time.sleep(0.1)
    raise RuntimeError(f"the chat did not start:\n{log.read_text(encoding='utf-8')}")
