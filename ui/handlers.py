"""What the page does: each function takes plain values and gives back HTML or plain values.

Here a FazhiError becomes a message on the page; any other error is a bug and keeps
its traceback.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from rag.errors import FazhiError
from rag.models import Language
from rag.models.events import Finished
from rag.stores import Stores
from ui.asks import Ask, value_in
from ui.exchanges import Exchange, asks_until, begun, failed, position_of, shown_at
from ui.feedback import LONGEST_COMMENT, Feedback, Thumb
from ui.findings_table import TableView
from ui.render import render_answer, render_error, render_welcome, stream_answer
from ui.shelf import Shelf
from ui.source_view import parse_query, render_source, render_source_hint
from ui.texts import LANGUAGES, Texts, preferred_language, texts_in
from ui.writing_view import GrowingAnswer

MOST_EXAMPLES = 4
Conversation = tuple[Exchange, ...]


def converse(
    ask: Ask, exchanges: Sequence[Exchange], *, shelf: Shelf, texts: Texts
) -> Iterator[Conversation]:
    """The conversation with the answer to one more question growing at its end.

    The answer is in the question's language, what stands around it in the interface's.
    """
    earlier = tuple(exchanges)
    yield from _answered((*earlier, begun(ask, texts)), len(earlier), shelf, texts)


def converse_again(
    exchanges: Sequence[Exchange], name: str, *, shelf: Shelf, texts: Texts
) -> Iterator[Conversation]:
    """The conversation with the answer of this id made anew, in its place."""
    position = position_of(exchanges, name)
    if position is None:
        return
    before, after = exchanges[:position], exchanges[position + 1 :]
    anew = begun(exchanges[position].ask, texts)
    yield from _answered((*before, anew, *after), position, shelf, texts)


def replay(asks: Sequence[Ask], *, shelf: Shelf, texts: Texts) -> Iterator[Conversation]:
    """A conversation that was kept or shared, each of its questions asked again."""
    exchanges: Conversation = ()
    for ask in asks:
        before = exchanges
        for exchanges in converse(ask, before, shelf=shelf, texts=texts):
            yield exchanges


def turn_table(
    exchanges: Sequence[Exchange], name: str, view: TableView, *, shelf: Shelf, texts: Texts
) -> Conversation:
    """The conversation with the table of one answer sorted, narrowed or turned to a page."""
    return _changed(exchanges, name, shelf, texts, view=view)


def judge(
    exchanges: Sequence[Exchange], name: str, thumb: Thumb, *, shelf: Shelf, texts: Texts
) -> Conversation:
    """The conversation with what its reader thinks of one answer shown at it."""
    return _changed(exchanges, name, shelf, texts, thumb=thumb)


def feedback_on(
    exchanges: Sequence[Exchange], name: str, thumb: Thumb, comment: str = ""
) -> Feedback | None:
    """What is written down of a thumb; None where no answer has this id."""
    position = position_of(exchanges, name)
    if position is None:
        return None
    exchange = exchanges[position]
    history = tuple(ask.question for ask in asks_until(exchanges, position)[:-1])
    return Feedback(
        time=datetime.now(UTC).isoformat(timespec="seconds"),
        question=exchange.ask.question,
        history=history,
        answer_id=exchange.id,
        status=exchange.status,
        thumb=thumb,
        comment=comment.strip()[:LONGEST_COMMENT],
    )


def warm_up(stores: Stores) -> None:
    """Load what searches by meaning need, so that nobody waits for it.

    What cannot be loaded is told to whoever asks for it.
    """
    with suppress(FazhiError):
        stores.prepare()
        stores.embedder.embed_query(texts_in("zh")("app_title"))


def open_source(query: str, *, stores: Stores, texts: Texts) -> str:
    """The source panel for an address query; the hint when the query names no report."""
    link = parse_query(query)
    if link is None:
        return render_source_hint(texts)
    try:
        report = stores.database.report(link.report_id)
        kept = stores.originals.holds(report.card.sha256)
        return render_source(report, link, texts, original=kept)
    except FazhiError as error:
        return render_error(str(error), texts)


def page_language(query: str, remembered: str, accept_language: str) -> Language:
    """The interface's language: the address's, else the one chosen before, else the browser's."""
    for wanted in (value_in(query, "lang"), remembered):
        for language in LANGUAGES:
            if wanted == language:
                return language
    return preferred_language(accept_language)


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


def _answered(
    exchanges: Conversation, position: int, shelf: Shelf, texts: Texts
) -> Iterator[Conversation]:
    """The conversation with the exchange at this place answered, growing."""

    def with_exchange(changed: Exchange) -> Conversation:
        return (*exchanges[:position], changed, *exchanges[position + 1 :])

    yield exchanges
    asked = exchanges[position]
    writer = GrowingAnswer()
    try:
        for event in shelf.stream(asks_until(exchanges, position)):
            if isinstance(event, Finished):
                found = event.answer
            else:
                asked = replace(asked, html=writer.picture(event) or asked.html)
                yield with_exchange(asked)  # also when nothing is new: it may have been stopped
    except FazhiError as error:
        yield with_exchange(failed(asked, f"{error}{_request(shelf, texts)}", texts))
        return
    except Exception:
        # A bug: it keeps its traceback, and the reader is not left waiting.
        yield with_exchange(failed(asked, f"{texts('bug')}{_request(shelf, texts)}", texts))
        raise
    shown = shown_at(exchanges, position)
    pieces = tuple(stream_answer(found, texts_in(found.language), shown))
    for number, html in enumerate(pieces, start=1):
        finished = number == len(pieces)
        yield with_exchange(replace(asked, html=html, status=found.status, finished=finished))


def _request(shelf: Shelf, texts: Texts) -> str:
    """What a failure says of its request, for the log to be searched; empty where it has no id."""
    name = shelf.watch.caller().request_id
    return texts("request", id=name) if name else ""


def _changed(
    exchanges: Sequence[Exchange],
    name: str,
    shelf: Shelf,
    texts: Texts,
    *,
    view: TableView | None = None,
    thumb: Thumb | None = None,
) -> Conversation:
    """The conversation with one answer shown otherwise."""
    position = position_of(exchanges, name)
    if position is None:
        return tuple(exchanges)
    before = exchanges[position]
    changed = replace(before, view=view or before.view, thumb=thumb or before.thumb)
    whole = (*exchanges[:position], changed, *exchanges[position + 1 :])
    try:
        found = shelf.get(asks_until(whole, position))
    except FazhiError as error:
        changed = failed(changed, str(error), texts)
    else:
        html = render_answer(found, texts_in(found.language), shown_at(whole, position))
        changed = replace(changed, html=html)
    return (*exchanges[:position], changed, *exchanges[position + 1 :])
