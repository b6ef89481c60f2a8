"""The answers given lately, so that their tables can be sorted, paged and downloaded."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import suppress

from rag.errors import FazhiError
from rag.models import Answer, Turn
from rag.models.events import AnswerEvent, Finished
from rag.pipeline import answer, stream_answer
from rag.stores import Stores
from ui.asks import Ask
from ui.operating.watch import Caller, Watch

_ANY_CENSUS = "哪些镇的行政诉讼应诉率达到100%？"
MOST_KEPT = 60  # answers of all sessions together; one over 1,000 reports takes about 2 MB


class Shelf:
    """Answers by what was asked. Many threads may use it.

    An answer that is not here any more, or that was made before the stored reports
    changed, is made again.
    """

    def __init__(self, stores: Stores, watch: Watch | None = None) -> None:
        self.stores = stores
        self.watch = watch or Watch()
        self.asked_at = -math.inf  # time.monotonic() of the last question
        self._kept: OrderedDict[tuple[Ask, ...], tuple[int, Answer]] = OrderedDict()
        self._lock = threading.Lock()
        self._warming = threading.Lock()
        self._warm = False

    def warm(self) -> None:
        """Load the dictionaries and rules that every answer needs (about 1.5 s of a processor).

        Once, however many ask at the same time: each of them would load all of it for itself.
        What cannot be loaded is told to whoever asks for it.
        """
        with self._warming:
            if not self._warm:
                with suppress(FazhiError):
                    answer(_ANY_CENSUS, stores=self.stores)
                self._warm = True

    def ask(self, asks: Sequence[Ask], caller: Caller | None = None) -> Answer:
        """A fresh answer to the last of these, the others being its history.

        Raises:
            FazhiError: as `rag.pipeline.answer` does.
        """
        found = [event.answer for event in self.stream(asks, caller) if isinstance(event, Finished)]
        return found[-1]

    def stream(self, asks: Sequence[Ask], caller: Caller | None = None) -> Iterator[AnswerEvent]:
        """What `ask` gives, as it is made; raises as it does."""
        last, self.asked_at = asks[-1], time.monotonic()
        with self.watch.question(last.question, caller or self.watch.caller()) as seen:
            generation = self.stores.database.generation()
            self.warm()
            for event in stream_answer(
                last.question,
                history=[Turn(ask.question) for ask in asks[:-1]],
                stores=self.stores,
                places=last.places,
                years=last.years,
            ):
                if isinstance(event, Finished):
                    seen.answer = event.answer
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
