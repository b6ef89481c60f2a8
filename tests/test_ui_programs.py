"""What programs reach: the HTTP API, and what strangers try on it."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from chat_page import Chat
from gradio_client import Client
from gradio_client.exceptions import AppError

from rag.stores import Stores, open_stores
from ui.operating.watch import Caller
from ui.programs import questions
from ui.programs.questions import BadRequest
from ui.shelf import Shelf

QUESTION = "哪些镇的行政诉讼应诉率达到100%？"
GUIDES = ("docs/programs.md", "docs/programs.zh-CN.md")


def event(chat: Chat, name: str, body: Any) -> tuple[str, Any]:
    """What a call of an endpoint comes to: "complete", "error" or "refused", and its content."""
    url = f"{chat.url}gradio_api/call/{name}"
    posted = httpx.post(url, json=body, timeout=60)
    if posted.status_code != 200:
        return "refused", posted.json()["error"]
    got = httpx.get(f"{url}/{posted.json()['event_id']}", timeout=60).text
    kind, data = re.findall(r"^event: (\w+)\ndata: (.*)$", got, re.MULTILINE)[-1]
    content = json.loads(data)
    return kind, content[0] if kind == "complete" else content["error"]


def held(data: Path) -> list[tuple[object, ...]]:
    """What a data folder holds: the files beside the stores, and what the database says."""
    names = sorted(path.name for path in data.iterdir() if not path.name.startswith("fazhi.db"))
    with open_stores(_settings(data)) as stores:
        cards = stores.database.cards(types=questions.ALL_TYPES, include_superseded=True)
        return [*((name,) for name in names), (stores.database.generation(), cards)]


def _settings(data: Path) -> Any:
    from rag.settings import read_settings

    return read_settings(data)


# --- the endpoints --------------------------------------------------------------------


@pytest.mark.slow
def test_the_api_names_the_four_endpoints_and_nothing_of_the_page(sample_chat: Chat) -> None:
    client = Client(sample_chat.url, verbose=False)
    told = client.view_api(return_format="dict")
    assert sorted(told["named_endpoints"]) == ["/ask", "/facts", "/reports", "/source"]
    assert told["unnamed_endpoints"] == {}


@pytest.mark.slow
def test_an_endpoint_answers_as_the_command_line_does(
    sample_chat: Chat, sample_stores: Stores
) -> None:
    client = Client(sample_chat.url, verbose=False)
    found = client.predict(QUESTION, ["罚款"], ["马武镇"], [2024], api_name="/ask")
    asked = questions.ask(
        QUESTION, ["罚款"], ["马武镇"], [2024], shelf=Shelf(sample_stores), caller=Caller("api")
    )
    for changing in ("id", "timings_ms"):
        assert found.pop(changing) != asked.pop(changing) or changing == "timings_ms"
    assert found == json.loads(json.dumps(asked))
    assert found["census"]["in_scope"] == 1


@pytest.mark.slow
def test_facts_and_reports_come_in_parts(sample_chat: Chat) -> None:
    client = Client(sample_chat.url, verbose=False)
    whole = client.predict(limit=1000, api_name="/facts")
    parts = [client.predict(limit=40, offset=start, api_name="/facts") for start in (0, 40, 80)]
    assert whole["total"] == len(whole["facts"]) > 80
    assert [fact for part in parts for fact in part["facts"]] == whole["facts"][:120]
    nowhere = client.predict(place=["没有这个镇"], api_name="/facts")
    assert (nowhere["total"], nowhere["reports"], nowhere["facts"]) == (0, 0, [])
    some = client.predict(limit=2, offset=4, api_name="/reports")
    assert (some["total"], len(some["reports"])) == (5, 1)


@pytest.mark.slow
def test_a_citation_leads_to_its_paragraph_and_the_ones_beside_it(sample_chat: Chat) -> None:
    client = Client(sample_chat.url, verbose=False)
    cited = client.predict(QUESTION, api_name="/ask")["citations"][0]
    source = client.predict(cited["report_id"], cited["paragraph"], api_name="/source")
    assert cited["quote"] in source["paragraph"]["text"]
    number = cited["paragraph"]
    beside = [source[side]["paragraph"] for side in ("previous", "next")]
    assert beside == [number - 1, number + 1]
    first = client.predict(cited["report_id"], 0, api_name="/source")
    assert first["previous"] is None


# --- strangers ------------------------------------------------------------------------

REFUSED: tuple[tuple[str, Any, str], ...] = (
    ("v2/ask", {"question": ""}, "question: give a question"),
    ("v2/ask", {"question": 5}, "question: give a question"),
    ("v2/ask", {"question": "问" * 5000}, "5000 characters are too many"),
    ("v2/ask", {"question": QUESTION, "history": ["x"] * 1000}, "the last 12 at most"),
    ("v2/ask", {"question": QUESTION, "history": ["问" * 501]}, "history: 501 characters"),
    ("v2/ask", {"question": QUESTION, "history": "x"}, "give a list"),
    ("v2/ask", {"question": QUESTION, "place": [{"a": 1}]}, "place: give it as text"),
    ("v2/ask", {"question": QUESTION, "place": ["x"] * 101}, "place: 101 are too many"),
    ("v2/ask", {"question": QUESTION, "year": ["2024"]}, "year: give a whole number"),
    ("v2/ask", {"question": QUESTION, "year": [10**30]}, "year: give a whole number"),
    ("v2/ask", {"question": QUESTION, "admin": True}, "ask has no parameter admin"),
    ("v2/ask", {}, "the call cannot be understood"),
    ("v2/ask", [], "has to be a JSON object"),
    ("v2/facts", {"limit": 10**6}, "limit: give a whole number, 1 to 1000"),
    ("v2/facts", {"limit": True}, "limit: give a whole number"),
    ("v2/facts", {"offset": -1}, "offset: give a whole number"),
    ("v2/source", {"report_id": "../../etc/passwd", "paragraph": 0}, "no stored report"),
    ("v2/source", {"report_id": "%2e%2e/fazhi.db", "paragraph": 0}, "no stored report"),
    ("v2/source", {"report_id": "a\x00b", "paragraph": 0}, "there is none with such a name"),
    ("v2/source", {"report_id": "x" * 10**5, "paragraph": 0}, "there is none with such a name"),
    ("v2/source", {"report_id": "' OR 1=1 --", "paragraph": 0}, "no stored report"),
    ("ask", {"data": []}, "a list of 4 values: question, history, place, year"),
    ("ask", {"data": [QUESTION] * 5}, "a list of 4 values"),
    ("ask", {"data": "x"}, "a list of 4 values"),
    ("remove", {"data": []}, "there is no such endpoint; there are ask, facts"),
    ("v2/remove", {}, "there is no such endpoint"),
    ("v2/ask/../remove", {}, "there is no such endpoint"),
)  # fmt: skip


@pytest.mark.slow
def test_calls_that_cannot_be_used_are_refused_with_a_reason_and_change_nothing(
    sample_chat: Chat,
) -> None:
    before = held(sample_chat.data)
    for name, body, reason in REFUSED:
        kind, message = event(sample_chat, name, body)
        assert kind in ("error", "refused"), (name, body)
        assert reason in message, (name, body)
        assert re.search(r"\(request [0-9a-f]{12}\)$", message), message
    assert held(sample_chat.data) == before


@pytest.mark.slow
def test_a_paragraph_that_a_report_does_not_have_is_refused(sample_chat: Chat) -> None:
    client = Client(sample_chat.url, verbose=False)
    report = client.predict(api_name="/reports")["reports"][0]
    with pytest.raises(AppError, match=rf"has no paragraph 999; it has {report['paragraphs']}"):
        client.predict(report["report_id"], 999, api_name="/source")


@pytest.mark.slow
def test_bodies_that_are_too_large_or_no_json_are_refused(sample_chat: Chat) -> None:
    for path in ("gradio_api/call/v2/ask", "gradio_api/queue/join", "mcp", "admin"):
        url = sample_chat.url + path
        large = b'{"question": "' + b"x" * (5 * 2**20) + b'"}'
        assert httpx.post(url, content=large, timeout=60).status_code == 413, path
        # Announced by nothing: it is counted while it comes.
        chunks = (b"x" * 2**20 for _ in range(6))
        assert httpx.post(url, content=chunks, timeout=60).status_code == 413, path
    refused = httpx.post(sample_chat.url + "gradio_api/call/v2/ask", content=b"{")
    assert (refused.status_code, refused.json()["error"][:20]) == (400, "the body is not JSON")
    deep = httpx.post(sample_chat.url + "gradio_api/call/v2/ask", content=b"[" * 10**6)
    assert deep.status_code == 400


@pytest.mark.slow
def test_what_gradio_offers_beside_is_not_served(sample_chat: Chat) -> None:
    base = sample_chat.url + "gradio_api/"
    files = {"files": ("x.txt", b"x")}
    assert httpx.post(base + "upload", files=files).status_code == 404
    for path in ("proxy=http://127.0.0.1/", "monitoring", "vibe-code", "run-history/records"):
        assert httpx.get(base + path).status_code == 404, path
    assert httpx.post(base + "run/ask", json={"data": [QUESTION] * 4}).status_code == 404
    assert httpx.post(base + "run/nothing", json={"data": []}).status_code == 400
    joined = httpx.post(
        base + "queue/join", json={"data": [], "fn_index": 9999, "session_hash": "x"}
    )
    assert joined.status_code == 400


@pytest.mark.slow
def test_handlers_of_the_page_called_with_anything_change_nothing(sample_chat: Chat) -> None:
    before = held(sample_chat.data)
    config = httpx.get(sample_chat.url + "config").json()
    forged = {
        "Authorization": "Bearer let me in",
        "Cookie": "fazhi-admin=forged",
        "X-Forwarded-User": "admin",
    }
    hidden = [found for found in config["dependencies"] if found["api_visibility"] == "private"]
    assert len(hidden) > 15
    for found in hidden:
        for value in (None, "../../etc/passwd", {"path": "/etc/passwd"}, ["x"] * 50, -1):
            body = {
                "fn_index": found["id"],
                "data": [value] * len(found["inputs"]),
                "event_data": {"link": "?do=delete&chat=x&answer=x", "step": "push"},
                "session_hash": "stranger",
            }
            called = httpx.post(
                sample_chat.url + "gradio_api/run/x", json=body, headers=forged, timeout=60
            )
            assert called.status_code in (200, 404, 500), called.text  # it was understood
    assert held(sample_chat.data) == before
    assert event(sample_chat, "v2/ask", {"question": QUESTION})[0] == "complete"


@pytest.mark.slow
def test_of_more_calls_than_can_wait_the_rest_are_told_so_and_the_server_goes_on(
    sample_chat: Chat,
) -> None:
    url = f"{sample_chat.url}gradio_api/call/v2/ask"

    def call(number: int) -> tuple[int, str]:
        joined = httpx.post(url, json={"question": f"{QUESTION}{number}"}, timeout=120)
        if joined.status_code != 200:
            return joined.status_code, joined.text
        got = httpx.get(f"{url}/{joined.json()['event_id']}", timeout=120)
        return got.status_code, got.text

    with ThreadPoolExecutor(60) as pool:
        outcomes = list(pool.map(call, range(120)))
    for status, text in outcomes:
        answered = status == 200 and "event: complete" in text
        assert answered or (status == 503 and "queue" in text.lower()), text[:200]
    assert httpx.get(f"{sample_chat.url}health", timeout=60).json()["status"] == "ok"


def test_arguments_are_checked_wherever_they_come_from(sample_stores: Stores) -> None:
    shelf = Shelf(sample_stores)
    for bad in ("", " ", None, 5, ["x"], "x" * 501):
        with pytest.raises(BadRequest, match="question"):
            questions.ask(bad, None, None, None, shelf=shelf, caller=Caller())  # type: ignore[arg-type]
    one = questions.facts("行政诉讼应诉率", "马武镇", 2024, 10, 0, shelf=shelf)
    assert [fact["value"] for fact in one["facts"]] == [100]
