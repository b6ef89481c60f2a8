"""The addresses of the Evaluation room: its content for all, the rest for administrators."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from eval.question_files import write_template
from eval.report import PAGE_FILE
from eval.saved import RUN_FILE
from ui.access import Access
from ui.rooms.evaluation.question_sets import ENDINGS, LARGEST, QuestionSets, QuestionsRefused
from ui.rooms.evaluation.room import render_choices, render_going, render_lint, show_content
from ui.rooms.evaluation.runs import RunRefused, Runs
from ui.rooms.requests import MOST_HEADERS, language_of, routes_for_administrators
from ui.shelf import Shelf
from ui.texts import texts_in

QUESTIONS = "questions"  # folder of the data folder
LONGEST_BODY = 4096  # bytes of what is no file
# A run's page holds words of reports: it may load and run nothing.
SANDBOXED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups"


def evaluation_routes(shelf: Shelf, access: Access) -> list[Route]:
    """All addresses of the room."""
    desk = Desk(shelf)
    open_to_all = (("view", desk.view), ("page", desk.page), ("json", desk.json))
    kept = (
        ("going", "GET", desk.going),
        ("start", "POST", desk.start),
        ("stop", "POST", desk.stop),
        ("questions", "POST", desk.receive),
        ("forget", "POST", desk.forget),
        ("sets", "GET", desk.choices),
        ("template", "GET", desk.template),
    )
    return [
        *(Route(f"/evaluation/{path}", answer) for path, answer in open_to_all),
        *routes_for_administrators("evaluation", access, kept),
    ]


class Desk:
    """What the addresses do, over one server's runs and question files."""

    def __init__(self, shelf: Shelf) -> None:
        self.stores = shelf.stores
        self.runs = Runs(shelf.stores.settings)
        self.sets = QuestionSets(shelf.stores.settings.data / QUESTIONS)

    async def view(self, request: Request) -> Response:
        html = await run_in_threadpool(
            show_content,
            str(request.query_params),
            runs=self.runs,
            stores=self.stores,
            texts=texts_in(language_of(request)),
        )
        return HTMLResponse(html, headers=MOST_HEADERS)

    async def page(self, request: Request) -> Response:
        headers = {**MOST_HEADERS, "Content-Security-Policy": SANDBOXED}
        return self._file(request, PAGE_FILE, "text/html", headers)

    async def json(self, request: Request) -> Response:
        return self._file(request, RUN_FILE, "application/json", MOST_HEADERS)

    async def going(self, request: Request) -> Response:
        texts = texts_in(language_of(request))
        return HTMLResponse(render_going(self.runs.going, self.sets.all(), texts))

    async def start(self, request: Request) -> Response:
        texts = texts_in(language_of(request))
        wanted = self.sets.named(await _named(request, "set"))
        if wanted is None:
            return PlainTextResponse(texts("set_gone"), status_code=404)
        try:
            await run_in_threadpool(self.runs.start, wanted)
        except RunRefused:
            return PlainTextResponse(texts("run_goes_on"), status_code=409)
        return Response(status_code=202)

    async def stop(self, request: Request) -> Response:
        await _named(request, "run")
        self.runs.stop()
        return Response(status_code=204)

    async def receive(self, request: Request) -> Response:
        """A question file; its name stands in a header, its bytes are the body."""
        texts = texts_in(language_of(request))
        name = unquote(request.headers.get("x-file-name", ""))
        content = await _body(request, LARGEST)
        try:
            kept, problems = await run_in_threadpool(self.sets.add, name, content, self.stores)
        except QuestionsRefused as refused:
            message = texts(refused.reason, **refused.values)
            return PlainTextResponse(message, status_code=400, headers={"Connection": "close"})
        shown = kept.path.name if kept else name
        return HTMLResponse(render_lint(shown, problems, texts), status_code=201 if kept else 200)

    async def forget(self, request: Request) -> Response:
        """Delete an uploaded question file."""
        texts = texts_in(language_of(request))
        if not self.sets.remove(await _named(request, "set")):
            return PlainTextResponse(texts("set_gone"), status_code=404)
        return Response(status_code=204)

    async def choices(self, request: Request) -> Response:
        """The question sets to choose from, and the uploaded files."""
        return HTMLResponse(render_choices(self.sets.all(), texts_in(language_of(request))))

    async def template(self, request: Request) -> Response:
        """A question file to begin with."""
        ending = "." + request.query_params.get("form", "xlsx")
        if ending not in ENDINGS:
            return PlainTextResponse(" ".join(ENDINGS), status_code=404)
        with tempfile.TemporaryDirectory(prefix="fazhi-template-") as folder:
            path = Path(folder) / f"questions{ending}"
            await run_in_threadpool(write_template, path)
            headers = {"Content-Disposition": f'attachment; filename="{path.name}"'}
            return Response(
                path.read_bytes(), media_type="application/octet-stream", headers=headers
            )

    def _file(
        self, request: Request, file: str, media_type: str, headers: dict[str, str]
    ) -> Response:
        name = request.query_params.get("run", "")
        path = self.runs.file(name, file)
        if path is None or not path.is_file():
            texts = texts_in(language_of(request))
            return PlainTextResponse(texts("run_gone"), status_code=404, headers=MOST_HEADERS)
        shown = f"{name}.json" if media_type == "application/json" else None
        return FileResponse(path, media_type=media_type, headers=headers, filename=shown)


async def _body(request: Request, most: int) -> bytes:
    """The body, with one byte more than may come where more comes."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return body[: most + 1]
    return body


async def _named(request: Request, key: str) -> str:
    """A word of the request's JSON object; "" where there is none."""
    try:
        found: Any = json.loads(await _body(request, LONGEST_BODY))
    except ValueError:
        return ""
    return str(found.get(key, "")) if isinstance(found, dict) else ""
