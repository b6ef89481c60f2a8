"""The stores a question or an ingest needs, each opened when it is first used.

A census needs the database alone, so the vectors, the word index and the embedding
model are not even imported until something asks for them.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rag.database import Database, Pending
from rag.errors import ReportNotFound
from rag.opened import Opened
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

    def __init__(self, settings: Settings, database: Database, opened: Opened) -> None:
        self.settings = settings
        self.database = database
        self._opened = opened

    @property
    def register(self) -> Register:
        """The register of indicators."""
        return self._opened.register

    @property
    def embedder(self) -> Embedder:
        """The embedding model, itself loaded with the first text; raises BadSetting."""
        return self._opened.embedder

    @property
    def embedding(self) -> str:
        """The name of the embedding model, which is not loaded for it."""
        return self._opened.embedding

    @cached_property
    def meaning(self) -> Meaning:
        """Search by meaning, of the reports as they are here; finds nothing where that fails."""
        from rag.meaning import Meaning

        def embedder() -> Embedder:
            return self._opened.embedder

        def behind() -> Collection[str]:  # looked up when a search needs it
            found = self._opened.behind_of(self.database, "vectors")
            return found()

        index = self._opened.current_vectors
        return Meaning(self.database, embedder=embedder, index=index, behind=behind)

    @property
    def vectors(self) -> VectorIndex:
        """The vector index, with what other processes wrote; raises StoreUnavailable."""
        return self._opened.current_vectors()

    def prepare(self) -> None:
        """Load the vectors that the first search would wait for; raises StoreUnavailable."""
        self._opened.prepare_vectors()

    def follow(self) -> None:
        """See what another process wrote to the vectors, before a question has to wait for it.

        Nothing is done while that process still writes, or where no question has asked for the
        vectors yet. Raises StoreUnavailable.
        """
        self._opened.follow_vectors()

    @property
    def lexical(self) -> LexicalIndex:
        """The word index; raises StoreUnavailable."""
        return self._opened.lexical

    @property
    def chat_model(self) -> ChatModel | None:
        """The chat model that the settings name; None where they name none; raises BadSetting."""
        return self._opened.chat_model

    @property
    def originals(self) -> Originals:
        """The kept files."""
        return self._opened.originals

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
        """Throw away all vectors and take down that none are held."""
        self.database.forget_indexed("vectors")
        self.database.drop_vectors()
        self._opened.open_vectors(anew=True)

    def renew_words(self) -> None:
        """Throw away the word index and take down that it holds nothing."""
        self.database.forget_indexed("lexical")
        self._opened.open_words_anew()

    @contextmanager
    def changing(self, index: str, items: Sequence[Pending]) -> Iterator[None]:
        """While this process writes these to an index; then the database says it holds them.

        Where the process is killed inside, or the index fails, they are pending again.
        """
        with self._opened.own_writing():
            self.database.mark_changing(index, [item.report_id for item in items])
        yield
        with self._opened.own_writing():
            self.database.mark_indexed(index, items)

    @contextmanager
    def snapshot(self) -> Iterator[Stores]:
        """These stores with the database as it is now, whatever others write meanwhile.

        For one thread at a time. What the indexes find is looked up in that state of the
        database, so that an answer never mixes two versions of a report.
        """
        with self.database.snapshot() as database:
            yield _Snapshot(self.settings, database, self._opened)

    def close(self) -> None:
        self._opened.close()

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

        behind = self._opened.behind_of(self.database, "lexical")
        making = self._opened.words_of(self.database)
        return CurrentWords.of(self._opened.lexical, behind=behind, making=making)


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
    opened = Opened(settings, database)
    if embedder is not None:
        opened.embedder = embedder
    if chat_model is not None:
        opened.chat_model = chat_model
    return Stores(settings, database, opened)
