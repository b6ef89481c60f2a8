"""The conversation on the page: each question with its answer as HTML."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ui.actions_view import render_again
from ui.asks import Ask
from ui.findings_table import AS_AT_FIRST, TableView
from ui.render import render_error, render_stopped, render_working
from ui.shown import Shown
from ui.texts import Texts


@dataclass(frozen=True)
class Exchange:
    """One question of the conversation and its answer as HTML."""

    id: str
    ask: Ask
    html: str
    finished: bool = False
    status: str = ""  # of the answer
    view: TableView = AS_AT_FIRST
    thumb: str = ""  # up | down


def begun(ask: Ask, texts: Texts) -> Exchange:
    """A question that is being answered."""
    return Exchange(secrets.token_hex(5), ask, render_working(texts))


def position_of(exchanges: Sequence[Exchange], name: str) -> int | None:
    """Where the exchange with this id stands."""
    return next((i for i, exchange in enumerate(exchanges) if exchange.id == name), None)


def asks_until(exchanges: Sequence[Exchange], position: int) -> tuple[Ask, ...]:
    """What was asked up to this exchange and with it."""
    return tuple(exchange.ask for exchange in exchanges[: position + 1])


def shown_at(exchanges: Sequence[Exchange], position: int) -> Shown:
    """What the page knows of the answer at this place."""
    exchange = exchanges[position]
    asks = asks_until(exchanges, position)
    return Shown(exchange.id, asks, exchange.view, exchange.thumb)


def stopped(exchanges: Sequence[Exchange], texts: Texts) -> tuple[Exchange, ...]:
    """The conversation with what was still being answered told to be stopped."""
    return tuple(
        exchange
        if exchange.finished
        else replace(
            exchange,
            html=render_stopped(texts) + render_again(texts, shown_at(exchanges, position)),
            finished=True,
        )
        for position, exchange in enumerate(exchanges)
    )


def failed(exchange: Exchange, message: str, texts: Texts) -> Exchange:
    """An exchange that could not be answered, with the reason and a way to ask again."""
    again = render_again(texts, Shown(exchange.id, (exchange.ask,)))
    return replace(exchange, html=render_error(message, texts) + again, finished=True)
