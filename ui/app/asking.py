"""Whatever makes an answer: a question typed, chosen, corrected, asked again or restored."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import gradio as gr

from rag.models import Language
from ui.app.events import QUEUED, QUICK, UNTIL_KNOWN, Updates, address_of, messages_of
from ui.app.layout import Page
from ui.app.words import busy_box, idle_box
from ui.asks import Ask, asking, asks_of, value_in
from ui.conversations import Conversation, find, read_kept, with_conversation, write_kept
from ui.exchanges import Exchange, stopped
from ui.filters import Filters
from ui.handlers import converse, converse_again, replay
from ui.shelf import Shelf
from ui.talks_view import render_talks
from ui.texts import texts_in

Growing = Iterator[tuple[Exchange, ...]]


class Asking:
    """The events that answer; each can be stopped."""

    def __init__(self, page: Page, shelf: Shelf) -> None:
        self.page = page
        self.shelf = shelf
        # What every answer is made with, and what it changes.
        self.state = [page.exchanges, page.language, page.kept, page.talk]
        self.changed = [
            page.question, page.chat, page.exchanges, page.kept, page.talk, page.talks,
            page.bridge,
        ]  # fmt: skip
        # Ids of what was stopped while it was being answered. Gradio's own `cancels` is not used:
        # what a browser asks for just after a cancellation gets lost with the stream it closes.
        self._stopped_ids: set[str] = set()

    def wire(self) -> None:
        """The question box, the examples, the page's script, stopping and starting anew."""
        page = self.page
        narrowed = page.filters.fields
        self.on(page.question.submit, self._typed, [page.question, *narrowed])
        filled = page.chat.example_select(_chosen, None, [page.question], **QUICK)
        self.on(filled.then, self._typed, [page.question, *narrowed])
        self.on(page.bridge.submit, self._sent, [])
        page.question.stop(self._stopped, self.state, self.changed, **QUICK)
        page.anew.click(self._emptied, self.state, self.changed, **QUICK)

    def on(self, event: Callable[..., Any], answer: Callable[..., Any], inputs: list[Any]) -> None:
        """Have an event answer; `answer` gets the inputs, then the state of the page."""
        event(answer, [*inputs, *self.state], self.changed, **QUEUED)

    def restore_after(self, event: Callable[..., Any], address: gr.State) -> None:
        """Have an event ask again what the address names, if it names something."""

        def restored(query: str, *state: Any) -> Iterator[Updates]:
            yield from self._restored(query, *state, step="replace")
            yield {self.page.talk: gr.skip()}  # something has to be given, if only this

        self.on(event, restored, [address])

    def asked(self, ask: Ask | None, *state: Any) -> Iterator[Updates]:
        """What the page shows while one more question is answered."""
        exchanges, language, kept, talk = state
        if ask is not None:
            texts = texts_in(language or UNTIL_KNOWN)
            growing = converse(ask, exchanges, shelf=self.shelf, texts=texts)
            step = "replace" if exchanges else "push"
            yield from self._growing(
                growing, language, kept, talk, step=step, emptied={"value": ""}
            )
        yield {self.page.talk: gr.skip()}

    def _typed(
        self,
        question: str,
        provinces: list[str],
        counties: list[str],
        towns: list[str],
        years: list[int],
        *state: Any,
    ) -> Iterator[Updates]:
        chosen = Filters(tuple(provinces), tuple(counties), tuple(towns), tuple(years))
        yield from self.asked(asking(question, chosen.places, chosen.years), *state)

    def _sent(
        self,
        exchanges: tuple[Exchange, ...],
        language: Language | None,
        kept: object,
        talk: str,
        event: gr.EventData,
    ) -> Iterator[Updates]:
        """What the page's script sends: an answer to be made anew, or an address gone to."""
        query, step = str(event.link), str(event.step)
        if value_in(query, "do") == "again":
            texts = texts_in(language or UNTIL_KNOWN)
            name = value_in(query, "answer")
            growing = converse_again(exchanges, name, shelf=self.shelf, texts=texts)
            yield from self._growing(growing, language, kept, talk, step="replace")
        elif asks_of(query) or find(read_kept(kept), value_in(query, "chat")):
            yield from self._restored(query, exchanges, language, kept, talk, step=step)
        else:
            yield self._emptied(exchanges, language, kept, talk, step=step)
        yield {self.page.talk: gr.skip()}

    def _restored(self, query: str, *state: Any, step: str) -> Iterator[Updates]:
        _, language, kept, _ = state
        named = find(read_kept(kept), value_in(query, "chat"))
        asks = named.asks if named else asks_of(query)
        growing = replay(asks, shelf=self.shelf, texts=texts_in(language or UNTIL_KNOWN))
        talk = named.id if named else ""
        yield from self._growing(growing, language, kept, talk, step=step)

    def _growing(
        self,
        growing: Growing,
        language: Language | None,
        kept: object,
        talk: str,
        *,
        step: str,
        emptied: dict[str, Any] | None = None,
    ) -> Iterator[Updates]:
        """The growing conversation on the page, its address, and its place among the kept."""
        page = self.page
        name = talk or secrets.token_hex(4)
        box: Updates = {page.question: gr.update(**busy_box(language), **(emptied or {}))}
        conversation: tuple[Exchange, ...] = ()
        try:
            for conversation in growing:
                if self._was_stopped(conversation):
                    return
                yield box | {
                    page.chat: messages_of(conversation),
                    page.exchanges: conversation,
                    page.talk: name,
                    page.bridge: address_of(conversation, name, step),
                }
                box = {}  # what is typed meanwhile stays
        except Exception:  # a bug: it keeps its traceback, and the box can be used again
            yield {page.question: gr.update(**idle_box(language))}
            raise
        if conversation:
            yield self._kept(conversation, language, kept, name)

    def _was_stopped(self, conversation: tuple[Exchange, ...]) -> bool:
        ids = {exchange.id for exchange in conversation} & self._stopped_ids
        self._stopped_ids -= ids
        return bool(ids)

    def _kept(
        self, conversation: tuple[Exchange, ...], language: Language | None, kept: object, name: str
    ) -> Updates:
        """The conversation kept in the browser, and the question box ready again."""
        page = self.page
        asks = tuple(exchange.ask for exchange in conversation)
        before = read_kept(kept)
        known = find(before, name)
        if known is None or known.asks != asks:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            before = with_conversation(before, Conversation(name, now, asks))
        texts = texts_in(language or UNTIL_KNOWN)
        return {
            page.question: gr.update(**idle_box(language)),
            page.kept: write_kept(before),
            page.talks: render_talks(before, name, texts),
        }

    def _stopped(
        self, exchanges: tuple[Exchange, ...], language: Language | None, kept: object, talk: str
    ) -> Updates:
        self._stopped_ids |= {exchange.id for exchange in exchanges if not exchange.finished}
        conversation = stopped(exchanges, texts_in(language or UNTIL_KNOWN))
        ready: Updates = {self.page.question: gr.update(**idle_box(language))}
        if not conversation:
            return ready
        return self._kept(conversation, language, kept, talk) | {
            self.page.chat: messages_of(conversation),
            self.page.exchanges: conversation,
        }

    def _emptied(
        self,
        exchanges: tuple[Exchange, ...],
        language: Language | None,
        kept: object,
        talk: str,
        step: str = "push",
    ) -> Updates:
        """The page as it is before the first question."""
        del exchanges, talk
        page = self.page
        texts = texts_in(language or UNTIL_KNOWN)
        return {
            page.question: gr.update(value="", **idle_box(language)),
            page.chat: [],
            page.exchanges: (),
            page.talk: "",
            page.talks: render_talks(read_kept(kept), "", texts),
            page.bridge: address_of((), "", step),
        }


def _chosen(event: gr.SelectData) -> str:
    return str(event.value["text"])
