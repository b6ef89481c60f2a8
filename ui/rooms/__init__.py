"""The rooms beside the chat, each a page of its own of the one app."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import gradio as gr
from starlette.routing import BaseRoute

from ui.access import Access
from ui.rooms.evaluation.page import build_evaluation
from ui.rooms.evaluation.routes import evaluation_routes
from ui.rooms.indicators.page import build_indicators
from ui.rooms.indicators.routes import indicator_routes
from ui.rooms.reports.page import build_reports
from ui.rooms.reports.routes import report_routes
from ui.rooms.session import session_routes
from ui.shelf import Shelf


def _no_routes(shelf: Shelf, access: Access) -> Sequence[BaseRoute]:
    del shelf, access
    return ()


@dataclass(frozen=True)
class Room:
    """A page of the app, and the addresses of its own that it answers at."""

    path: str  # one of ui.rooms_view.DOORWAYS
    build: Callable[[gr.Blocks, Shelf, Access], None]  # called inside the room's route
    routes: Callable[[Shelf, Access], Sequence[BaseRoute]] = _no_routes


ROOMS = (
    Room("reports", build_reports, report_routes),
    Room("indicators", build_indicators, indicator_routes),
    Room("evaluation", build_evaluation, evaluation_routes),
)


def room_routes(shelf: Shelf, access: Access) -> list[BaseRoute]:
    """The addresses of all rooms beside their pages, and where one logs in."""
    own = [route for room in ROOMS for route in room.routes(shelf, access)]
    return [*session_routes(access), *own]
