"""The addresses that answer with files, beside the page's own."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rag.errors import FazhiError
from ui.downloads import Download, answer_file, conversation_file, original_file
from ui.shelf import Shelf
from ui.source_view import DOWNLOADS


def download_routes(shelf: Shelf) -> list[Route]:
    """The routes to be served; each runs in a thread of its own."""

    def answer(request: Request) -> Response:
        form = request.path_params["form"]
        return _response(lambda: answer_file(form, str(request.query_params), shelf=shelf))

    def original(request: Request) -> Response:
        report_id = request.query_params.get("report", "")
        return _response(lambda: original_file(report_id, stores=shelf.stores))

    def conversation(request: Request) -> Response:
        form, values = request.path_params["form"], dict(request.query_params)
        return _response(lambda: conversation_file(form, values, shelf=shelf))

    return [
        Route(f"/{DOWNLOADS}answer.{{form}}", answer, methods=["GET"]),
        Route(f"/{DOWNLOADS}conversation.{{form}}", conversation, methods=["GET"]),
        Route(f"/{DOWNLOADS}original", original, methods=["GET"]),
    ]


def _response(make: Callable[[], Download]) -> Response:
    try:
        made = make()
    except FazhiError as error:
        return PlainTextResponse(str(error), status_code=404)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(made.name)}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(made.content, media_type=made.type, headers=headers)
