"""The answers given lately, so that their tables can be sorted, paged and downloaded."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence

from rag.models import Answer, Turn
from rag.models.events import AnswerEvent, Finished
from rag.pipeline import stream_answer
from rag.stores import Stores
from ui.asks import Ask

MOST_KEPT = 60  # answers of all sessions together; one over 1,000 reports takes about 2 MB


class Shelf:
    """Answers by what was asked. Many threads may use it.

    An answer that is not here any more, or that was made before the stored reports
    changed, is made again.
    """

    def __init__(self, stores: Stores) -> None:
        self.stores = stores
        self._kept: OrderedDict[tuple[Ask, ...], tuple[int, Answer]] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self, asks: Sequence[Ask]) -> Answer:
        """A fresh answer to the last of these, the others being its history.

        Raises:
            FazhiError: as `rag.pipeline.answer` does.
        """
        return next(event.answer for event in self.stream(asks) if isinstance(event, Finished))

    def stream(self, asks: Sequence[Ask]) -> Iterator[AnswerEvent]:
        """What `ask` gives, as it is made; raises as it does."""
        generation = self.stores.database.generation()
        last = asks[-1]
        history = [Turn(ask.question) for ask in asks[:-1]]
        for event in stream_answer(
            last.question, history=history, stores=self.stores, places=last.places, years=last.years
        ):
            if isinstance(event, Finished):
                self._keep(tuple(asks), generation, event.answer)
            yield event

    def _keep(self, asks: tuple[Ask, ...], generation: int, found: Answer) -> None:
        with self._lock:
            self._kept[asks] = (generation, found)
            self._kept.move_to_end(asks)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)

    def get(self, asks: Sequence[Ask]) -> Answer:
        """The answer given to the last of these, or a fresh one; raises as `ask` does."""
        with self._lock:
            generation, found = self._kept.get(tuple(asks), (-1, None))
        if found is not None and generation == self.stores.database.generation():
            return found
        return self.ask(asks)
