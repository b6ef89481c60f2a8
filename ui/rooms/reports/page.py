"""The Reports room placed on its page and wired."""

from __future__ import annotations

import gradio as gr

from rag.models import Language
from ui.access import Access
from ui.app.events import Updates
from ui.app.look import packaged
from ui.rooms.frame import lay_out_frame, wire_frame
from ui.rooms.reports.room import folders_of, render_room, show_content
from ui.rooms.session import render_closed, render_log_out
from ui.shelf import Shelf
from ui.texts import Texts, texts_in


def build_reports(app: gr.Blocks, shelf: Shelf, access: Access) -> None:
    """The room, placed and wired; called inside its route."""
    frame = lay_out_frame("reports", access)
    script = packaged("copying.js") + packaged("reports.js", "ui.rooms.reports")
    room = gr.HTML("", elem_id="reports", js_on_load=script, apply_default_css=False)

    def worded(language: Language, request: gr.Request) -> Updates:
        return {room: room_html(shelf, access, texts_in(language), request)}

    wire_frame(app, frame, worded, [room])


def room_html(shelf: Shelf, access: Access, texts: Texts, request: gr.Request) -> str:
    """The room for who may see it, else what stands in its place."""
    if not access.allows(request):
        return f'<div class="room reports">{render_closed(access, texts)}</div>'
    # The address is the page's when it is opened; after that its script asks for what it wants.
    query = str(request.query_params)
    return render_room(
        show_content(query, stores=shelf.stores, texts=texts),
        texts,
        leave=render_log_out(access, request, texts),
        named=access.at_machine(request),
        folders=folders_of(shelf.stores),
    )
