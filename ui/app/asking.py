"""Whatever makes an answer: a question typed, chosen, corrected, asked again or restored."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import gradio as gr

from rag.models import Language
from ui.app.events import QUEUED, QUICK, UNTIL_KNOWN, Updates, address_of, kept_as, messages_of
from ui.app.layout import Page
from ui.app.words import busy_box, idle_box
from ui.asks import Ask, asking, asks_of, value_in
from ui.conversations import Conversation, read_asks
from ui.exchanges import Exchange, stopped
from ui.filters import Filters
from ui.handlers import converse, converse_again, replay
from ui.shelf import Shelf
from ui.texts import texts_in

ON_ITS_WAY = 1.0  # seconds within which a step of an answer reaches the page
Growing = Iterator[tuple[Exchange, ...]]


class Asking:
    """The events that answer; each can be stopped."""

    def __init__(self, page: Page, shelf: Shelf) -> None:
        self.page = page
        self.shelf = shelf
        # What every answer is made with, and what it changes.
        self.state = [page.exchanges, page.language, page.talk]
        self.changed = [page.question, page.chat, page.exchanges, page.talk, page.bridge]
        # What was stopped while it was being answered, by id, and when. Gradio's own `cancels` is
        # not used: what a browser asks for just after it gets lost with the stream it closes.
        self._stopped_at: dict[str, float] = {}

    def wire(self) -> None:
        """The question box, the examples, the page's script, stopping and starting anew."""
        page = self.page
        narrowed = page.filters.fields
        self.on(page.question.submit, self._typed, [page.question, *narrowed])
        filled = page.chat.example_select(_chosen, None, [page.question], **QUICK)
        self.on(filled.then, self._typed, [page.question, *narrowed])
        self.on(page.bridge.submit, self._sent, [])
        page.question.stop(self._stopped, self.state, self.changed, **QUICK)
        page.anew.click(self._emptied, [page.language], self.changed, **QUICK)

    def on(self, event: Callable[..., Any], answer: Callable[..., Any], inputs: list[Any]) -> None:
        """Have an event answer; `answer` gets the inputs, then the state of the page."""
        event(answer, [*inputs, *self.state], self.changed, **QUEUED)

    def asked(self, ask: Ask | None, *state: Any) -> Iterator[Updates]:
        """What the page shows while one more question is answered."""
        exchanges, language, talk = state
        if ask is None:
            yield {self.page.talk: gr.skip()}  # something has to be given, if only this
            return
        texts = texts_in(language or UNTIL_KNOWN)
        growing = converse(ask, exchanges, shelf=self.shelf, texts=texts)
        step = "replace" if exchanges else "push"
        yield from self._growing(growing, language, talk, step=step, emptied={"value": ""})

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
        talk: str,
        event: gr.EventData,
    ) -> Iterator[Updates]:
        """What the page's script sends: an answer to be made anew, or an address gone to."""
        query, step, kept = str(event.link), str(event.step), read_asks(event.asks)
        texts = texts_in(language or UNTIL_KNOWN)
        if value_in(query, "do") == "again":
            name = value_in(query, "answer")
            growing = converse_again(exchanges, name, shelf=self.shelf, texts=texts)
            yield from self._growing(growing, language, talk, step="replace")
        elif asks := kept or asks_of(query):
            growing = replay(asks, shelf=self.shelf, texts=texts)
            name = value_in(query, "chat") if kept else ""
            yield from self._growing(growing, language, name, step=step)
        else:
            yield self._emptied(language, step=step)

    def _growing(
        self,
        growing: Growing,
        language: Language | None,
        talk: str,
        *,
        step: str,
        emptied: dict[str, Any] | None = None,
    ) -> Iterator[Updates]:
        """The growing conversation on the page, its address, and what the browser is to keep."""
        page = self.page
        name = talk or secrets.token_hex(4)
        changing: Updates = {page.question: gr.update(**busy_box(language), **(emptied or {}))}
        shown: tuple[Exchange, ...] = ()
        conversation: tuple[Exchange, ...] = ()
        try:
            for conversation in growing:
                seconds = self._stopped_for(conversation)
                if seconds is not None:
                    yield self._after_stopping(conversation, language, seconds)
                    return
                if conversation == shown or _whole(conversation):
                    continue  # what is whole is shown with the step after it
                if _ids(conversation) != _ids(shown):
                    changing |= {page.exchanges: conversation, page.talk: name}
                address = address_of(conversation, name, step)
                yield changing | {page.chat: messages_of(conversation), page.bridge: address}
                shown, changing = conversation, {}  # what is typed meanwhile stays
        except Exception:  # a bug: it keeps its traceback, and the box can be used again
            yield {page.question: gr.update(**idle_box(language))}
            raise
        if conversation:
            yield self._ended(conversation, language, name, step)
        else:
            yield {page.talk: gr.skip()}  # something has to be given, if only this

    def _stopped_for(self, conversation: tuple[Exchange, ...]) -> float | None:
        """How long ago, in seconds, an exchange of the conversation was stopped."""
        times = [self._stopped_at.pop(exchange.id, None) for exchange in conversation]
        return next((time.monotonic() - at for at in times if at is not None), None)

    def _after_stopping(
        self, conversation: tuple[Exchange, ...], language: Language | None, seconds: float
    ) -> Updates:
        """What the stopped answer gives last: that it was stopped, in place of any step on its way.

        Nothing where that was long ago: something else may have been asked since.
        """
        if seconds > ON_ITS_WAY:
            return {self.page.talk: gr.skip()}
        texts = texts_in(language or UNTIL_KNOWN)
        return {self.page.chat: messages_of(stopped(conversation, texts))}

    def _ended(
        self,
        conversation: tuple[Exchange, ...],
        language: Language | None,
        name: str,
        step: str,
    ) -> Updates:
        """The whole conversation, for the browser to keep, and the question box ready again."""
        page = self.page
        now = datetime.now(UTC).isoformat(timespec="seconds")
        talk = Conversation(name, now, tuple(exchange.ask for exchange in conversation))
        return {
            page.question: gr.update(**idle_box(language)),
            page.chat: messages_of(conversation),
            page.exchanges: conversation,
            page.talk: name,
            page.bridge: address_of(conversation, name, step) + kept_as(talk),
        }

    def _stopped(
        self, exchanges: tuple[Exchange, ...], language: Language | None, talk: str
    ) -> Updates:
        now = time.monotonic()
        self._stopped_at |= {exchange.id: now for exchange in exchanges if not exchange.finished}
        conversation = stopped(exchanges, texts_in(language or UNTIL_KNOWN))
        if not conversation:
            return {self.page.question: gr.update(**idle_box(language))}
        return self._ended(conversation, language, talk, "replace")

    def _emptied(self, language: Language | None, step: str = "push") -> Updates:
        """The page as it is before the first question."""
        page = self.page
        return {
            page.question: gr.update(value="", **idle_box(language)),
            page.chat: [],
            page.exchanges: (),
            page.talk: "",
            page.bridge: address_of((), "", step),
        }


def _chosen(event: gr.SelectData) -> str:
    return str(event.value["text"])


def _whole(conversation: tuple[Exchange, ...]) -> bool:
    return all(exchange.finished for exchange in conversation)


def _ids(conversation: tuple[Exchange, ...]) -> list[str]:
    return [exchange.id for exchange in conversation]
