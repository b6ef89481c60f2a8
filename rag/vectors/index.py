"""The vector index: passages by meaning (Chroma, through LangChain)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import numpy as np
from chromadb.errors import InternalError, NotFoundError
from langchain_chroma import Chroma

from rag.database import PassageVectors
from rag.passages import Passage
from rag.vectors.connecting import (
    FAILURES,
    connect,
    delete_all,
    disconnect,
    tune,
    unavailable,
)
from rag.vectors.exact import compare, packed

if TYPE_CHECKING:
    from rag.embed import Embedder

EXACT_REPORTS = 20  # up to so many, all their vectors are fetched and compared: 20 ms
HORIZON = 2000  # of the nearest passages of all, those of a larger scope are taken: 13 ms
REPORTS_AT_ONCE = 50  # whose vectors are fetched together
ADDED_AT_ONCE = 1024  # passages; Chroma takes 5,461
PAUSES = (0.0, 0.05, 0.2, 0.5, 1.0)  # seconds before a folder that changes is read again

Found = TypeVar("Found")
Progress = Callable[[int, int], None]  # done, of how many


class VectorIndex:
    """A collection of Chroma, in a folder or on a server, with vectors of one model.

    A folder has one writing process at a time (two lose records), and a process that has it
    open does not see another's writes until reopen(). A server has neither limit.
    """

    def __init__(self, place: Path | str, embedder: Embedder) -> None:
        self._place = place
        self._embedder = embedder
        # Afresh: Chroma remembers the folders of a process, also those closed long ago.
        self._store = connect(place, embedder, afresh=True)
        self._reopening = threading.Lock()

    @classmethod
    def open(cls, place: Path | str, embedder: Embedder, *, anew: bool = False) -> Self:
        """The index in a folder or at "http://host:port/database", made where there is none.

        With `anew`, what lies there is thrown away first.

        Raises:
            StoreUnavailable: the folder or server cannot be used.
            EmbedderMismatch: the vectors there are another model's.
        """
        if anew:
            delete_all(place)
        return cls(place, embedder)

    def add(self, passages: Sequence[Passage], progress: Progress | None = None) -> None:
        """Embed and put in, of many reports at once: equal lengths together go fastest."""
        ordered = sorted(passages, key=lambda passage: len(passage.text))
        for start in range(0, len(ordered), ADDED_AT_ONCE):
            batch = ordered[start : start + ADDED_AT_ONCE]
            self._put(batch)
            if progress:
                progress(start + len(batch), len(ordered))

    def replace(self, report_id: str, passages: Sequence[Passage]) -> None:
        """Put these passages in the place of all the report has; it is never without any."""
        before = self._ids({"report_id": report_id})
        self.add(passages)
        self._delete(before - {passage.id for passage in passages})

    def remove(self, report_id: str) -> None:
        self._delete(self._ids({"report_id": report_id}))

    def search(
        self, query: str, *, k: int, report_ids: Collection[str] | None = None
    ) -> tuple[tuple[str, float], ...]:
        """The k nearest paragraph ids with their cosine (-1 to 1) to the query, nearest first.

        A paragraph counts by its nearest passage. In a scope the search is exact where the
        reports are few or the nearest of all hold too few of it.
        """
        if k < 1 or (report_ids is not None and not report_ids):
            return ()
        vector = self._embedder.embed_query(query)
        if report_ids is None:
            return best_of(self.nearest(vector, passages_for(k)), k)
        if len(report_ids) > EXACT_REPORTS:
            found = best_of(within(set(report_ids), self.nearest(vector, HORIZON)), k)
            if len(found) == k:
                return found
        return best_of(compare(vector, list(self.vectors(report_ids))), k)

    def nearest(self, vector: Sequence[float], count: int) -> list[tuple[str, float]]:
        """The paragraph id and cosine of about so many passages, of all, nearest first.

        An approximate index: of the 50 nearest it misses less than one.
        """
        got = self._ask(
            lambda store: store._collection.query(
                query_embeddings=[vector], n_results=count, include=["distances"]
            )
        )
        # Texts and metadata of so many would take longer than the search: ids say it all.
        names = (name.rpartition(".")[0] for name in got["ids"][0])
        distances = (got["distances"] or [[]])[0]
        return [(name, 1 - distance) for name, distance in zip(names, distances, strict=True)]

    def vectors(self, report_ids: Iterable[str]) -> Iterator[PassageVectors]:
        """The vectors of each of these reports that has any, as a database keeps them."""
        wanted = sorted(set(report_ids))
        for start in range(0, len(wanted), REPORTS_AT_ONCE):
            yield from self._vectors(wanted[start : start + REPORTS_AT_ONCE])

    def count(self) -> int:
        """How many passages the index holds; raises StoreUnavailable."""
        return self._ask(lambda store: store._collection.count())

    def ids(self) -> set[str]:
        """The ids of all passages in the index."""
        return self._ids(None)

    def texts(self) -> dict[str, str]:
        """The text that each passage's vector was made of, by passage id."""
        got = self._ask(lambda store: store.get(include=["documents"]))
        return dict(zip(got["ids"], got["documents"], strict=True))

    def prepare(self) -> None:
        """Load what the first search would load."""
        got = self._ask(lambda store: store.get(limit=1, include=["embeddings"]))
        for vector in got["embeddings"]:
            self.nearest(vector, 1)

    def reopen(self) -> None:
        """See what other processes have written to the folder meanwhile."""
        self._reopen(self._store)

    def tune(self) -> None:
        """Set what this program searches with, where an older one made the index."""
        if self._ask(tune):
            self.reopen()  # only then it takes effect

    def close(self) -> None:
        """End the connections to a server; an open folder goes with the process."""
        disconnect(self._place, self._store)

    def _reopen(self, seen: Chroma) -> None:
        """Open again unless another thread has since `seen` was open."""
        with self._reopening:
            if self._store is seen:
                self._store = connect(self._place, self._embedder, afresh=True)
                disconnect(self._place, seen)

    def _vectors(self, report_ids: Sequence[str]) -> Iterator[PassageVectors]:
        where: dict[str, Any] = {"report_id": {"$in": list(report_ids)}}
        got = self._ask(lambda store: store.get(where=where, include=["embeddings"]))
        rows: dict[str, list[tuple[int, int, int]]] = {}  # paragraph, piece, row
        for row, name in enumerate(got["ids"]):
            paragraph_id, _, piece = name.rpartition(".")
            report_id, _, number = paragraph_id.rpartition("#")
            rows.setdefault(report_id, []).append((int(number), int(piece), row))
        for report_id, found in sorted(rows.items()):
            found.sort()
            matrix = np.asarray([got["embeddings"][row] for *_, row in found], np.float32)
            yield PassageVectors(report_id, tuple(number for number, *_ in found), packed(matrix))

    def _ids(self, where: dict[str, Any] | None) -> set[str]:
        return set(self._ask(lambda store: store.get(where=where, include=[]))["ids"])

    def _put(self, passages: Sequence[Passage]) -> None:
        texts = [passage.text for passage in passages]
        origins = [{"report_id": p.report_id, "paragraph_id": p.paragraph_id} for p in passages]
        ids = [passage.id for passage in passages]
        self._ask(lambda store: store.add_texts(texts, origins, ids))

    def _delete(self, ids: Collection[str]) -> None:
        remaining = sorted(ids)
        while remaining:
            some, remaining = remaining[:ADDED_AT_ONCE], remaining[ADDED_AT_ONCE:]
            self._ask(partial(Chroma.delete, ids=some))

    def _ask(self, question: Callable[[Chroma], Found]) -> Found:
        """The answer; asked again after reopening where another process has changed the folder.

        Raises:
            StoreUnavailable: the server is away, or reopening did not help.
        """
        for pause in PAUSES:
            store = self._store
            try:
                return question(store)
            except (InternalError, NotFoundError):
                time.sleep(pause)
                self._reopen(store)
            except FAILURES as error:
                raise unavailable(self._place, error) from error
        try:
            return question(self._store)
        except FAILURES as error:
            raise unavailable(self._place, error) from error


def passages_for(k: int) -> int:
    """How many passages are looked at for k paragraphs, some of which have several."""
    return 2 * k + 10


def within(
    report_ids: Collection[str], found: Iterable[tuple[str, float]]
) -> Iterator[tuple[str, float]]:
    """Those whose paragraph is of these reports."""
    return (hit for hit in found if hit[0].rpartition("#")[0] in report_ids)


def best_of(found: Iterable[tuple[str, float]], k: int) -> tuple[tuple[str, float], ...]:
    """The first k paragraphs, each once, by their nearest passage."""
    best: dict[str, float] = {}
    for paragraph_id, score in found:
        best.setdefault(paragraph_id, score)
        if len(best) == k:
            break
    return tuple(best.items())
