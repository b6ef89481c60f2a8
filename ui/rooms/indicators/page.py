"""The Indicators room placed on its page and wired."""

from __future__ import annotations

import gradio as gr

from rag.models import Language
from ui.access import Access
from ui.app.events import Updates
from ui.app.look import packaged
from ui.rooms.frame import lay_out_frame, wire_frame
from ui.rooms.indicators.room import render_room, show_content
from ui.shelf import Shelf
from ui.texts import texts_in


def build_indicators(app: gr.Blocks, shelf: Shelf, access: Access) -> None:
    """The room, placed and wired; called inside its route."""
    frame = lay_out_frame("indicators", access)
    script = packaged("indicators.js", "ui.rooms.indicators")
    room = gr.HTML("", elem_id="indicators", js_on_load=script, apply_default_css=False)

    def worded(language: Language, request: gr.Request) -> Updates:
        texts = texts_in(language)
        # The address is the page's when it is opened; after that its script asks for more.
        content = show_content(str(request.query_params), stores=shelf.stores, texts=texts)
        return {room: render_room(content, texts)}

    wire_frame(app, frame, worded, [room])
