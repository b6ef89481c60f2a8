"""What whoever runs the server relies on: ids, logs, health, settings."""

from __future__ import annotations

import io
import json
import logging
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from chat_page import Chat, free_port, running_chat
from lost_stores import LostStores

from rag.errors import BadSetting, StoreUnavailable
from rag.settings import Settings, read_settings
from rag.stores import Stores, open_stores
from ui.asks import Ask
from ui.handlers import converse
from ui.operating.health import health_of
from ui.operating.logs import JsonLines, TextLines, set_up_logs
from ui.operating.watch import Caller, Watch
from ui.shelf import Shelf
from ui.texts import texts_in

QUESTION = "哪些镇的行政诉讼应诉率达到100%？"
NOT_THERE = "哪些镇报告了火星移民人数？"


@contextmanager
def logged(form: logging.Formatter) -> Iterator[io.StringIO]:
    """What the program's log says meanwhile."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(form)
    log = logging.getLogger("fazhi")
    before = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield stream
    finally:
        log.removeHandler(handler)
        log.setLevel(before)


@pytest.fixture
def copied(sample_stores: Stores, tmp_path: Path) -> Path:
    """A copy of the data folder with the samples, for a server of the test's own."""
    return Path(shutil.copytree(sample_stores.settings.data, tmp_path / "data"))


# --- the log ----------------------------------------------------------------------------


def test_each_question_leaves_one_json_line_without_its_words(sample_stores: Stores) -> None:
    shelf = Shelf(sample_stores, Watch(lambda: Caller("page", "abc123")))
    with logged(JsonLines()) as stream:
        shelf.ask((Ask(QUESTION),))
        shelf.ask((Ask(NOT_THERE),), Caller("mcp", "def456"))
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert first["event"] == "answered"
    assert (first["request_id"], first["via"], first["match"]) == ("abc123", "page", 1)
    assert (second["request_id"], second["via"]) == ("def456", "mcp")
    assert second["status"] == "not_found"
    assert first["characters"] == len(QUESTION)
    assert "诉讼" not in stream.getvalue()


def test_the_log_holds_the_question_where_it_is_asked_to(sample_stores: Stores) -> None:
    odd = '罚款"\n2026 INFO answered request_id="forged"'
    with logged(TextLines()) as stream:
        Shelf(sample_stores, Watch(questions=True)).ask((Ask(odd),))
    (line,) = stream.getvalue().splitlines()
    assert f"question={json.dumps(odd, ensure_ascii=False)}" in line


def test_a_question_that_fails_is_in_the_log_with_its_reason(sample_stores: Stores) -> None:
    lost = LostStores(sample_stores)
    with logged(JsonLines()) as stream, pytest.raises(StoreUnavailable):
        Shelf(lost).ask((Ask(QUESTION),), Caller("api", "abc123"))  # type: ignore[arg-type]
    told = json.loads(stream.getvalue())
    assert (told["event"], told["level"], told["request_id"]) == ("failed", "error", "abc123")
    assert told["error"] == "StoreUnavailable: gone"
    assert "traceback" not in told  # what the user can mend is no bug


def test_a_failure_on_the_page_names_the_request_as_the_log_does(sample_stores: Stores) -> None:
    watch = Watch(lambda: Caller("page", "abc123"))
    lost = Shelf(LostStores(sample_stores), watch)  # type: ignore[arg-type]
    with logged(JsonLines()) as stream:
        *_, (shown,) = converse(Ask(QUESTION), (), shelf=lost, texts=texts_in("en"))
    assert "gone (request abc123)" in shown.html
    assert json.loads(stream.getvalue())["request_id"] == "abc123"


@pytest.mark.slow
def test_a_question_of_the_page_has_the_id_of_its_request_in_the_log(sample_chat: Chat) -> None:
    """As the page's script asks: it joins the queue with a handler's number and its state."""
    config = httpx.get(f"{sample_chat.url}config").json()
    submits = [
        found
        for found in config["dependencies"]
        if any(event == "submit" for _, event in found["targets"]) and found["inputs"]
    ]
    body = {
        "fn_index": submits[0]["id"],
        "data": [QUESTION, [], [], [], [], None, "zh", [], None][: len(submits[0]["inputs"])],
        "session_hash": "reader",
    }
    given = {"X-Request-ID": f"page-{uuid.uuid4().hex}"}
    joined = httpx.post(f"{sample_chat.url}gradio_api/queue/join", json=body, headers=given)
    assert joined.headers["x-request-id"] == given["X-Request-ID"]
    stream = f"{sample_chat.url}gradio_api/queue/data?session_hash=reader"
    assert '"success":true' in httpx.get(stream, timeout=60).text
    line = f'"request_id": "{given["X-Request-ID"]}", "via": "page"'
    assert line in sample_chat.log.read_text("utf-8")


