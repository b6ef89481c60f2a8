"""The MCP server, asked over streamable HTTP with the official client."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from chat_page import Chat
from mcp import Client
from mcp_types import CallToolResult

from ui.programs.mcp_server import _shortened

pytestmark = pytest.mark.slow
QUESTION = "哪些镇的行政诉讼应诉率达到100%？"
TOOLS = {"ask", "facts", "reports", "source"}
HEADERS = {"Accept": "application/json, text/event-stream"}
CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}


def asking(chat: Chat, ask: Callable[[Client], Awaitable[Any]], mode: str = "auto") -> Any:
    """What `ask` gives with a client of the chat's server."""

    async def asked() -> Any:
        async with Client(f"{chat.url}mcp", mode=mode) as client:
            return await ask(client)

    return asyncio.run(asked())


def called(chat: Chat, tool: str, **arguments: Any) -> CallToolResult:
    result = asking(chat, lambda client: client.call_tool(tool, arguments))
    assert isinstance(result, CallToolResult)
    return result


def content(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, result.content
    assert isinstance(result.structured_content, dict)
    return result.structured_content


def refusal(result: CallToolResult) -> str:
    assert result.is_error
    return str(result.content[0].text)  # type: ignore[union-attr]


def test_each_tool_says_what_it_does_what_it_takes_and_that_it_only_reads(
    sample_chat: Chat,
) -> None:
    tools = asking(sample_chat, lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert len(tool.description) > 100
        assert tool.annotations.read_only_hint is True
        assert tool.annotations.destructive_hint is False
        assert tool.output_schema["type"] == "object"
    (ask,) = (tool for tool in tools if tool.name == "ask")
    assert ask.input_schema["required"] == ["question"]
    properties = ask.input_schema["properties"]
    assert properties["question"]["maxLength"] == 500
    assert properties["year"]["items"] == {"type": "integer"}
    assert all(properties[name]["description"] for name in ("question", "history", "place", "year"))


def test_the_server_says_who_it_is_and_how_it_is_meant(sample_chat: Chat) -> None:
    async def said(client: Client) -> tuple[Any, str | None]:
        return client.server_info, client.instructions

    info, instructions = asking(sample_chat, said)
    assert (info.name, info.title) == ("fazhi", "法治问答")
    assert "only read" in instructions


def test_clients_of_the_older_protocol_are_answered_too(sample_chat: Chat) -> None:
    def ask(client: Client) -> Awaitable[CallToolResult]:
        return client.call_tool("ask", {"question": QUESTION})

    found = content(asking(sample_chat, ask, mode="legacy"))
    assert found["census"]["match"] == 1


def test_no_stream_can_be_held_open(sample_chat: Chat) -> None:
    accepted = {"Accept": "text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
    for method in ("GET", "DELETE", "PUT"):
        refused = httpx.request(method, f"{sample_chat.url}mcp", headers=accepted, timeout=10)
        assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


def test_a_question_is_answered_with_its_citations(sample_chat: Chat) -> None:
    found = content(called(sample_chat, "ask", question=QUESTION))
    assert found["census"]["match"] == 1
    assert found["citations"][0]["quote"] == "行政诉讼应诉率100%"
    assert re.fullmatch("[0-9a-f]{12}", found["id"])
    cited = found["citations"][0]
    read = content(
        called(sample_chat, "source", report_id=cited["report_id"], paragraph=cited["paragraph"])
    )
    assert cited["quote"] in read["paragraph"]["text"]


def test_a_follow_up_leans_on_its_history(sample_chat: Chat) -> None:
    found = content(called(sample_chat, "ask", question="2023年的呢？", history=[QUESTION]))
    assert found["plan"]["years"] == [2023]
    assert found["plan"]["indicators"] == ["行政诉讼应诉率"]


def test_findings_are_cut_after_those_that_match(sample_chat: Chat) -> None:
    found = content(called(sample_chat, "ask", question=QUESTION, most_findings=1))
    assert [finding["state"] for finding in found["findings"]] == ["match"]
    assert found["findings_left_out"] == 4
    assert found["census"]["in_scope"] == 5
    assert _shortened(found, 0)["findings"] == []


def test_facts_and_reports_come_in_parts(sample_chat: Chat) -> None:
    facts = content(called(sample_chat, "facts", indicator=["行政诉讼应诉率"], place=["马武镇"]))
    assert [fact["value"] for fact in facts["facts"]] == [100]
    reports = content(called(sample_chat, "reports", limit=2, offset=4))
    assert (reports["total"], len(reports["reports"])) == (5, 1)


@pytest.mark.parametrize(
    ("tool", "arguments", "reason"),
    [
        ("ask", {"question": "问" * 501}, "at most 500 characters"),
        ("ask", {"question": " "}, "give a question as text"),
        ("ask", {"question": QUESTION, "history": ["x"] * 1000}, "at most 12 items"),
        ("ask", {"question": QUESTION, "year": ["all"]}, "valid integer"),
        ("ask", {"question": QUESTION, "year": [0]}, "year: give a whole number"),
        ("facts", {"limit": 10**6}, "less than or equal to 1000"),
        ("source", {"report_id": "../../etc/passwd", "paragraph": 0}, "no stored report"),
        ("source", {"report_id": "x" * 10**5, "paragraph": 0}, "at most 200 characters"),
        ("source", {"report_id": "x"}, "Field required"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_reason(
    sample_chat: Chat, tool: str, arguments: dict[str, Any], reason: str
) -> None:
    assert reason in refusal(called(sample_chat, tool, **arguments))


def test_a_tool_that_does_not_exist_is_refused(sample_chat: Chat) -> None:
    assert "remove" in refusal(called(sample_chat, "remove", report_id="x"))


def test_pages_of_other_sites_may_not_ask(sample_chat: Chat) -> None:
    url = f"{sample_chat.url}mcp"
    for origin in ("https://evil.example", "null", "http://127.0.0.1.evil.example"):
        refused = httpx.post(url, json=CALL, headers=HEADERS | {"Origin": origin})
        assert refused.status_code == 403, origin
    assert httpx.post(url, json=CALL, headers=HEADERS).status_code == 200
    own = HEADERS | {"Origin": sample_chat.url.rstrip("/")}
    assert httpx.post(url, json=CALL, headers=own).status_code == 200


def test_bodies_that_are_no_call_are_refused(sample_chat: Chat) -> None:
    url = f"{sample_chat.url}mcp"
    for body in (b"", b"{", b"[]", b'{"jsonrpc": "2.0"}', b"[" * 10**5):
        refused = httpx.post(
            url, content=body, headers=HEADERS | {"Content-Type": "application/json"}
        )
        assert refused.status_code == 400, body[:20]


def test_it_can_be_switched_off(guarded_chat: Chat) -> None:
    refused = httpx.post(f"{guarded_chat.url}mcp", json=CALL, headers=HEADERS)
    assert refused.status_code in (404, 405)
