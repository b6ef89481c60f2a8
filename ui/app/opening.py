"""The page when it is opened, when its language is switched, and what its address names."""

from __future__ import annotations

from html import escape

import gradio as gr

from rag.models import Language
from ui import handlers
from ui.access import Access
from ui.app.asking import Asking
from ui.app.events import QUICK, UNTIL_KNOWN, Updates
from ui.app.layout import Page
from ui.app.words import worded, worded_components
from ui.asks import value_in
from ui.conversations import find, read_kept
from ui.rooms_view import render_rooms
from ui.shelf import Shelf
from ui.texts import texts_in


def wire_opening(app: gr.Blocks, page: Page, shelf: Shelf, asking: Asking, access: Access) -> None:
    """The page in its language, with the source and the conversation its address names."""

    def rooms(language: Language, request: gr.Request) -> Updates:
        admin = access.allows(request)
        return {page.rooms: render_rooms("", texts_in(language), admin=admin)}

    def opened(remembered: str, kept: object, request: gr.Request) -> Updates:
        query = str(request.query_params)
        accepted = request.headers.get("accept-language", "")
        language = handlers.page_language(query, remembered, accepted)
        talk = find(read_kept(kept), value_in(query, "chat"))
        name = talk.id if talk else ""
        words = worded(page, shelf.stores, language, query, kept, name)
        return (
            words
            | rooms(language, request)
            | {
                page.language: language,
                page.address: query,
            }
        )

    def switched(
        language: Language, query: str, kept: object, talk: str, request: gr.Request
    ) -> Updates:
        words = worded(page, shelf.stores, language, query, kept, talk)
        return words | rooms(language, request) | {page.remembered: language}

    components = [*worded_components(page), page.rooms]
    start = app.load(
        opened,
        [page.remembered, page.kept],
        [*components, page.language, page.address],
        **QUICK,
    )
    # Not what the box holds: that may have been typed, and asked, while the page opened.
    asking.restore_after(start.then, page.address)
    page.language.input(
        switched,
        [page.language, page.address, page.kept, page.talk],
        [*components, page.remembered],
        **QUICK,
    )


def wire_reading(page: Page, shelf: Shelf) -> None:
    """A citation's link opens the source panel; the page's script sends the link's query."""

    def opened(language: Language | None, event: gr.EventData) -> tuple[str, str]:
        query = str(event.link)
        texts = texts_in(language or UNTIL_KNOWN)
        source = handlers.open_source(query, stores=shelf.stores, texts=texts)
        return f'<div data-query="{escape(query)}">{source}</div>', query

    page.source.click(
        opened,
        [page.language],
        [page.source, page.address],
        trigger_mode="always_last",  # two quick steps back end where the second leads
        **QUICK,
    )
