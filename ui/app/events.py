"""What every event of the page is wired with."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import gradio as gr

from rag.models import Language
from ui.asks import asks_query
from ui.exchanges import Exchange
from ui.render import render_question

Updates = dict[Any, Any]
UNTIL_KNOWN: Language = "zh"  # of who asks before the page has got its language
ASKING_AT_ONCE = 4  # an answer is computed in milliseconds; more only contend for the cores
# Quick events skip the queue; none is offered as an API.
QUICK: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
# Answers wait for their turn, and can be stopped.
QUEUED: dict[str, Any] = {
    "show_progress": "hidden",
    "concurrency_limit": ASKING_AT_ONCE,
    "concurrency_id": "answer",
    "api_visibility": "private",
    "trigger_mode": "multiple",  # what was stopped may still be computing when the next is asked
}


def messages_of(conversation: Sequence[Exchange]) -> list[dict[str, Any]]:
    """The conversation as Gradio's messages; parts are components, so no Markdown is read."""
    messages = []
    for exchange in conversation:
        for role, html in (
            ("user", render_question(exchange.ask, exchange.id)),
            ("assistant", exchange.html),
        ):
            part = gr.HTML(html, js_on_load=None, apply_default_css=False)
            messages.append({"role": role, "content": part})
    return messages


def address_of(conversation: Sequence[Exchange], talk: str, step: str) -> str:
    """The address of a conversation, for the page's script to show."""
    asks = [exchange.ask for exchange in conversation]
    query = asks_query(asks, chat=talk) if asks else ""
    return f'<i hidden data-address="{escape(query)}" data-step="{escape(step)}"></i>'
