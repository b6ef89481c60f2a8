"""The page when it is opened, when its language is switched, and what its address names."""

from __future__ import annotations

from html import escape

import gradio as gr

from rag.models import Language
from ui import handlers
from ui.access import Access
from ui.app.events import QUICK, UNTIL_KNOWN, Updates
from ui.app.layout import Page
from ui.app.words import worded, worded_components
from ui.rooms_view import render_rooms
from ui.shelf import Shelf
from ui.texts import texts_in


def wire_opening(app: gr.Blocks, page: Page, shelf: Shelf, access: Access) -> None:
    """The page in its language, with the source that its address names."""

    def rooms(language: Language, request: gr.Request) -> Updates:
        admin = access.allows(request)
        return {page.rooms: render_rooms("", texts_in(language), admin=admin)}

    def opened(remembered: str, request: gr.Request) -> Updates:
        query = str(request.query_params)
        accepted = request.headers.get("accept-language", "")
        language = handlers.page_language(query, remembered, accepted)
        words = worded(page, shelf.stores, language, query) | rooms(language, request)
        return words | {page.language: language, page.address: query}

    def switched(language: Language, query: str, request: gr.Request) -> Updates:
        words = worded(page, shelf.stores, language, query) | rooms(language, request)
        return words | {page.remembered: language}

    components = [*worded_components(page), page.rooms]
    # The page's script then sends what its address asks, and what this browser keeps.
    app.load(opened, [page.remembered], [*components, page.language, page.address], **QUICK)
    page.language.input(
        switched, [page.language, page.address], [*components, page.remembered], **QUICK
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
