"""The stores a question or an ingest needs, each opened when it is first used.

A census needs the database alone, so the vectors, the word index and the embedding
model are not even imported until something asks for them.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rag.database import Database, Pending
from rag.errors import ReportNotFound
from rag.originals import Original, Originals
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.chat_model import ChatModel
    from rag.embed import Embedder
    from rag.indicators import Register
    from rag.lexical import LexicalIndex
    from rag.meaning import Meaning
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
    def embedding(self) -> str:
        """The name of the embedding model, which is not loaded for it."""
        return self._lazy.embedding

    @cached_property
    def meaning(self) -> Meaning:
        """Search by meaning, of the reports as they are here; finds nothing where that fails."""
        from rag.meaning import Meaning

        def embedder() -> Embedder:
            return self._lazy.embedder

        def behind() -> Collection[str]:  # looked up when a search needs it
            found = self._lazy.behind_of(self.database, "vectors")
            return found()

        index = self._lazy.current_vectors
        return Meaning(self.database, embedder=embedder, index=index, behind=behind)

    @property
    def vectors(self) -> VectorIndex:
        """The vector index, with what other processes wrote; raises StoreUnavailable."""
        return self._lazy.current_vectors()

    @property
    def lexical(self) -> LexicalIndex:
        """The word index; raises StoreUnavailable."""
        return self._lazy.lexical

    @property
    def chat_model(self) -> ChatModel | None:
        """The chat model that the settings name; None where they name none; raises BadSetting."""
        return self._lazy.chat_model

    @property
    def originals(self) -> Originals:
        """The kept files."""
        return self._lazy.originals

    def original(self, report_id: str) -> Original:
        """The file that the report was read from, as it was.

        Raises:
            ReportNotFound: there is no such report, or its file is not kept.
        """
        card = self.database.card(report_id)
        path = self.originals.path(card.sha256)
        if not path.is_file():
            raise ReportNotFound(
                f"the original of {card.source} is not kept; ingest the file again "
                "(FAZHI_ORIGINALS says how many megabytes are kept)"
            )
        return Original(card.source, path)

    def renew_vectors(self) -> None:
        """Throw away the vectors of another model and take down that none are held."""
        self.database.forget_indexed("vectors")
        self.database.drop_vectors()
        self._lazy.open_vectors(anew=True)

    def renew_words(self) -> None:
        """Throw away the word index and take down that it holds nothing."""
        self.database.forget_indexed("lexical")
        self._lazy.open_words_anew()

    @contextmanager
    def changing(self, index: str, items: Sequence[Pending]) -> Iterator[None]:
        """While this process writes these to an index; then the database says it holds them.

        Where the process is killed inside, or the index fails, they are pending again.
        """
        with self._lazy.own_writing():
            self.database.mark_changing(index, [item.report_id for item in items])
        yield
        with self._lazy.own_writing():
            self.database.mark_indexed(index, items)

    @contextmanager
    def snapshot(self) -> Iterator[Stores]:
        """These stores with the database as it is now, whatever others write meanwhile.

        For one thread at a time. What the indexes find is looked up in that state of the
        database, so that an answer never mixes two versions of a report.
        """
        with self.database.snapshot() as database:
            yield _Snapshot(self.settings, database, self._lazy)

    def close(self) -> None:
        self._lazy.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class _Snapshot(Stores):
    """Stores whose word index says what the snapshot's database says, to be read only."""

    @property
    def lexical(self) -> LexicalIndex:
        from rag.current_words import CurrentWords

        behind = self._lazy.behind_of(self.database, "lexical")
        making = self._lazy.words_of(self.database)
        return CurrentWords.of(self._lazy.lexical, behind=behind, making=making)


def open_stores(
    settings: Settings, *, embedder: Embedder | None = None, chat_model: ChatModel | None = None
) -> Stores:
    """The stores of these settings; to be closed, or used in a `with`.

    Args:
        embedder: one that is loaded already, of the model the settings name.
        chat_model: one to use instead of what the settings name.

    Raises:
        StoreUnavailable: the database cannot be opened. The indexes are opened on first
            use, and raise it then.
    """
    database = Database.open(settings.database_url)
    lazy = _Lazy(settings, database)
    if embedder is not None:
        lazy.embedder = embedder
    if chat_model is not None:
        lazy.chat_model = chat_model
    return Stores(settings, database, lazy)


class _Lazy:
    """What is opened on first use, once, and shared by the stores and their snapshots."""

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
