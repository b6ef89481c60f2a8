"""What the page does: each function takes plain values and gives back HTML or plain values.

Here a FazhiError becomes a message on the page; any other error is a bug and keeps
its traceback.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import parse_qs

from rag.errors import FazhiError
from rag.models import Language, Turn
from rag.pipeline import answer
from rag.stores import Stores
from ui.render import render_error, render_welcome, render_working, stream_answer
from ui.source_view import parse_query, render_source, render_source_hint
from ui.texts import LANGUAGES, Texts, preferred_language, texts_in

MOST_EXAMPLES = 4
LONGEST_QUESTION = 500  # characters; what is longer is no question


@dataclass(frozen=True)
class Exchange:
    """One question of the conversation and its answer as HTML."""

    question: str
    html: str


@dataclass(frozen=True)
class Choices:
    """The places and years of the stored reports, to narrow the scope with."""

    places: tuple[str, ...]
    years: tuple[int, ...]


def converse(
    question: str,
    exchanges: Sequence[Exchange],
    *,
    stores: Stores,
    texts: Texts,
    places: Sequence[str] = (),
    years: Sequence[int] = (),
) -> Iterator[tuple[Exchange, ...]]:
    """The conversation with the question's answer growing at its end.

    Gives nothing for an empty question. The answer is in the question's language,
    what stands around it in the interface's.
    """
    question = question.strip()[:LONGEST_QUESTION]
    if not question:
        return
    earlier = tuple(exchanges)
    yield (*earlier, Exchange(question, render_working(texts)))
    history = tuple(Turn(exchange.question) for exchange in earlier)
    try:
        found = answer(question, history=history, stores=stores, places=places, years=years)
    except FazhiError as error:
        yield (*earlier, Exchange(question, render_error(str(error), texts)))
        return
    except Exception:
        # A bug: it keeps its traceback, and the reader is not left waiting.
        yield (*earlier, Exchange(question, render_error(texts("bug"), texts)))
        raise
    for html in stream_answer(found, texts_in(found.language)):
        yield (*earlier, Exchange(question, html))


def warm_up(stores: Stores) -> None:
    """Load what the first questions need, so that nobody waits for it.

    What cannot be loaded is told to whoever asks for it.
    """
    with suppress(FazhiError):
        for question in examples(stores=stores, texts=texts_in("zh"))[:1]:
            answer(question, stores=stores)
        _ = stores.vectors
        stores.embedder.embed_query(texts_in("zh")("app_title"))


def open_source(query: str, *, stores: Stores, texts: Texts) -> str:
    """The source panel for an address query; the hint when the query names no report."""
    link = parse_query(query)
    if link is None:
        return render_source_hint(texts)
    try:
        return render_source(stores.database.report(link.report_id), link, texts)
    except FazhiError as error:
        return render_error(str(error), texts)


def page_language(query: str, remembered: str, accept_language: str) -> Language:
    """The interface's language: the address's, else the one chosen before, else the browser's."""
    asked = parse_qs(query.removeprefix("?")).get("lang", [""])[0]
    for wanted in (asked, remembered):
        for language in LANGUAGES:
            if wanted == language:
                return language
    return preferred_language(accept_language)


def page_question(query: str) -> str:
    """The question an address asks; empty when it asks none."""
    return parse_qs(query.removeprefix("?")).get("q", [""])[0]


def welcome(*, stores: Stores, texts: Texts) -> str:
    """What the empty conversation shows, as HTML."""
    try:
        return render_welcome(stores.database.cards(), texts)
    except FazhiError as error:
        return render_error(str(error), texts)


def examples(*, stores: Stores, texts: Texts) -> tuple[str, ...]:
    """Questions to offer: those the stored reports state something about."""
    cards = {card.id: card for card in stores.database.cards()}
    if not cards:
        return ()
    fitting: list[str] = []
    for example in texts.examples:
        town = ""
        if example.indicator:
            facts = stores.database.facts(indicators=(example.indicator,))
            towns = (cards[fact.report_id].place.town for fact in facts if fact.kind == "achieved")
            town = next((name for name in towns if name), "")
        if town or not example.indicator:
            fitting.append(example.question.replace("{town}", town))
    return tuple(fitting[:MOST_EXAMPLES])


def choices(*, stores: Stores) -> Choices:
    """The places (provinces first, towns last) and years of the stored reports."""
    cards = stores.database.cards()
    levels = (
        [card.place.province for card in cards],
        [card.place.city for card in cards],
        [card.place.county for card in cards],
        [card.place.town for card in cards],
    )
    names = dict.fromkeys(name for level in levels for name in level if name)
    years = sorted({card.year for card in cards if card.year}, reverse=True)
    return Choices(tuple(names), tuple(years))