def test_setting_up_the_log_sends_every_part_to_one_handler() -> None:
    root = logging.getLogger()
    before, level = root.handlers, root.level
    own = logging.getLogger("rag.write")
    own.addHandler(logging.StreamHandler())
    try:
        set_up_logs("json")
        assert [type(handler.formatter) for handler in root.handlers] == [JsonLines]
        assert own.handlers == []
        assert logging.getLogger("fazhi").isEnabledFor(logging.INFO)
        assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    finally:
        root.handlers = before
        root.setLevel(level)


@pytest.mark.slow
def test_the_id_of_a_request_is_in_its_response_its_answer_and_the_log(sample_chat: Chat) -> None:
    url = f"{sample_chat.url}gradio_api/call/v2/ask"
    given = {"X-Request-ID": "from-the-proxy.1"}
    joined = httpx.post(url, json={"question": QUESTION}, headers=given)
    assert joined.headers["x-request-id"] == "from-the-proxy.1"
    got = httpx.get(f"{url}/{joined.json()['event_id']}", timeout=60).text
    assert '"id": "from-the-proxy.1"' in got
    lines = [
        json.loads(line)
        for line in sample_chat.log.read_text(encoding="utf-8").splitlines()
        if line.startswith("{")
    ]
    (line,) = (found for found in lines if found.get("request_id") == "from-the-proxy.1")
    assert (line["event"], line["via"], line["status"]) == ("answered", "api", "answered")


@pytest.mark.slow
@pytest.mark.parametrize("odd", ["x", "a b c d e f g", "../../../etc", "x" * 65, "<script>alert"])
def test_an_id_that_is_not_well_formed_is_replaced(odd: str, sample_chat: Chat) -> None:
    answered = httpx.get(f"{sample_chat.url}health", headers={"X-Request-ID": odd})
    assert re.fullmatch("[0-9a-f]{12}", answered.headers["x-request-id"])


# --- health -----------------------------------------------------------------------------


@pytest.mark.slow
def test_health_says_what_is_stored_and_on_what_it_runs(sample_chat: Chat) -> None:
    answered = httpx.get(f"{sample_chat.url}health", timeout=60)
    health = answered.json()
    assert answered.status_code == 200
    assert health["status"] == "ok"
    assert health["stores"] == {"database": "ok", "word index": "ok", "vector index": "ok"}
    assert (health["reports"], health["ingesting"]) == (5, False)
    assert health["facts"] > 80 < health["paragraphs"] + 1
    assert re.match(r"\d+\.\d+", health["versions"]["gradio"])


@pytest.mark.slow
def test_health_tells_strangers_neither_versions_nor_reasons(sample_chat: Chat) -> None:
    for header in ({"X-Forwarded-For": "1.2.3.4"}, {"Host": "fazhi.example"}):
        health = httpx.get(f"{sample_chat.url}health", headers=header, timeout=60).json()
        assert (health["status"], "versions" in health) == ("ok", False)


def test_health_names_the_store_that_cannot_be_used(sample_stores: Stores) -> None:
    port = free_port()
    gone: Settings = sample_stores.settings.model_copy(
        update={"chroma": f"http://127.0.0.1:{port}"}
    )
    with open_stores(gone) as stores:
        health = health_of(stores)
    assert not health.ok
    told = health.record(detailed=True)
    assert told["status"] == "failing"
    assert str(port) in told["stores"]["vector index"]
    assert told["stores"]["database"] == "ok"
    hidden = health.record(detailed=False)
    assert hidden["stores"]["vector index"] == "the vector index cannot be used"


@pytest.mark.slow
def test_a_server_whose_vector_server_is_gone_answers_503(copied: Path) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    with running_chat(copied, FAZHI_CHROMA=nowhere) as chat:
        answered = httpx.get(f"{chat.url}health", timeout=60)
        assert (answered.status_code, answered.json()["status"]) == (503, "failing")
        assert nowhere in answered.json()["stores"]["vector index"]
        chat.stop()


@pytest.mark.parametrize(
    ("name", "value"),
    [("METRICS", "everywhere"), ("METRICS", "a b:1"), ("ROOT_PATH", "fazhi"), ("ROOT_PATH", "/a/"),
     ("LOG", "xml"), ("MCP", "perhaps")],
)  # fmt: skip
def test_settings_that_cannot_be_used_are_told(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"FAZHI_{name}", value)
    with pytest.raises(BadSetting, match=f"FAZHI_{name}"):
        read_settings()
