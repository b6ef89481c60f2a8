"""What the server has beside the page: health, metrics, MCP, and what stands before them all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from ui.access import Access
from ui.app.endpoints import ENDPOINTS
from ui.app.gate import Gate
from ui.operating.health import health_of
from ui.operating.metrics import TYPE, Metrics
from ui.operating.requests import Requests
from ui.shelf import Shelf

NO_STORE = {"Cache-Control": "no-store"}
Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]


class Served(Protocol):
    """An ASGI application that answers while `running()` is entered."""

    def running(self) -> AbstractAsyncContextManager[None]: ...

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...


@dataclass(frozen=True)
class Operating:
    """What of the server is for programs and for whoever runs it."""

    shelf: Shelf
    access: Access
    metrics: Metrics | None = None
    mcp: Served | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "mcp", _mcp_of(self.shelf))

    def routes(self) -> list[BaseRoute]:
        """/health, /metrics and /mcp."""
        found: list[BaseRoute] = [Route("/health", self._health, methods=["GET"])]
        if self.metrics:
            found.append(Route("/metrics", self._metrics, methods=["GET"]))
        if self.mcp:
            found += [Route(path, self.mcp) for path in ("/mcp", "/mcp/")]
        return found

    def middleware(self, uploads: tuple[str, ...] = ()) -> list[Middleware]:
        """What every request passes; `uploads` are paths whose bodies have bounds of their own."""
        return [Middleware(Requests, uploads=uploads), Middleware(Gate, endpoints=ENDPOINTS)]

    @asynccontextmanager
    async def lifespan(self, app: object) -> AsyncIterator[None]:
        """While the server runs."""
        del app
        if self.mcp is None:
            yield
            return
        async with self.mcp.running():
            yield

    def _health(self, request: Request) -> Response:
        health = health_of(self.shelf.stores)
        record = health.record(detailed=self.access.allows(request))
        return JSONResponse(record, 200 if health.ok else 503, NO_STORE)

    def _metrics(self, request: Request) -> Response:
        if self.metrics is None or not self.access.allows(request):
            return PlainTextResponse(
                "metrics are for administrators: Authorization: Bearer with the password of "
                "FAZHI_ADMIN_PASSWORD, or FAZHI_METRICS for a port of their own\n",
                403,
            )
        return Response(self.metrics.page(), headers=NO_STORE, media_type=TYPE)


def _mcp_of(shelf: Shelf) -> Served | None:
    """The MCP server; None where it is switched off or the package mcp is not installed."""
    if not shelf.stores.settings.mcp:
        return None
    try:
        from ui.programs.mcp_server import ProgramsByMcp  # noqa: PLC0415  0.3 s, and optional
    except ModuleNotFoundError as missing:
        if missing.name not in ("mcp", "mcp_types"):
            raise
        return None
    return ProgramsByMcp(shelf)
