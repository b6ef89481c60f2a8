"""Which event of the page calls which handler, and what it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

import gradio as gr

from rag.models import Language
from rag.stores import Stores
from ui import handlers
from ui.app.layout import Page
from ui.handlers import Exchange
from ui.render import render_heading, render_question
from ui.texts import texts_in

UNTIL_KNOWN: Language = "zh"  # of who asks before the page has got its language
ASKING_AT_ONCE = 4  # an answer is computed in milliseconds; more only contend for the cores
# Quick events skip the queue; none is offered as an API.
QUICK: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
Updates = dict[Any, Any]


def wire_opening(app: gr.Blocks, page: Page, stores: Stores) -> None:
    """The page in its language, with the source and the question its address names."""

    def opened(remembered: str, request: gr.Request) -> Updates:
        query = str(request.query_params)
        accepted = request.headers.get("accept-language", "")
        language = handlers.page_language(query, remembered, accepted)
        offered = handlers.choices(stores=stores)
        return _worded(page, stores, language, query) | {
            page.language: language,
            page.address: query,
            page.question: gr.update(**_question_words(language)),
            page.places: gr.update(
                **_choice_words(language, "filter_places"), choices=list(offered.places)
            ),
            page.years: gr.update(
                **_choice_words(language, "filter_years"), choices=list(offered.years)
            ),
        }

    def switched(language: Language, query: str) -> Updates:
        return _worded(page, stores, language, query) | {
            page.remembered: language,
            page.question: gr.update(**_question_words(language)),
            page.places: gr.update(**_choice_words(language, "filter_places")),
            page.years: gr.update(**_choice_words(language, "filter_years")),
        }

    worded = [page.heading, page.chat, page.filters, page.source]
    worded += [page.question, page.places, page.years]
    start = app.load(opened, [page.remembered], [*worded, page.language, page.address], **QUICK)
    # Not what the box holds: that may have been typed, and asked, while the page opened.
    _answering(start.then, page, stores, asked=page.address)
    page.language.input(
        switched, [page.language, page.address], [*worded, page.remembered], **QUICK
    )
    page.language.change(
        None, [page.language], js="(language) => { document.documentElement.lang = language; }"
    )


def wire_asking(page: Page, stores: Stores) -> None:
    """A question typed, or chosen among the examples, is answered at the conversation's end."""
    keep = "(question) => window.fazhiKeepQuestion(question)"

    def chosen(event: gr.SelectData) -> str:
        return str(event.value["text"])

    page.question.submit(None, [page.question], js=keep)
    _answering(page.question.submit, page, stores)
    filled = page.chat.example_select(chosen, None, [page.question], **QUICK)
    filled.then(None, [page.question], js=keep)
    _answering(filled.then, page, stores)
    page.chat.clear(lambda: (), None, [page.exchanges], **QUICK)


def _answering(
    event: Callable[..., Any], page: Page, stores: Stores, asked: gr.State | None = None
) -> None:
    """Have an event answer what the question box holds, or the address in `asked`.

    Nothing happens when there is no question.
    """

    def answered(
        question: str,
        exchanges: tuple[Exchange, ...],
        language: Language | None,
        places: list[str],
        years: list[int],
    ) -> Iterator[Updates]:
        growing = handlers.converse(
            handlers.page_question(question) if asked else question,
            exchanges,
            stores=stores,
            texts=texts_in(language or UNTIL_KNOWN),
            places=places,
            years=years,
        )
        emptied: Updates = {} if asked else {page.question: ""}
        for conversation in growing:
            yield emptied | {page.chat: _messages(conversation), page.exchanges: conversation}
            emptied = {}  # what is typed meanwhile stays
        yield {page.question: gr.skip()}  # something has to be given, if only this

    event(
        answered,
        [asked or page.question, page.exchanges, page.language, page.places, page.years],
        [page.question, page.chat, page.exchanges],
        show_progress="hidden",
        concurrency_limit=ASKING_AT_ONCE,
        concurrency_id="answer",
        api_visibility="private",
    )


def wire_reading(page: Page, stores: Stores) -> None:
    """A citation's link opens the source panel; page.js sends the link's query."""

    def opened(language: Language | None, event: gr.EventData) -> tuple[str, str]:
        query = str(event.link)
        texts = texts_in(language or UNTIL_KNOWN)
        source = handlers.open_source(query, stores=stores, texts=texts)
        return f'<div data-query="{escape(query)}">{source}</div>', query

    page.source.click(
        opened,
        [page.language],
        [page.source, page.address],
        trigger_mode="always_last",  # two quick steps back end where the second leads
        **QUICK,
    )


def _worded(page: Page, stores: Stores, language: Language, query: str) -> Updates:
    texts = texts_in(language)
    offered = handlers.examples(stores=stores, texts=texts)
    return {
        page.heading: render_heading(texts),
        page.filters: gr.update(label=texts("filters")),
        page.source: handlers.open_source(query, stores=stores, texts=texts),
        page.chat: gr.update(
            label=texts("conversation"),
            placeholder=handlers.welcome(stores=stores, texts=texts),
            examples=[{"text": question} for question in offered],
        ),
    }


def _question_words(language: Language) -> dict[str, Any]:
    texts = texts_in(language)
    return {"label": texts("question_label"), "placeholder": texts("question_placeholder")}


def _choice_words(language: Language, key: str) -> dict[str, Any]:
    texts = texts_in(language)
    return {"label": texts(key), "info": texts("filter_all")}


def _messages(conversation: Sequence[Exchange]) -> list[dict[str, Any]]:
    """The conversation as Gradio's messages; parts are components, so no Markdown is read."""
    messages = []
    for exchange in conversation:
        for role, html in (
            ("user", render_question(exchange.question)),
            ("assistant", exchange.html),
        ):
            part = gr.HTML(html, js_on_load=None, apply_default_css=False)
            messages.append({"role": role, "content": part})
    return messages
