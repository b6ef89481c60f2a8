"""The same questions for language models, by the Model Context Protocol.

Not the server that Gradio brings: that one needs an older protocol package and an older
pydantic, tells clients neither types nor that its tools only read, and calls itself over
HTTP for each answer. This file alone imports mcp, the official SDK.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any
from urllib.parse import urlsplit

from anyio import CapacityLimiter, to_thread
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from rag.errors import FazhiError
from rag.models import STATES
from ui.access import is_loopback
from ui.operating.requests import LONGEST_BODY, REQUEST_ID
from ui.operating.versions import version_of
from ui.operating.watch import Caller
from ui.programs import questions
from ui.programs.described import (
    ASK,
    FACTS,
    HISTORY,
    INDICATOR,
    INSTRUCTIONS,
    MOST_FINDINGS,
    PLACE,
    QUESTION,
    REPORTS,
    SOURCE,
    YEAR,
)
from ui.records import Record
from ui.shelf import Shelf

AT_ONCE = 4  # tools that run at a time; more only contend for the cores
READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
Question = Annotated[str, Field(description=QUESTION, max_length=questions.LONGEST_QUESTION)]
History = Annotated[
    list[str], Field(description=HISTORY, max_length=questions.MOST_HISTORY, default_factory=list)
]
Places = Annotated[list[str], Field(description=PLACE, default_factory=list)]
Years = Annotated[list[int], Field(description=YEAR, default_factory=list)]
Indicators = Annotated[list[str], Field(description=INDICATOR, default_factory=list)]
Limit = Annotated[int, Field(ge=1, le=questions.MOST_AT_ONCE)]
Offset = Annotated[int, Field(ge=0)]


class ProgramsByMcp:
    """An ASGI application that answers at one address, with the server behind it.

    It keeps no sessions: each request stands for itself, so nothing is lost by a restart.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._server = _server(shelf)
        self._server.streamable_http_app(
            json_response=True, stateless_http=True, max_request_body_size=LONGEST_BODY
        )
        self._manager = self._server.session_manager
        self._manager.security_settings = None  # what it checks, __call__ does

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """While this is entered it answers; once only."""
        async with self._manager.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":  # there is nothing to say unasked: no stream to hold open
            refusal = PlainTextResponse(
                "this address is for programs that speak the Model Context Protocol; they POST\n",
                405,
                {"Allow": "POST"},
            )
            await refusal(scope, receive, send)
            return
        origin = Headers(scope=scope).get("origin")
        # Programs send none. A page of another site would, also where it has bent its own
        # name to this machine's address.
        if origin and not is_loopback(urlsplit(origin).hostname or ""):
            refusal = PlainTextResponse("pages of other sites may not ask here\n", status_code=403)
            await refusal(scope, receive, send)
            return
        await self._manager.handle_request(scope, receive, send)


def _server(shelf: Shelf) -> MCPServer[Any]:
    server: MCPServer[Any] = MCPServer(
        "fazhi", title="法治问答", instructions=INSTRUCTIONS, version=version_of("fazhi"),
        log_level="WARNING", subscriptions=False,
    )  # fmt: skip
    tools = Tools(shelf)
    for tool, title, description in (
        (tools.ask, "提问 Ask", ASK),
        (tools.facts, "数字 Facts", FACTS),
        (tools.reports, "报告 Reports", REPORTS),
        (tools.source, "原文 Source", SOURCE),
    ):
        server.add_tool(tool, title=title, description=description, annotations=READS)
    return server


class Tools:
    """What programs may call; the names and parameters of the methods are those of the tools."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._limiter = CapacityLimiter(AT_ONCE)

    async def ask(
        self,
        question: Question,
        history: History,
        place: Places,
        year: Years,
        context: Context[Any, Any],
        most_findings: Annotated[int, Field(description=MOST_FINDINGS, ge=0, le=1000)] = 50,
    ) -> dict[str, Any]:
        def answered(caller: Caller) -> Record:
            found = questions.ask(question, history, place, year, shelf=self._shelf, caller=caller)
            return _shortened(found, most_findings)

        return await self._made(context, answered)

    async def facts(
        self,
        indicator: Indicators,
        place: Places,
        year: Years,
        context: Context[Any, Any],
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> dict[str, Any]:
        def listed(_: Caller) -> Record:
            return questions.facts(indicator, place, year, limit, offset, shelf=self._shelf)

        return await self._made(context, listed)

    async def reports(
        self,
        place: Places,
        year: Years,
        context: Context[Any, Any],
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> dict[str, Any]:
        def listed(_: Caller) -> Record:
            return questions.reports(place, year, limit, offset, shelf=self._shelf)

        return await self._made(context, listed)

    async def source(
        self,
        report_id: Annotated[str, Field(max_length=questions.LONGEST_NAME)],
        paragraph: Annotated[int, Field(ge=0)],
        context: Context[Any, Any],
    ) -> dict[str, Any]:
        def read(_: Caller) -> Record:
            return questions.source(report_id, paragraph, shelf=self._shelf)

        return await self._made(context, read)

    async def _made(
        self, context: Context[Any, Any], make: Callable[[Caller], Record]
    ) -> dict[str, Any]:
        """What the function makes in a thread; raises ToolError where it raises FazhiError."""
        name = (context.headers or {}).get(REQUEST_ID, "")
        try:
            return await to_thread.run_sync(make, Caller("mcp", name), limiter=self._limiter)
        except FazhiError as error:
            raise ToolError(f"{error} (request {name})") from error


def _shortened(answer: Record, most: int) -> Record:
    """An answer with so many findings at most, those that match first; it says how many lack."""
    ordered = sorted(answer["findings"], key=lambda finding: STATES.index(finding["state"]))
    left_out = max(0, len(ordered) - most)
    return answer | {"findings": ordered[:most], "findings_left_out": left_out}
