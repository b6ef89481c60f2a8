"""The Reports room: what is stored, for who may see it."""

from __future__ import annotations

import gradio as gr

from rag.models import Language
from ui.access import Access
from ui.app.events import Updates
from ui.rooms.frame import lay_out_frame, wire_frame
from ui.shelf import Shelf
from ui.texts import texts_in


def build_reports(app: gr.Blocks, shelf: Shelf, access: Access) -> None:
    """The room, placed and wired; called inside its route."""
    frame = lay_out_frame("reports", access)
    reports = gr.HTML("", elem_id="reports", js_on_load=None, apply_default_css=False)

    def worded(language: Language, request: gr.Request) -> Updates:
        texts = texts_in(language)
        count = len(shelf.stores.database.cards()) if access.allows(request) else 0
        return {reports: f"<h2>{texts('room_reports')}: {count}</h2>"}

    wire_frame(app, frame, worded, [reports])
