"""What the rooms' own addresses read from a request, and whom they refuse."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rag.errors import FazhiError
from rag.models import Language
from ui.access import Access, NotAllowed
from ui.handlers import page_language
from ui.texts import texts_in

Answering = Callable[[Request], Awaitable[Response]]
MOST_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def language_of(request: Request) -> Language:
    """The language that the page says it is in, else the browser's."""
    accepted = request.headers.get("accept-language", "")
    return page_language(str(request.query_params), "", accepted)


def routes_for_administrators(
    room: str, access: Access, answers: Iterable[tuple[str, str, Answering]]
) -> list[Route]:
    """The addresses of a room that are for administrators: each its path, method and answer."""
    return [
        Route(f"/{room}/{path}", for_administrators(access, answer), methods=[method])
        for path, method, answer in answers
    ]


def for_administrators(access: Access, answer: Answering) -> Answering:
    """The same address, refused with 403 to whoever is no administrator.

    The body of what is refused is not read. An error that the user can do something about is
    answered with 400 and its message.
    """

    async def guarded(request: Request) -> Response:
        try:
            # In a thread: comparing passwords waits for a lock.
            await run_in_threadpool(access.require, request)
        except NotAllowed:
            texts = texts_in(language_of(request))
            key = "refused_log_in" if access.has_password else "refused_elsewhere"
            headers = {**MOST_HEADERS, "Connection": "close"}
            return PlainTextResponse(texts(key), status_code=403, headers=headers)
        try:
            response = await answer(request)
        except FazhiError as error:
            return PlainTextResponse(str(error), status_code=400, headers=MOST_HEADERS)
        response.headers.update(MOST_HEADERS)
        return response

    return guarded
