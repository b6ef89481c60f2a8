"""Pictures of the real page for the documentation: `python tests/screenshots.py docs`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from chat_page import NARROW, WIDE, ask, chromium, running_chat, settled
from playwright.sync_api import Page, expect

SIZES = {"wide": WIDE, "narrow": NARROW}
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
                    picture_indicators(page, chat.url, folder / f"indicators-{name}")
                    reports(page, chat.url, folder / f"reports-{name}")
                    picture_evaluation(page, chat.url, folder / f"evaluation-{name}")
                    page.close()


def picture(page: Page, url: str, language: str, stem: Path) -> None:
    """The opening page, an answer, its source, its scope corrected, the shelf, a long answer."""
    page.goto(url)
    expect(page.locator("#chat .example").first).to_be_visible()
    page.screenshot(path=f"{stem}-0-start.png")
    first, second = QUESTIONS[language]
    ask(page, first)
    settled(page)
    page.screenshot(path=f"{stem}-1-answer.png")
    page.locator(".chip").first.click()
    expect(page.locator("#source mark")).to_be_visible()
    settled(page)
    page.screenshot(path=f"{stem}-2-source.png")
    page.keyboard.press("Escape")
    expect(page.locator("#source mark")).to_have_count(0)
    page.locator(".scope .part").first.click()
    expect(page.locator("#correct-send")).to_be_visible()
    page.locator("#correction [role=listbox]").wait_for()  # of its first field
    page.keyboard.press("Escape")
    page.locator("#correction [role=listbox]").wait_for(state="hidden")
    settled(page)
    page.screenshot(path=f"{stem}-3-correction.png")
    page.locator("#correct-close").click()
    page.locator("#shelf .toggle-button").click()
    page.locator("#talks summary").first.click()
    settled(page)
    page.screenshot(path=f"{stem}-4-shelf.png")
    page.locator("#shelf .toggle-button").click()
    ask(page, second)
    settled(page)
    page.screenshot(path=f"{stem}-5-described.png")


def reports(page: Page, url: str, stem: Path) -> None:
    """What is stored, how more is taken in, a report read as a whole, the question before removal."""
    page.goto(f"{url}reports")
    expect(page.locator("#content tbody tr").first).to_be_visible()
    page.screenshot(path=f"{stem}-0-list.png")
    page.locator("#taking-in summary").click()
    page.screenshot(path=f"{stem}-1-taking-in.png")
    page.locator("#taking-in summary").click()
    page.locator("#content .cell-place a").last.click()
    expect(page.locator("#report-title")).to_be_visible()
    page.screenshot(path=f"{stem}-2-report.png")
    page.locator(".outline a").last.click()
    page.wait_for_timeout(400)
    page.screenshot(path=f"{stem}-3-place.png")
    page.locator("#remove-this").click()
    page.wait_for_timeout(300)
    page.screenshot(path=f"{stem}-4-removing.png")
    page.keyboard.press("Escape")


def picture_indicators(page: Page, url: str, stem: Path) -> None:
    """The matrix, a figure's source, and a chart."""
    page.goto(f"{url}indicators?subject=mediation")
    expect(page.locator("#content table")).to_be_visible()
    page.screenshot(path=f"{stem}-0-matrix.png")
    page.locator("#content td a").first.click()
    expect(page.locator("#indicator-source mark")).to_be_visible()
    page.wait_for_timeout(400)
    page.screenshot(path=f"{stem}-1-source.png")
    page.goto(f"{url}indicators?indicator=纠纷调解数")
    expect(page.locator("#chart-title")).to_be_visible()
    page.screenshot(path=f"{stem}-2-chart.png")


def picture_evaluation(page: Page, url: str, stem: Path) -> None:
    """The runs, and one of them with a wrong answer; the first time a run is made."""
    page.goto(f"{url}evaluation")
    expect(page.locator("#start-go")).to_be_visible()
    if not page.locator("#content tbody tr").count():
        page.locator("#start-go").click()
        expect(page.locator("#going-open")).to_be_visible(timeout=300_000)
    expect(page.locator("#content tbody tr").first).to_be_visible()
    page.screenshot(path=f"{stem}-0-runs.png")
    page.locator("#content tbody a").first.click()
    expect(page.locator("#wrong")).to_be_visible()
    if page.locator(".wrong").count():
        page.locator(".wrong summary").first.click()
    page.locator("#wrong").scroll_into_view_if_needed()
    page.screenshot(path=f"{stem}-1-run.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
