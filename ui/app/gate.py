"""What stands before Gradio: which of its addresses are served, and what a call has to look like."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence

from gradio.route_utils import FnIndexInferError
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.operating.requests import REQUEST_ID, replaying

API = "/gradio_api/"
# Gradio's addresses that no page of ours uses. Some keep or fetch what a stranger names.
CLOSED = tuple(
    API + name
    for name in (
        "api/", "component_server", "deep_link", "dev/", "monitoring", "process_recording",
        "profiling", "proxy=", "run-history", "runs", "stream/", "undo-vibe-edit", "upload",
        "vibe-",
    )
)  # fmt: skip
log = logging.getLogger("fazhi")


class Refused(Exception):
    """A request that nothing can be made of, with the status to answer with."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Gate:
    """ASGI middleware that refuses calls with a reason, where Gradio would fail without one.

    Args:
        endpoints: the parameters of each named endpoint, by its name.
    """

    def __init__(self, app: ASGIApp, endpoints: Mapping[str, Sequence[str]]) -> None:
        self._app = app
        self._endpoints = endpoints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(API):
            await self._app(scope, receive, send)
            return
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._pass(scope, receive, noted)
        except Refused as refused:
            await _refuse(scope, receive, send, refused)
        # What Gradio raises while it reads a call; what a handler raises, it answers itself.
        except (FnIndexInferError, LookupError, TypeError, ValueError) as error:
            if started:
                raise
            log.warning("refused %s: %s: %s", scope["path"], type(error).__name__, error)
            await _refuse(scope, receive, send, Refused(400, "the call cannot be understood"))

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path.startswith(CLOSED):
            raise Refused(404, "not served here")
        parts = path.removeprefix(API).strip("/").split("/")
        if parts[0] == "call" and scope["method"] == "POST":
            named = parts[1:2] == ["v2"]
            name = parts[-1] if len(parts) == 2 + named else ""
            if name not in self._endpoints:
                there = ", ".join(self._endpoints)
                raise Refused(404, f"there is no such endpoint; there are {there}")
            message = await receive()  # the whole body: ui.operating.requests has read it
            body = message.get("body", b"")
            self._check(name, body, named=named)
            receive = replaying(body, receive)
        await self._app(scope, receive, send)

    def _check(self, name: str, body: bytes, *, named: bool) -> None:
        """Nothing, where the body is a call of this endpoint; raises Refused."""
        parameters = self._endpoints[name]
        try:
            given = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Refused(400, "the body is not JSON") from error
        if not isinstance(given, dict):
            raise Refused(400, "the body has to be a JSON object")
        if named:
            if unknown := ", ".join(sorted(given.keys() - set(parameters)))[:200]:
                known = ", ".join(parameters)
                raise Refused(400, f"{name} has no parameter {unknown}; it has {known}")
        elif not isinstance(given.get("data"), list) or len(given["data"]) != len(parameters):
            raise Refused(
                400,
                f"data has to be a list of {len(parameters)} values: {', '.join(parameters)}; "
                f"or give them by name to {API}call/v2/{name}",
            )


async def _refuse(scope: Scope, receive: Receive, send: Send, refused: Refused) -> None:
    name = Headers(scope=scope).get(REQUEST_ID, "")
    content = {"error": f"{refused} (request {name})"}
    await JSONResponse(content, refused.status)(scope, receive, send)
