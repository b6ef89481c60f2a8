"""The stores a question or an ingest needs, each opened when it is first used.

A census needs the database alone, so the vectors, the word index and the embedding
model are not even imported until something asks for them.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rag.database import Database, Pending
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.embed import Embedder
    from rag.indicators import Register
    from rag.lexical import LexicalIndex
    from rag.vectors import VectorIndex


class Stores:
    """The database and its derived indexes. Many threads may use it; close it after use."""

    def __init__(self, settings: Settings, database: Database, lazy: _Lazy) -> None:
        self.settings = settings
        self.database = database
        self._lazy = lazy

    @property
    def register(self) -> Register:
        """The register of indicators."""
        return self._lazy.register

    @property
    def embedder(self) -> Embedder:
        """The embedding model, itself loaded with the first text; raises BadSetting."""
        return self._lazy.embedder

    @property
    def vectors(self) -> VectorIndex:
        """The vector index, with what other processes wrote; raises StoreUnavailable."""
        return self._lazy.current_vectors()

    @property
    def lexical(self) -> LexicalIndex:
        """The word index; raises StoreUnavailable."""
        return self._lazy.lexical

    def renew_vectors(self) -> None:
        """Throw away the vectors of another model and take down that none are held."""
        self._lazy.open_vectors(anew=True)
        self.database.forget_indexed("vectors")

    def mark_indexed(self, index: str, items: Iterable[Pending]) -> None:
        """Take down in the database what this process has just written to an index."""
        self._lazy.mark_indexed(index, items)

    @contextmanager
    def snapshot(self) -> Iterator[Stores]:
        """These stores with the database as it is now, whatever others write meanwhile.

        For one thread at a time. What the indexes find is looked up in that state of the
        database, so that an answer never mixes two versions of a report.
        """
        with self.database.snapshot() as database:
            yield Stores(self.settings, database, self._lazy)

    def close(self) -> None:
        self._lazy.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def open_stores(settings: Settings, *, embedder: Embedder | None = None) -> Stores:
    """The stores of these settings; to be closed, or used in a `with`.

    Args:
        embedder: one that is loaded already, of the model the settings name.

    Raises:
        StoreUnavailable: the database cannot be opened. The indexes are opened on first
            use, and raise it then.
    """
    database = Database.open(settings.database_url)
    lazy = _Lazy(settings, database)
    if embedder is not None:
        lazy.embedder = embedder
    return Stores(settings, database, lazy)


class _Lazy:
    """What is opened on first use, once, and shared by the stores and their snapshots."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self._lock = threading.RLock()
        self._vectors: VectorIndex | None = None
        self._seen = 0  # the indexes' generation that the open vectors are of

    @cached_property
    def register(self) -> Register:
        from rag.indicators import load_register

        return load_register()

    @cached_property
    def embedder(self) -> Embedder:
        from rag.embed import open_embedder

        with self._lock:
            return open_embedder(self.settings.embedding, self.settings.cache)

    @cached_property
    def lexical(self) -> LexicalIndex:
        from rag.lexical import LexicalIndex

        with self._lock:
            return LexicalIndex.open(self.settings.lexical_path)

    def current_vectors(self) -> VectorIndex:
        with self._lock:
            if self._vectors is None:
                return self.open_vectors()
            written = self.database.indexes_generation()
            if written != self._seen:  # an open folder does not show what others write
                self._vectors.reopen()
                self._seen = written
            return self._vectors

    def open_vectors(self, *, anew: bool = False) -> VectorIndex:
        from rag.vectors import VectorIndex

        with self._lock:
            self._seen = self.database.indexes_generation()
            place = self.settings.chroma or self.settings.chroma_path
            self._vectors = VectorIndex.open(place, self.embedder, anew=anew)
            return self._vectors

    def mark_indexed(self, index: str, items: Iterable[Pending]) -> None:
        with self._lock:
            current = self._seen == self.database.indexes_generation()
            self.database.mark_indexed(index, items)
            if current:
                self._seen = self.database.indexes_generation()
