"""What an answer's and a kept conversation's controls do, without a new answer."""

from __future__ import annotations

from html import escape
from typing import Any

import gradio as gr

from rag.models import Language
from ui import handlers
from ui.app.events import HIDDEN, QUICK, UNTIL_KNOWN, Updates, address_of, messages_of
from ui.app.layout import Page
from ui.asks import value_in
from ui.conversations import read_kept
from ui.exchanges import Exchange
from ui.feedback import THUMBS, Thumb, feedback_file, note_feedback
from ui.findings_table import view_of
from ui.shelf import Shelf
from ui.talks_view import render_talks
from ui.texts import texts_in


class Acting:
    """The quick events that the page's script sends."""

    def __init__(self, page: Page, shelf: Shelf) -> None:
        self.page = page
        self.shelf = shelf
        self._path = feedback_file(shelf.stores.settings.data)

    def wire(self) -> None:
        page, opinion = self.page, self.page.opinion
        page.bridge.input(
            self._act,
            [page.exchanges, page.language, page.talk],
            [
                page.chat, page.exchanges, page.talk, page.bridge,
                opinion.frame, opinion.pending, opinion.comment,
            ],
            trigger_mode="always_last",
            **QUICK,
        )  # fmt: skip
        page.bridge.apply(
            self._listed,
            [page.language, page.talk],
            [page.talks],
            trigger_mode="always_last",
            **QUICK,
        )
        opinion.send.click(
            self._commented,
            [opinion.pending, opinion.comment, page.exchanges, page.language],
            [opinion.frame],
            **QUICK,
        )
        opinion.close.click(outputs=[opinion.frame], **HIDDEN)

    def _act(
        self,
        exchanges: tuple[Exchange, ...],
        language: Language | None,
        talk: str,
        event: gr.EventData,
    ) -> Updates:
        query = str(event.link)
        do = value_in(query, "do")
        if do == "delete":
            return self._deleted(value_in(query, "chat") == talk)
        if any(not exchange.finished for exchange in exchanges):
            return self._nothing()  # the growing answer would undo it
        if do == "table":
            return self._turned(query, exchanges, language)
        for thumb in THUMBS:
            if do == thumb:
                return self._judged(query, thumb, exchanges, language)
        return self._nothing()

    def _listed(self, language: Language | None, talk: str, event: gr.EventData) -> str:
        """The list of what the page's script says that this browser keeps."""
        listed = render_talks(read_kept(event.kept), talk, texts_in(language or UNTIL_KNOWN))
        return f'<div data-telling="{escape(str(event.telling))}">{listed}</div>'

    def _deleted(self, shown: bool) -> Updates:
        """A conversation that the browser no longer keeps leaves the page too.

        A reload would ask it again otherwise, and keep it.
        """
        if not shown:
            return self._nothing()
        return {
            self.page.chat: [],
            self.page.exchanges: (),
            self.page.talk: "",
            self.page.bridge: address_of((), "", "replace"),
        }

    def _nothing(self) -> Updates:
        return {self.page.talk: gr.skip()}

    def _turned(
        self, query: str, exchanges: tuple[Exchange, ...], language: Language | None
    ) -> Updates:
        changed = handlers.turn_table(
            exchanges,
            value_in(query, "answer"),
            view_of(query),
            shelf=self.shelf,
            texts=texts_in(language or UNTIL_KNOWN),
        )
        return self._shown(changed)

    def _judged(
        self, query: str, thumb: Thumb, exchanges: tuple[Exchange, ...], language: Language | None
    ) -> Updates:
        """The thumb is written down at once; a comment may follow."""
        texts = texts_in(language or UNTIL_KNOWN)
        name = value_in(query, "answer")
        if not self._noted((name, thumb), "", exchanges, language):
            return self._nothing()
        opinion = self.page.opinion
        changed = handlers.judge(exchanges, name, thumb, shelf=self.shelf, texts=texts)
        return self._shown(changed) | {
            opinion.frame: gr.update(visible=True),
            opinion.pending: (name, thumb),
            opinion.comment: "",
        }

    def _commented(
        self,
        pending: tuple[str, Thumb],
        comment: str,
        exchanges: tuple[Exchange, ...],
        language: Language | None,
    ) -> Updates:
        if not self._noted(pending, comment, exchanges, language):
            return {self.page.opinion.frame: gr.skip()}
        gr.Info(texts_in(language or UNTIL_KNOWN)("comment_thanks"), duration=4)
        return {self.page.opinion.frame: gr.update(visible=False)}

    def _noted(
        self,
        pending: tuple[str, Thumb],
        comment: str,
        exchanges: tuple[Exchange, ...],
        language: Language | None,
    ) -> bool:
        """Whether the feedback could be written; where not, the reader is told why."""
        given = handlers.feedback_on(exchanges, *pending, comment)
        if given is None:
            return False
        try:
            note_feedback(self._path, given)
        except OSError as error:
            texts = texts_in(language or UNTIL_KNOWN)
            gr.Warning(texts("comment_failed", path=self._path, reason=error.strerror))
            return False
        return True

    def _shown(self, exchanges: tuple[Exchange, ...]) -> dict[Any, Any]:
        return {self.page.chat: messages_of(exchanges), self.page.exchanges: exchanges}
