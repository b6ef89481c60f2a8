"""Every request gets an id, and a body that is too large is refused before anything reads it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID = "x-request-id"
LONGEST_BODY = 4 * 1024 * 1024  # bytes; what a browser keeps of 60 conversations is 1 MB
_GIVEN = re.compile(r"[A-Za-z0-9_.-]{6,64}")  # what is taken over from a proxy


class Requests:
    """ASGI middleware around the whole server.

    An id that a proxy gives is kept where it is well formed, so that both logs name the
    request alike; the answer says the id in the same header.

    Args:
        uploads: paths whose bodies have bounds of their own.
    """

    def __init__(
        self, app: ASGIApp, uploads: Collection[str] = (), longest: int = LONGEST_BODY
    ) -> None:
        self._app = app
        self._uploads = tuple(uploads)
        self._longest = longest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = MutableHeaders(scope=scope)
        given = headers.get(REQUEST_ID, "")
        name = given if _GIVEN.fullmatch(given) else secrets.token_hex(6)
        headers[REQUEST_ID] = name

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[REQUEST_ID] = name
            await send(message)

        if scope["path"].startswith(self._uploads):
            await self._app(scope, receive, named)
            return
        body = await self._read(headers, receive)
        if body is None:
            refusal = PlainTextResponse(
                f"the request is larger than {self._longest >> 20} MB (request {name})\n", 413
            )
            await refusal(scope, receive, named)
            return
        await self._app(scope, replaying(body, receive), named)

    async def _read(self, headers: MutableHeaders, receive: Receive) -> bytes | None:
        """The whole body; None where it is too large."""
        declared = headers.get("content-length", "0")
        if declared.isdecimal() and int(declared[:20]) > self._longest:
            return None
        body = bytearray()
        while True:
            message = await receive()
            body += message.get("body", b"")
            if len(body) > self._longest:
                return None
            if message["type"] != "http.request" or not message.get("more_body", False):
                return bytes(body)


def replaying(body: bytes, receive: Receive) -> Receive:
    """What gives a body that was read, whole, then what follows it."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
