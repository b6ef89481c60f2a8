"""The addresses of the Reports room: its content, and what changes what is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from rag.errors import FazhiError
from ui.access import Access
from ui.ingest_worker import uploads_of
from ui.rooms.reports.room import folders_of, show_content
from ui.rooms.reports.stored import entries_of, named
from ui.rooms.reports.uploads import UploadRefused, Uploads
from ui.rooms.reports.work import Work, WorkRefused
from ui.rooms.reports.work_view import render_work
from ui.rooms.requests import language_of, routes_for_administrators
from ui.shelf import Shelf
from ui.texts import texts_in

LONGEST_BODY = 2**20  # bytes of what is no file
MOST_NAMED = 10_000  # reports that are removed at once
STATUS = {"upload_too_large": 413, "upload_type": 415, "upload_content": 415, "upload_busy": 429,
          "upload_full": 507, "upload_no_space": 507, "upload_unknown": 404}  # fmt: skip


class BadRequest(FazhiError):
    """A request that no page of ours sends."""


def report_routes(shelf: Shelf, access: Access) -> list[Route]:
    """All addresses of the room, each for administrators only."""
    desk = Desk(shelf, access)
    kept = (
        ("view", "GET", desk.view),
        ("work", "GET", desk.work_so_far),
        ("uploads", "POST", desk.begin),
        ("uploads/{upload}", "POST", desk.receive),
        ("uploads/{upload}/take", "POST", desk.take),
        ("folder", "POST", desk.folder),
        ("remove", "POST", desk.remove),
        ("stop", "POST", desk.stop),
    )
    return routes_for_administrators("reports", access, kept)


class Desk:
    """What the addresses do, over one server's uploads and work."""

    def __init__(self, shelf: Shelf, access: Access) -> None:
        self.stores = shelf.stores
        self.access = access
        self.uploads = Uploads(uploads_of(shelf.stores.settings))
        self.work = Work(shelf.stores.settings)

    async def view(self, request: Request) -> Response:
        texts = texts_in(language_of(request))
        query = str(request.query_params)
        html = await run_in_threadpool(show_content, query, stores=self.stores, texts=texts)
        return HTMLResponse(html)

    async def work_so_far(self, request: Request) -> Response:
        return HTMLResponse(render_work(self.work.pieces(), texts_in(language_of(request))))

    async def begin(self, request: Request) -> Response:
        body = await _json(request)
        count = body.get("count")
        if not isinstance(count, int):
            raise BadRequest("count: how many files come")
        try:
            return JSONResponse({"upload": self.uploads.begin(count)})
        except UploadRefused as refused:
            return _refused(refused, request)

    async def receive(self, request: Request) -> Response:
        """One file; its name stands in a header, its bytes are the body."""
        name = unquote(request.headers.get("x-file-name", ""))
        length = request.headers.get("content-length", "")
        announced = int(length) if length.isascii() and length.isdecimal() else None
        try:
            upload = request.path_params["upload"]
            receiving = await run_in_threadpool(self.uploads.receive, upload, name, announced)
            with receiving:
                async for chunk in request.stream():
                    receiving.write(chunk)
            return JSONResponse({"name": receiving.name})
        except UploadRefused as refused:
            return _refused(refused, request)

    async def take(self, request: Request) -> Response:
        """Take in the files of an upload that is complete."""
        try:
            paths = await run_in_threadpool(self.uploads.close, request.path_params["upload"])
        except UploadRefused as refused:
            return _refused(refused, request)
        return self._ordered(lambda: self.work.take_in("upload", paths, paths[0].name), request)

    async def folder(self, request: Request) -> Response:
        """Ingest a folder: any that somebody at the machine names, else one ingested before."""
        texts = texts_in(language_of(request))
        body = await _json(request)
        name = str(body.get("folder", "")).strip()
        known = await run_in_threadpool(folders_of, self.stores)
        if not self.access.at_machine(request) and name not in known:
            return PlainTextResponse(texts("folder_not_known"), status_code=403)
        path = Path(name).expanduser() if name else None
        if path is None or not path.is_absolute() or not path.is_dir():
            return PlainTextResponse(texts("folder_none", name=name), status_code=400)
        return self._ordered(lambda: self.work.take_in("folder", [path], str(path)), request)

    async def remove(self, request: Request) -> Response:
        """Remove reports, and forget files that failed, by their ids in the list."""
        ids = (await _json(request)).get("ids")
        if not isinstance(ids, list) or len(ids) > MOST_NAMED:
            raise BadRequest("ids: the reports to remove")
        entries = await run_in_threadpool(entries_of, self.stores.database)
        found = named(entries, [str(one) for one in ids])
        if not found:
            texts = texts_in(language_of(request))
            return PlainTextResponse(texts("reports_gone"), status_code=404)
        reports = [entry.id for entry in found if entry.is_report]
        paths = [entry.path for entry in found if not entry.is_report]
        return self._ordered(lambda: self.work.remove(reports, paths, found[0].source), request)

    async def stop(self, request: Request) -> Response:
        self.work.stop(str((await _json(request)).get("work", "")))
        return Response(status_code=204)

    def _ordered(self, order: Any, request: Request) -> Response:
        try:
            return JSONResponse({"work": order().id}, status_code=202)
        except WorkRefused:
            texts = texts_in(language_of(request))
            return PlainTextResponse(texts("work_too_much"), status_code=429)


async def _json(request: Request) -> dict[str, Any]:
    """The body as a JSON object; raises BadRequest."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise BadRequest("the request is too long")
    try:
        found = json.loads(body)
    except ValueError as error:
        raise BadRequest("the body is no JSON") from error
    if not isinstance(found, dict):
        raise BadRequest("the body is no JSON object")
    return found


def _refused(refused: UploadRefused, request: Request) -> Response:
    texts = texts_in(language_of(request))
    message = texts(refused.reason, **refused.values)
    headers = {"Connection": "close"}  # the rest of the file is not read
    return PlainTextResponse(message, status_code=STATUS.get(refused.reason, 400), headers=headers)
