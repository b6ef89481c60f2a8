"""What every event of the page is wired with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from gradio.components.chatbot import ComponentMessage, Message

from rag.models import Language
from ui.asks import asks_query
from ui.conversations import Conversation, write_kept
from ui.exchanges import Exchange
from ui.render import render_question

Updates = dict[Any, Any]
UNTIL_KNOWN: Language = "zh"  # of who asks before the page has got its language
ASKING_AT_ONCE = 4  # an answer is computed in milliseconds; more only contend for the cores
# Quick events skip the queue; none is offered as an API.
QUICK: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
# Hides the outputs in the browser itself: told to the server, what is opened again meanwhile
# would be hidden by the late answer to the click before.
HIDDEN: dict[str, Any] = {
    "fn": None,
    "inputs": None,
    "js": "() => ({__type__: 'update', visible: false})",
    "api_visibility": "private",
}
# Answers wait for their turn, and can be stopped.
QUEUED: dict[str, Any] = {
    "show_progress": "hidden",
    "concurrency_limit": ASKING_AT_ONCE,
    "concurrency_id": "answer",
    "api_visibility": "private",
    "trigger_mode": "multiple",  # what was stopped may still be computing when the next is asked
}


# A part of the chat is shown by gr.HTML, told here what it needs: made as components, the parts
# of a conversation would cost more than its answers, since each step of an answer sends them all.
_PART = {
    "html_template": "${value}",
    "css_template": "",
    "js_on_load": None,
    "apply_default_css": False,
}


def messages_of(conversation: Sequence[Exchange]) -> list[Message]:
    """The conversation as Gradio's messages; parts are components, so no Markdown is read."""
    return [
        _message(role, html)
        for exchange in conversation
        for role, html in (
            ("user", render_question(exchange.ask, exchange.id)),
            ("assistant", exchange.html),
        )
    ]


def address_of(conversation: Sequence[Exchange], talk: str, step: str) -> str:
    """The address of a conversation, for the page's script to show; empty: that of no question."""
    asks = [exchange.ask for exchange in conversation]
    query = asks_query(asks, chat=talk) if asks else ""
    return f'<i hidden data-address="{escape(query)}" data-step="{escape(step)}"></i>'


def kept_as(talk: Conversation) -> str:
    """What the page's script is to keep in the browser."""
    told = json.dumps(write_kept(talk), ensure_ascii=False)
    return f'<i hidden data-keep="{escape(told)}"></i>'


def _message(role: str, html: str) -> Message:
    part = ComponentMessage(component="html", value=html, constructor_args={}, props=_PART)
    return Message(role=role, content=[part])
