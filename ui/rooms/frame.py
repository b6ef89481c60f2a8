"""The frame of every room but the chat: masthead, language, and the room's own content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag.models import Language
from ui.access import Access
from ui.app.events import QUICK, Updates
from ui.app.masthead import Masthead, lay_out_masthead
from ui.handlers import page_language
from ui.render import render_heading
from ui.rooms_view import render_rooms
from ui.texts import texts_in

Worded = Callable[[Language, gr.Request], Updates]


@dataclass(frozen=True)
class Frame:
    """The masthead of a room."""

    room: str  # its path
    access: Access
    head: Masthead

    @property
    def language(self) -> gr.Radio:
        """The page's language, an input for the room's own events; None until the page is open."""
        return self.head.language


def lay_out_frame(room: str, access: Access) -> Frame:
    """The masthead of the room with this path; called first inside the room's route."""
    return Frame(room, access, lay_out_masthead())


def wire_frame(app: gr.Blocks, frame: Frame, worded: Worded, components: Sequence[Any]) -> None:
    """Have the room worded when it is opened and when its language is switched.

    Args:
        worded: gives the updates of the room's own components in a language. It has to ask
            `frame.access` itself where what it shows is for administrators.
        components: what `worded` updates.
    """
    head = frame.head

    def words(language: Language, request: gr.Request) -> Updates:
        texts = texts_in(language)
        admin = frame.access.allows(request)
        return {
            head.heading: render_heading(texts),
            head.rooms: render_rooms(frame.room, texts, admin=admin),
        } | worded(language, request)

    def opened(remembered: str, request: gr.Request) -> Updates:
        accepted = request.headers.get("accept-language", "")
        language = page_language(str(request.query_params), remembered, accepted)
        return words(language, request) | {head.language: language}

    def switched(language: Language, request: gr.Request) -> Updates:
        return words(language, request) | {head.remembered: language}

    changed = [head.heading, head.rooms, *components]
    app.load(opened, [head.remembered], [*changed, head.language], **QUICK)
    head.language.input(switched, [head.language], [*changed, head.remembered], **QUICK)
