"""What a server counts, and who may read it."""

from __future__ import annotations

import logging
import re
import socket
import time

import httpx
import pytest
from chat_page import PASSWORD, Chat
from lost_stores import LostStores

from rag.errors import BadSetting, StoreUnavailable
from rag.stores import Stores
from ui.asks import Ask
from ui.operating.metrics import Metrics
from ui.operating.watch import Caller, Watch
from ui.shelf import Shelf

QUESTION = "哪些镇的行政诉讼应诉率达到100%？"
NOT_THERE = "哪些镇报告了火星移民人数？"


def value_of(page: str, name: str) -> float:
    """The figure of a line that begins with this."""
    (found,) = re.findall(rf"^{re.escape(name)} (\S+)$", page, re.MULTILINE)
    return float(found)


def test_metrics_count_questions_states_failures_and_dropped_claims(sample_stores: Stores) -> None:
    metrics = Metrics(sample_stores)
    try:
        shelf = Shelf(sample_stores, Watch(counts=metrics))
        shelf.ask((Ask(QUESTION),))
        shelf.ask((Ask(NOT_THERE),), Caller("api", "x"))
        with pytest.raises(StoreUnavailable):
            lost = Shelf(LostStores(sample_stores), shelf.watch)  # type: ignore[arg-type]
            lost.ask((Ask(QUESTION),))
        logging.getLogger("rag.verify.answer").warning("dropped", extra={"dropped": 2})
        page = metrics.page().decode()
    finally:
        metrics.close()
    line = 'fazhi_questions_total{kind="census",language="zh",status="%s",via="%s",writer="rules"}'
    assert value_of(page, line % ("answered", "page")) == 1
    assert re.search(r'fazhi_questions_total\{.*status="not_found",via="api".*\} 1\.0', page)
    assert value_of(page, 'fazhi_findings_total{state="match"}') == 1
    assert value_of(page, 'fazhi_failures_total{error="StoreUnavailable",via="page"}') == 1
    assert value_of(page, 'fazhi_answer_seconds_count{writer="rules"}') == 2
    assert value_of(page, "fazhi_dropped_claims_total") == 2
    assert value_of(page, "fazhi_database_up") == 1
    assert value_of(page, 'fazhi_stored{what="reports"}') == 5
    assert value_of(page, 'fazhi_files{verdict="added"}') == 5
    assert value_of(page, 'fazhi_ingest_runs{state="finished"}') >= 1
    last = value_of(page, "fazhi_last_ingest_timestamp_seconds")
    assert time.time() - 86400 < last <= time.time()


def test_a_closed_count_counts_no_more(sample_stores: Stores) -> None:
    metrics = Metrics(sample_stores)
    metrics.close()
    logging.getLogger("rag.write.writer").warning("dropped", extra={"dropped": 2})
    assert value_of(metrics.page().decode(), "fazhi_dropped_claims_total") == 0


@pytest.mark.slow
def test_metrics_on_the_page_are_for_administrators(sample_chat: Chat) -> None:
    url = f"{sample_chat.url}metrics"
    assert "fazhi_stored" in httpx.get(url, timeout=60).text
    for header in (
        {"X-Forwarded-For": "1.2.3.4"},
        {"Host": "fazhi.example"},
        {"Origin": "https://evil.example"},
        {"X-Real-IP": "127.0.0.1", "Authorization": "Bearer guessed"},
    ):
        refused = httpx.get(url, headers=header)
        assert refused.status_code == 403, header
        assert "administrators" in refused.text


@pytest.mark.slow
def test_with_a_password_metrics_take_it_and_a_port_of_their_own_needs_none(
    guarded_chat: Chat, metrics_port: int
) -> None:
    url = f"{guarded_chat.url}metrics"
    assert httpx.get(url).status_code == 403
    assert httpx.get(url, headers={"Authorization": "Bearer wrong"}).status_code == 403
    bearer = {"Authorization": f"Bearer {PASSWORD}"}
    assert "fazhi_stored" in httpx.get(url, headers=bearer, timeout=60).text
    health = f"{guarded_chat.url}health"
    assert "versions" not in httpx.get(health, timeout=60).json()
    assert "versions" in httpx.get(health, headers=bearer, timeout=60).json()
    beside = httpx.get(f"http://127.0.0.1:{metrics_port}/metrics", timeout=60)
    assert "fazhi_stored" in beside.text


def test_a_port_of_metrics_that_is_taken_is_told(sample_stores: Stores) -> None:
    metrics = Metrics(sample_stores)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BadSetting, match="FAZHI_METRICS"):
            metrics.serve(f"127.0.0.1:{taken.getsockname()[1]}")
    metrics.close()
