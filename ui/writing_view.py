"""An answer while a chat model writes it: its words above the rules' answer, as HTML."""

from __future__ import annotations

import time
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

    def picture(self, event: AnswerEvent) -> str | None:
        """The HTML to show after an event; None where what was shown last is still fresh."""
        if isinstance(event, Begun):
            self._rules = event.answer
            return render_answer(event.answer, texts_in(event.answer.language))
        if not isinstance(event, Writing) or not self._rules:
            return None
        now = time.monotonic()
        if now - self._shown_at < _SECONDS or not (event.verified or event.unverified):
            return None
        self._shown_at = now
        return render_writing(self._rules, event, texts_in(self._rules.language))


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
