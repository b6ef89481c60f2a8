"""The list of kept conversations as HTML."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from ui.controls import button
from ui.conversations import LONGEST_TITLE, Conversation, ask_record
from ui.source_view import DOWNLOADS
from ui.texts import Texts

DOCUMENTS = ("md", "docx")


def render_talks(kept: Sequence[Conversation], current: str, texts: Texts) -> str:
    """The conversations, the latest first, each to be opened, renamed, exported and deleted."""
    if kept:
        items = "".join(_item(talk, talk.id == current, texts) for talk in kept)
        listed = f"<ul>{items}</ul>"
    else:
        listed = f"<p>{escape(texts('talks_none'))}</p>"
    hint = f'<p class="hint">{escape(texts("talks_hint"))}</p>'
    title = escape(texts("talks"))
    return f'<nav aria-label="{title}"><h2>{title}</h2>{listed}</nav>{hint}'


def _item(talk: Conversation, current: bool, texts: Texts) -> str:
    here = ' aria-current="true"' if current else ""
    about = texts("talk_about", count=len(talk.asks), day=talk.at[:10])
    return (
        f'<li><a class="talk" href="?{escape(urlencode({"chat": talk.id}))}"{here}>'
        f"<span>{escape(talk.name)}</span><small>{escape(about)}</small></a>"
        f'<details><summary aria-label="{escape(texts("talk_more", name=talk.name))}">⋯</summary>'
        f"<div>{_rename(talk, texts)}{_exports(talk, texts)}{_delete(talk, texts)}</div>"
        "</details></li>"
    )


def _rename(talk: Conversation, texts: Texts) -> str:
    do = escape("?" + urlencode({"chat": talk.id, "do": "rename"}))
    label = escape(texts("talk_title"))
    return (
        f'<form data-do="{do}"><input name="title" id="title-{escape(talk.id)}" '
        f'value="{escape(talk.name)}" maxlength="{LONGEST_TITLE}" aria-label="{label}">'
        f"<button>{escape(texts('talk_rename'))}</button></form>"
    )


def _exports(talk: Conversation, texts: Texts) -> str:
    asks = json.dumps([ask_record(ask) for ask in talk.asks], ensure_ascii=False)
    query = urlencode({"title": talk.name, "lang": texts.language, "asks": asks})
    return "".join(
        f'<a href="{escape(f"{DOWNLOADS}conversation.{form}?{query}")}" download>'
        f"{escape(texts('talk_export', form=texts(f'format_{form}')))}</a>"
        for form in DOCUMENTS
    )


def _delete(talk: Conversation, texts: Texts) -> str:
    do = "?" + urlencode({"chat": talk.id, "do": "delete"})
    return button(escape(texts("talk_delete")), do, f"delete-{talk.id}", classes="danger")
