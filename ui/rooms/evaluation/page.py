"""The Evaluation room placed on its page and wired."""

from __future__ import annotations

import gradio as gr

from rag.models import Language
from ui.access import Access
from ui.app.events import Updates
from ui.app.look import packaged
from ui.rooms.evaluation.question_sets import QuestionSets
from ui.rooms.evaluation.room import (
    render_not_starting,
    render_room,
    render_starting,
    show_content,
)
from ui.rooms.evaluation.routes import QUESTIONS
from ui.rooms.evaluation.runs import Runs
from ui.rooms.frame import lay_out_frame, wire_frame
from ui.rooms.session import render_log_out
from ui.shelf import Shelf
from ui.texts import Texts, texts_in


def build_evaluation(app: gr.Blocks, shelf: Shelf, access: Access) -> None:
    """The room, placed and wired; called inside its route."""
    frame = lay_out_frame("evaluation", access)
    script = packaged("evaluation.js", "ui.rooms.evaluation")
    runs = Runs(shelf.stores.settings)
    sets = QuestionSets(shelf.stores.settings.data / QUESTIONS)
    room = gr.HTML("", elem_id="evaluation", js_on_load=script, apply_default_css=False)

    def worded(language: Language, request: gr.Request) -> Updates:
        texts = texts_in(language)
        # The address is the page's when it is opened; after that its script asks for more.
        query = str(request.query_params)
        content = show_content(query, runs=runs, stores=shelf.stores, texts=texts)
        starting = _starting(sets, access, texts, request)
        leave = render_log_out(access, request, texts)
        return {room: render_room(content, texts, starting=starting, leave=leave)}

    wire_frame(app, frame, worded, [room])


def _starting(sets: QuestionSets, access: Access, texts: Texts, request: gr.Request) -> str:
    """How a run is started, for who may: anybody may look."""
    if access.allows(request):
        return render_starting(sets.all(), texts)
    return render_not_starting(texts, has_password=access.has_password)
