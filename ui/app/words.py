"""The words of the page's components in a language, as updates of them."""

from __future__ import annotations

from html import escape
from typing import Any

import gradio as gr

from rag.models import Language
from rag.stores import Stores
from ui import handlers
from ui.app.events import UNTIL_KNOWN, Updates
from ui.app.layout import Page
from ui.corrections import CHOICES
from ui.render import render_heading
from ui.texts import Texts, texts_in


def worded_components(page: Page) -> list[Any]:
    """The components that `worded` updates."""
    tray, opinion = page.correction, page.opinion
    return [
        page.heading, page.anew, page.chat, page.source, page.question,
        page.filters.frame, *page.filters.fields, tray.title, *tray.fields, tray.send, tray.close,
        opinion.title, opinion.comment, opinion.send, opinion.close,
    ]  # fmt: skip


def worded(page: Page, stores: Stores, language: Language, query: str) -> Updates:
    """The page in a language."""
    texts = texts_in(language)
    offered = handlers.examples(stores=stores, texts=texts)
    return {
        page.heading: render_heading(texts),
        page.anew: gr.update(value=texts("anew")),
        page.source: handlers.open_source(query, stores=stores, texts=texts),
        page.chat: gr.update(
            label=texts("conversation"),
            placeholder=handlers.welcome(stores=stores, texts=texts),
            examples=[{"text": question} for question in offered],
        ),
        page.question: gr.update(
            label=texts("question_label"),
            placeholder=texts("question_placeholder"),
            submit_btn=texts("ask"),
        ),
        page.filters.frame: gr.update(label=texts("filters")),
        **_tray_words(page, texts),
    }


def idle_box(language: Language | None) -> dict[str, Any]:
    """The question box when it can be asked."""
    # Asked before the page had its language: an icon, until the page's words come.
    return {"submit_btn": texts_in(language)("ask") if language else True, "stop_btn": False}


def busy_box(language: Language | None) -> dict[str, Any]:
    """The question box while it is answering."""
    return {"submit_btn": False, "stop_btn": texts_in(language or UNTIL_KNOWN)("stop")}


def choice_pairs(texts: Texts) -> list[tuple[str, str]]:
    """The conditions that can be chosen, each with its word."""
    return [(texts(f"choice_{choice}" if choice else "scope_any"), choice) for choice in CHOICES]


def title_of(text: str) -> str:
    """The title of a tray, as HTML."""
    return f"<h2>{escape(text)}</h2>"


def _tray_words(page: Page, texts: Texts) -> Updates:
    tray, opinion, filters = page.correction, page.opinion, page.filters
    labelled = {
        filters.provinces: "filter_provinces",
        filters.counties: "filter_counties",
        filters.towns: "filter_towns",
        filters.years: "filter_years",
        tray.subject: "scope_subject",
        tray.value: "scope_value",
        tray.places: "scope_places",
        tray.years: "scope_years",
        opinion.comment: "comment_label",
    }
    named = {
        tray.send: "correct_send",
        tray.close: "close",
        opinion.send: "comment_send",
        opinion.close: "close",
    }
    return {
        **{field: gr.update(label=texts(key)) for field, key in labelled.items()},
        **{button: gr.update(value=texts(key)) for button, key in named.items()},
        tray.choice: gr.update(label=texts("scope_condition"), choices=choice_pairs(texts)),
        tray.title: title_of(texts("correct_title")),
        opinion.title: title_of(texts("comment_title")),
    }
