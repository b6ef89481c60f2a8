"""An answer while a chat model writes it: its words above the rules' answer, as HTML."""

from __future__ import annotations

import time
from collections.abc import Iterator
from html import escape

from rag.models import Answer
from rag.models.events import AnswerEvent, Begun, Writing
from ui.prose import blocks_of, render_blocks
from ui.render import render_answer
from ui.texts import Texts, texts_in

_SECONDS = 0.25  # between two pictures of a growing answer: each is sent with the conversation


class GrowingAnswer:
    """Pictures of one answer as it is made; few enough to be sent."""

    def __init__(self) -> None:
        self._rules: Answer | None = None
        self._shown_at = 0.0

    def pictures(self, event: AnswerEvent) -> Iterator[str]:
        """The HTML to show after an event; nothing where the last is still fresh."""
        if isinstance(event, Begun):
            self._rules = event.answer
            yield render_answer(event.answer, texts_in(event.answer.language))
        elif isinstance(event, Writing) and self._rules:
            now = time.monotonic()
            if now - self._shown_at >= _SECONDS and (event.verified or event.unverified):
                self._shown_at = now
                yield render_writing(self._rules, event, texts_in(self._rules.language))


def render_writing(rules: Answer, writing: Writing, texts: Texts) -> str:
    """What has passed its check, what has not been checked yet, and the rules' answer."""
    citations = {citation.mark: citation for citation in writing.citations}
    verified = render_blocks(blocks_of(writing.verified), citations, texts)
    draft = ""
    if writing.unverified:
        draft = (
            f'<p class="unverified"><small>{escape(texts("unverified"))}</small> '
            f"{escape(writing.unverified)}</p>"
        )
    return f'<div class="writing" lang="{rules.language}">{verified}{draft}</div>' + render_answer(
        rules, texts
    )
