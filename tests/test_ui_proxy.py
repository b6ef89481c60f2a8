"""Behind a reverse proxy with a path of its own and a password: page, downloads, API, MCP."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from chat_page import CHROMIUM, Chat, ask, chromium, running_chat, sound_page
from gradio_client import Client
from mcp import Client as McpClient
from mcp.client.streamable_http import streamable_http_client
from playwright.sync_api import expect
from reverse_proxy import CREDENTIALS, proxied

from rag.stores import Stores

pytestmark = pytest.mark.slow
PREFIX = "/law/fazhi"
QUESTION = "哪些镇的行政诉讼应诉率达到100%？"


@pytest.fixture(scope="module")
def hidden(
    sample_stores: Stores, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Chat, str]]:
    """The chat behind a proxy, and the address of the proxy."""
    data = tmp_path_factory.mktemp("hidden") / "data"
    shutil.copytree(sample_stores.settings.data, data)
    with (
        running_chat(Path(data), FAZHI_ROOT_PATH=PREFIX) as chat,
        proxied(chat.url, PREFIX) as url,
    ):
        yield chat, url


def test_without_the_password_nothing_is_reached(hidden: tuple[Chat, str]) -> None:
    _, url = hidden
    for path in ("", "health", "gradio_api/info", "mcp", "download/original?report=x"):
        assert httpx.get(url + path).status_code == 401
        assert httpx.get(url + path, auth=("reader", "wrong")).status_code == 401


@pytest.mark.browser
@pytest.mark.flaky(reruns=2)
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}")
def test_the_page_answers_and_opens_sources_under_the_path(hidden: tuple[Chat, str]) -> None:
    _, url = hidden
    requests: list[str] = []
    given = {"username": CREDENTIALS[0], "password": CREDENTIALS[1]}
    with chromium() as browser, sound_page(browser, requests, http_credentials=given) as page:
        page.goto(url)
        expect(page.locator("#question textarea")).to_be_visible()
        ask(page, QUESTION)
        expect(page.locator(".answer").last).to_contain_text("马武镇")
        page.locator(".answer a.mark, .answer a[href*='report=']").first.click()
        expect(page.locator("#source mark").first).to_contain_text("应诉率100%")
        with page.expect_download() as downloading:
            page.locator("#source a[download]").click()
        assert downloading.value.suggested_filename == "mawu-2024.txt"
    asked = {urlsplit(sent) for sent in requests if sent.startswith("http")}
    assert {sent.netloc for sent in asked} == {urlsplit(url).netloc}
    assert [sent.path for sent in asked if not sent.path.startswith(PREFIX + "/")] == []


def test_programs_ask_through_the_proxy(hidden: tuple[Chat, str]) -> None:
    _, url = hidden
    client = Client(url, verbose=False, auth=None, httpx_kwargs={"auth": CREDENTIALS})
    assert client.predict(QUESTION, api_name="/ask")["census"]["match"] == 1


def test_models_ask_through_the_proxy(hidden: tuple[Chat, str]) -> None:
    _, url = hidden

    async def asked() -> Any:
        import httpx2

        async with httpx2.AsyncClient(auth=CREDENTIALS) as http:
            transport = streamable_http_client(url + "mcp", http_client=http)
            async with McpClient(transport) as client:
                return await client.call_tool("ask", {"question": QUESTION})

    assert asyncio.run(asked()).structured_content["census"]["match"] == 1


def test_who_comes_through_the_proxy_is_no_administrator(hidden: tuple[Chat, str]) -> None:
    chat, url = hidden
    auth = CREDENTIALS
    assert httpx.get(url + "metrics", auth=auth).status_code == 403
    assert "versions" not in httpx.get(url + "health", auth=auth, timeout=60).json()
    assert "versions" in httpx.get(chat.url + "health", timeout=60).json()


def test_an_answer_comes_in_pieces_not_at_the_end(hidden: tuple[Chat, str]) -> None:
    _, url = hidden
    call = f"{url}gradio_api/call/v2/ask"
    joined = httpx.post(call, json={"question": QUESTION}, auth=CREDENTIALS)
    assert joined.headers["x-request-id"]
    with httpx.stream(
        "GET", f"{call}/{joined.json()['event_id']}", auth=CREDENTIALS, timeout=60
    ) as got:
        assert got.headers["content-type"].startswith("text/event-stream")
        assert "event: complete" in "".join(got.iter_text())
