"""The addresses of the Indicators room: what it shows, a source, and the whole as a file."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from rag.errors import FazhiError
from ui.access import Access
from ui.rooms.indicators.exporting import TYPES, Exports
from ui.rooms.indicators.room import show_content, show_source
from ui.rooms.indicators.wanted import wanted_of
from ui.rooms.requests import MOST_HEADERS, language_of
from ui.shelf import Shelf
from ui.texts import texts_in


def indicator_routes(shelf: Shelf, access: Access) -> list[Route]:
    """All addresses of the room; anybody who may ask may look."""
    del access
    exports = Exports(shelf.stores)

    async def view(request: Request) -> Response:
        texts = texts_in(language_of(request))
        html = await run_in_threadpool(
            show_content, str(request.query_params), stores=shelf.stores, texts=texts
        )
        return HTMLResponse(html, headers=MOST_HEADERS)

    async def source(request: Request) -> Response:
        texts = texts_in(language_of(request))
        html = await run_in_threadpool(
            show_source, str(request.query_params), stores=shelf.stores, texts=texts
        )
        return HTMLResponse(html, headers=MOST_HEADERS)

    async def matrix(request: Request) -> Response:
        form = request.path_params["form"]
        if form not in TYPES:
            return PlainTextResponse(" ".join(TYPES), status_code=404, headers=MOST_HEADERS)
        wanted = wanted_of(str(request.query_params))
        try:
            content = await run_in_threadpool(exports.file, form, wanted, language_of(request))
        except FazhiError as error:
            return PlainTextResponse(str(error), status_code=503, headers=MOST_HEADERS)
        headers = {
            **MOST_HEADERS,
            "Content-Disposition": f'attachment; filename="indicators.{form}"',
        }
        return Response(content, media_type=TYPES[form], headers=headers)

    return [
        Route("/indicators/view", view),
        Route("/indicators/source", source),
        Route("/indicators/matrix.{form}", matrix),
    ]
