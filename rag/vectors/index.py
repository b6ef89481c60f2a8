"""The vector index: passages by meaning (Chroma, through LangChain)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import numpy as np
from chromadb.errors import InternalError, NotFoundError
from langchain_chroma import Chroma

from rag.passages import Passage
from rag.vectors.connecting import FAILURES, connect, delete_of_others, disconnect, unavailable

if TYPE_CHECKING:
    from rag.embed import Embedder

EXACT_REPORTS = 20  # up to so many, all their vectors are compared: 20 ms, and nothing missed
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
        self._store = connect(place, embedder)
        self._reopening = threading.Lock()

    @classmethod
    def open(cls, place: Path | str, embedder: Embedder, *, anew: bool = False) -> Self:
        """The index in a folder or at "http://host:port", made there if there is none.

        With `anew`, vectors of another model are thrown away first.

        Raises:
            StoreUnavailable: the folder or server cannot be used.
            EmbedderMismatch: the vectors there are another model's.
        """
        if anew:
            delete_of_others(place, embedder)
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

        A paragraph counts by its nearest passage. Exact within few reports; over more, the
        approximate index answers.
        """
        if k < 1 or (report_ids is not None and not report_ids):
            return ()
        vector = self._embedder.embed_query(query)
        if report_ids is not None and len(report_ids) <= EXACT_REPORTS:
            found = self._compare_all(vector, _of_reports(report_ids))
        else:
            found = self._of_many(vector, k, report_ids)
        best: dict[str, float] = {}
        for paragraph_id, score in found:
            best.setdefault(paragraph_id, score)
        return tuple(best.items())[:k]

    def ids(self) -> set[str]:
        """The ids of all passages in the index."""
        return self._ids(None)

    def texts(self) -> dict[str, str]:
        """The text that each passage's vector was made of, by passage id."""
        got = self._ask(lambda store: store.get(include=["documents"]))
        return dict(zip(got["ids"], got["documents"], strict=True))

    def reopen(self) -> None:
        """See what other processes have written to the folder meanwhile."""
        self._reopen(self._store)

    def close(self) -> None:
        """End the connections to a server; an open folder goes with the process."""
        disconnect(self._place, self._store)

    def _reopen(self, seen: Chroma) -> None:
        """Open again unless another thread has since `seen` was open."""
        with self._reopening:
            if self._store is seen:
                self._store = connect(self._place, self._embedder, afresh=True)

    def _compare_all(
        self, vector: list[float], where: dict[str, Any]
    ) -> Iterable[tuple[str, float]]:
        got = self._ask(lambda store: store.get(where=where, include=["embeddings", "metadatas"]))
        if not got["ids"]:
            return []
        query = np.asarray(vector, np.float32)
        matrix = np.asarray(got["embeddings"], np.float32)  # (n_passages, dim)
        norms = np.linalg.norm(matrix, axis=1) * np.linalg.norm(query)
        scores = matrix @ query / np.maximum(norms, np.finfo(np.float32).tiny)
        order = np.argsort(-scores, kind="stable")
        return ((got["metadatas"][i]["paragraph_id"], float(scores[i])) for i in order)

    def _of_many(
        self, vector: list[float], k: int, report_ids: Collection[str] | None
    ) -> Iterable[tuple[str, float]]:
        """What is nearest in a large scope: out of the nearest of all, if enough of it is there."""
        if report_ids is None:
            return self._approximate(vector, 2 * k + 10, None)
        wanted = set(report_ids)
        nearest = self._approximate(vector, 4 * (2 * k + 10), None)
        found = [hit for hit in nearest if hit[0].rpartition("#")[0] in wanted]
        if len({name for name, _ in found}) >= k:
            return found
        return self._approximate(vector, 2 * k + 10, _of_reports(report_ids))

    def _approximate(
        self, vector: list[float], count: int, where: dict[str, Any] | None
    ) -> Iterable[tuple[str, float]]:
        pairs = self._ask(
            lambda store: store.similarity_search_by_vector_with_relevance_scores(
                vector, count, where
            )
        )
        return ((document.metadata["paragraph_id"], 1 - distance) for document, distance in pairs)

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


def _of_reports(report_ids: Collection[str]) -> dict[str, Any]:
    return {"report_id": {"$in": list(report_ids)}}
