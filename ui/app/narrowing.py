"""The filters above a question, and the scope of an answer corrected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from rag.models import Language
from ui.app.asking import Asking
from ui.app.events import HIDDEN, QUICK, UNTIL_KNOWN, Updates
from ui.app.layout import Page
from ui.app.words import choice_pairs
from ui.asks import value_in
from ui.correcting import corrected_ask, correction_choices, to_correct
from ui.corrections import Correction
from ui.exchanges import Exchange, asks_until, position_of
from ui.filters import Filters, choices_of, kept_to
from ui.shelf import Shelf
from ui.texts import texts_in


def wire_filters(page: Page, shelf: Shelf) -> None:
    """What can be chosen is loaded when the filters are opened; each level narrows the next."""
    tray = page.filters

    def narrowed(
        provinces: list[str],
        counties: list[str],
        towns: list[str],
        years: list[int],
        language: Language | None,
    ) -> Updates:
        chosen = Filters(tuple(provinces), tuple(counties), tuple(towns), tuple(years))
        choices = choices_of(shelf.stores.database.cards(), chosen)
        left = kept_to(chosen, choices)
        texts = texts_in(language or UNTIL_KNOWN)
        words = [*left.places, *(str(year) for year in left.years)]
        named = texts("filters_chosen", chosen=texts("list_separator").join(words))
        return {
            tray.frame: gr.update(label=named if words else texts("filters")),
            tray.provinces: gr.update(choices=list(choices.provinces), value=list(left.provinces)),
            tray.counties: gr.update(choices=list(choices.counties), value=list(left.counties)),
            tray.towns: gr.update(choices=list(choices.towns), value=list(left.towns)),
            tray.years: gr.update(choices=list(choices.years), value=list(left.years)),
        }

    inputs = [*tray.fields, page.language]
    outputs = [tray.frame, *tray.fields]
    tray.frame.expand(narrowed, inputs, outputs, **QUICK)
    for field in tray.fields:
        field.input(narrowed, inputs, outputs, trigger_mode="always_last", **QUICK)


class Correcting:
    """A part of an answer's scope is clicked, a form opens with it, and it is asked anew."""

    def __init__(self, page: Page, shelf: Shelf) -> None:
        self.page = page
        self.shelf = shelf

    def wire(self, asking: Asking) -> None:
        page, tray = self.page, self.page.correction
        fields = tray.fields
        page.bridge.select(
            self._opened,
            [page.exchanges, page.language],
            [tray.frame, tray.pending, *fields],
            trigger_mode="always_last",
            **QUICK,
        )

        def asked(*given: Any) -> Iterator[Updates]:
            yield from self._asked(asking, *given)

        asking.on(tray.send.click, asked, [tray.pending, *fields])
        for button in (tray.send, tray.close):
            button.click(outputs=[tray.frame], **HIDDEN)

    def _opened(
        self,
        exchanges: tuple[Exchange, ...],
        language: Language | None,
        event: gr.EventData,
    ) -> Updates:
        tray = self.page.correction
        query = str(event.link)
        name = value_in(query, "answer")
        position = position_of(exchanges, name)
        if position is None:
            return {tray.frame: gr.update(visible=False)}
        part, subject = (_number(value_in(query, key)) for key in ("plan", "subject"))
        form = to_correct(self.shelf.get(asks_until(exchanges, position)), part, subject)
        texts = texts_in(language or UNTIL_KNOWN)
        choices = correction_choices(self.shelf.stores, texts.language)
        return {
            tray.frame: gr.update(visible=True),
            tray.pending: (name, part, subject),
            tray.subject: gr.update(choices=list(choices.subjects), value=form.correction.subject),
            tray.choice: gr.update(choices=choice_pairs(texts), value=form.correction.choice),
            tray.value: form.correction.value,
            tray.places: gr.update(choices=list(choices.places), value=list(form.places)),
            tray.years: gr.update(choices=list(choices.years), value=list(form.years)),
        }

    def _asked(
        self,
        asking: Asking,
        pending: tuple[str, int, int],
        subject: str | None,
        choice: str | None,
        value: str,
        places: list[str],
        years: list[int],
        *state: Any,
    ) -> Iterator[Updates]:
        exchanges: tuple[Exchange, ...] = state[0]
        name, part, number = pending
        position = position_of(exchanges, name)
        if position is None:
            yield from asking.asked(None, *state)
            return
        asks = asks_until(exchanges, position)
        correction = Correction(subject or "", choice or "", value)  # type: ignore[arg-type]
        ask = corrected_ask(
            self.shelf.stores,
            asks[-1],
            self.shelf.get(asks),
            part,
            number,
            correction,
            places=tuple(places),
            years=tuple(years),
        )
        yield from asking.asked(ask, *state)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
