"""Pictures of the real page for the documentation: `python tests/screenshots.py docs`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from chat_page import chromium, running_chat
from playwright.sync_api import Page, expect

SIZES = {"wide": {"width": 1280, "height": 850}, "narrow": {"width": 390, "height": 844}}
QUESTIONS = {
    "zh": ("哪些镇的行政诉讼应诉率达到100%？", "各镇存在哪些不足？"),
    "en": (
        "Which towns reported 100% litigation appearance rates?",
        "What shortcomings does each town report?",
    ),
}
LOCALES = {"zh": "zh-CN", "en": "en-US"}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as temporary,
        running_chat(Path(temporary) / "data") as chat,
        chromium() as browser,
    ):
        for language, locale in LOCALES.items():
            for size, viewport in SIZES.items():
                for scheme in ("light", "dark"):
                    page = browser.new_page(locale=locale, viewport=viewport, color_scheme=scheme)
                    name = f"{language}-{size}" + ("-dark" if scheme == "dark" else "")
                    picture(page, chat.url, language, folder / f"chat-{name}")
                    page.close()


def picture(page: Page, url: str, language: str, stem: Path) -> None:
    """The opening page, an answer, its source, and an answer of many citations."""
    page.goto(url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#chat .welcome")).to_be_visible()
    page.screenshot(path=f"{stem}-0-start.png")
    first, second = QUESTIONS[language]
    ask(page, first)
    page.screenshot(path=f"{stem}-1-answer.png")
    page.locator(".chip").first.click()
    expect(page.locator("#source mark")).to_be_visible()
    page.wait_for_timeout(400)
    page.screenshot(path=f"{stem}-2-source.png")
    page.keyboard.press("Escape")
    expect(page.locator("#source mark")).to_have_count(0)
    ask(page, second)
    page.screenshot(path=f"{stem}-3-described.png")


def ask(page: Page, question: str) -> None:
    before = page.locator(".answer .footer").count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".answer .footer")).to_have_count(before + 1, timeout=60_000)
    page.wait_for_timeout(400)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
