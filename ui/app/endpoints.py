"""The named endpoints of Gradio's HTTP API: all that a program may call by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr
from gradio.context import LocalContext
from gradio.events import api

from rag.errors import FazhiError
from ui.app.events import ASKING_AT_ONCE
from ui.operating.requests import REQUEST_ID
from ui.operating.watch import Caller
from ui.programs import questions
from ui.programs.described import ASK, FACTS, REPORTS, SOURCE
from ui.shelf import Shelf

ENDPOINTS = {
    "ask": ("question", "history", "place", "year"),
    "facts": ("indicator", "place", "year", "limit", "offset"),
    "reports": ("place", "year", "limit", "offset"),
    "source": ("report_id", "paragraph"),
}


def caller_of_event() -> Caller:
    """Who asks through the page: the request that the event running in this thread came with."""
    request = LocalContext.request.get(None)
    headers = getattr(request, "headers", None) or {}
    return Caller("page", headers.get(REQUEST_ID, ""))


def wire_endpoints(shelf: Shelf) -> None:
    """The endpoints over the shelf; called inside gr.Blocks."""

    def ask(
        question: str,
        history: list[str] | None = None,
        place: list[str] | None = None,
        year: list[int] | None = None,
    ) -> dict[str, Any]:
        caller = Caller("api", caller_of_event().request_id)
        return _refusing(
            lambda: questions.ask(question, history, place, year, shelf=shelf, caller=caller)
        )

    def facts(
        indicator: list[str] | None = None,
        place: list[str] | None = None,
        year: list[int] | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> dict[str, Any]:
        return _refusing(
            lambda: questions.facts(indicator, place, year, limit, offset, shelf=shelf)
        )

    def reports(
        place: list[str] | None = None,
        year: list[int] | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> dict[str, Any]:
        return _refusing(lambda: questions.reports(place, year, limit, offset, shelf=shelf))

    def source(report_id: str, paragraph: int) -> dict[str, Any]:
        return _refusing(lambda: questions.source(report_id, paragraph, shelf=shelf))

    for endpoint, description in ((ask, ASK), (facts, FACTS), (reports, REPORTS), (source, SOURCE)):
        api(
            endpoint,
            api_name=endpoint.__name__,
            api_description=description,
            concurrency_limit=ASKING_AT_ONCE,
            concurrency_id="answer",  # programs and readers wait in one queue
        )


def _refusing(make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What it makes; a failure the caller can mend as a message with the request's id."""
    try:
        return make()
    except FazhiError as error:
        name = caller_of_event().request_id
        raise gr.Error(f"{error} (request {name})", print_exception=False) from error
