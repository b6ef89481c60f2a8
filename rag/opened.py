"""What the stores need besides the database, opened on first use, once, and shared by all.

How a running chat follows `fazhi ingest`: Chroma shows a process nothing that another writes to
an open folder, so the database counts the changes of the indexes, and whoever finds the count
risen opens the folder again. An owner that others hand their work to, or a server that is
started on demand, would be one more process to start, find and survive the death of; a new
generation swapped in would copy all vectors for each report. The count costs one look-up, and
holds for a Chroma server and for any number of processes as well. Until the folder is opened
again, and while an index is behind, what it says of a changed report is passed over.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from rag.database import Database
from rag.originals import Originals
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.chat_model import ChatModel
    from rag.embed import Embedder
    from rag.indicators import Register
    from rag.lexical import LexicalIndex
    from rag.vectors import VectorIndex


class Opened:
    """Shared by stores and their snapshots; many threads may ask."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self._lock = threading.RLock()
        self._vectors: VectorIndex | None = None
        self._seen = 0  # the indexes' generation that the open vectors are of
        self._pending: dict[str, tuple[tuple[int, int], frozenset[str]]] = {}  # by index
        self._own_words: tuple[tuple[int, frozenset[str]], LexicalIndex] | None = None

    @cached_property
    def originals(self) -> Originals:
        return Originals(self.settings.originals_path, self.settings.originals * 1_000_000)

    @cached_property
    def register(self) -> Register:
        from rag.indicators import load_register

        return load_register(self.settings.indicators_file)

    @cached_property
    def embedder(self) -> Embedder:
        from rag.embed import open_embedder

        with self._lock:
            return open_embedder(self.settings.embedding, self.settings.cache)

    @property
    def embedding(self) -> str:
        loaded: Embedder | None = self.__dict__.get("embedder")
        return self.settings.embedding if loaded is None else loaded.name

    @cached_property
    def chat_model(self) -> ChatModel | None:
        if not self.settings.chat_model:
            return None
        from rag.chat_model import open_chat_model

        with self._lock:
            return open_chat_model(self.settings)

    @cached_property
    def lexical(self) -> LexicalIndex:
        from rag.lexical import LexicalIndex

        with self._lock:
            return LexicalIndex.open(self.settings.lexical_path)

    def open_words_anew(self) -> None:
        from rag.lexical import LexicalIndex

        with self._lock:
            self.__dict__["lexical"] = LexicalIndex.open(self.settings.lexical_path, anew=True)

    def close(self) -> None:
        with self._lock:
            if self._vectors is not None:
                self._vectors.close()
        self.database.close()

    def current_vectors(self) -> VectorIndex:
        with self._lock:
            if self._vectors is None:
                return self.open_vectors()
            written = self.database.indexes_generation()
            if written != self._seen:  # an open folder does not show what others write
                if not self.settings.chroma:
                    self._vectors.reopen()
                self._seen = written
            return self._vectors

    def prepare_vectors(self) -> None:
        self.current_vectors().prepare()

    def follow_vectors(self) -> None:
        with self._lock:
            behind = self._vectors is not None and self._seen != self.database.indexes_generation()
            if behind and not self.database.pending("vectors"):
                self.prepare_vectors()

    def open_vectors(self, *, anew: bool = False) -> VectorIndex:
        from rag.vectors import VectorIndex

        with self._lock:
            self._seen = self.database.indexes_generation()
            place = self.settings.chroma or self.settings.chroma_path
            self._vectors = VectorIndex.open(place, self.embedder, anew=anew)
            return self._vectors

    @contextmanager
    def own_writing(self) -> Iterator[None]:
        """Around a change of the indexes' state that needs no reopening, since it is our own."""
        with self._lock:
            current = self._seen == self.database.indexes_generation()
            yield
            if current:
                self._seen = self.database.indexes_generation()

    def behind_of(self, snapshot: Database, index: str) -> Callable[[], Collection[str]]:
        """A function that gives the reports of which an index may differ from a snapshot.

        Those it did not hold in the snapshot's state, and those that it holds otherwise now:
        versions only rise, so a report that is the same at both ends was so in between.
        """
        stamp = (snapshot.generation(), snapshot.indexes_generation())
        known = self._pending.get(index)
        if known is None or known[0] != stamp:
            known = (stamp, frozenset(item.report_id for item in snapshot.pending(index)))
            self._pending[index] = known
        before = known[1]

        def behind() -> Collection[str]:
            if self.database.indexes_generation() == stamp[1]:
                return before
            held = self.database.held(index).items()
            return before | {name for name, _ in snapshot.held(index).items() ^ held}

        return behind

    def words_of(self, snapshot: Database) -> Callable[[Collection[str]], LexicalIndex]:
        """A function that makes a word index of some reports of a snapshot."""

        def making(report_ids: Collection[str]) -> LexicalIndex:
            from rag.lexical import LexicalIndex

            generation = snapshot.generation()
            stamp = (generation, frozenset(report_ids))
            with self._lock:
                if self._own_words is None or self._own_words[0] != stamp:
                    index = LexicalIndex.in_memory()
                    for card in snapshot.cards(include_superseded=False):
                        if card.id in stamp[1] and not card.unreadable:
                            paragraphs = snapshot.paragraphs(report_ids=[card.id])
                            index.replace(card.id, paragraphs, title=card.title)
                    index.commit()
                    self._own_words = (stamp, index)
                return self._own_words[1]

        return making
