"""The vector index: passages by meaning (Chroma, through LangChain)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError, InternalError, NotFoundError
from httpx import TransportError
from langchain_chroma import Chroma

from rag.errors import EmbedderMismatch, StoreUnavailable
from rag.passages import Passage

if TYPE_CHECKING:
    from rag.embed import Embedder

COLLECTION = "passages"
# Chroma's own 16 and 100 find 0.65 of the true nearest among 100,000 vectors like ours.
TUNING = CreateHNSWConfiguration(
    space="cosine", ef_construction=200, max_neighbors=32, ef_search=500
)
EXACT_REPORTS = 20  # up to so many, all their vectors are compared: 20 ms, and nothing missed
ADDED_AT_ONCE = 1024  # passages; Chroma takes 5,461

FAILURES = (ChromaError, TransportError, OSError)

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
        self._store = _connect(place, embedder)

    @classmethod
    def open(cls, place: Path | str, embedder: Embedder, *, anew: bool = False) -> Self:
        """The index in a folder or at "http://host:port", made there if there is none.

        With `anew`, vectors of another model are thrown away first.

        Raises:
            StoreUnavailable: the folder or server cannot be used.
            EmbedderMismatch: the vectors there are another model's.
        """
        if anew:
            _delete_of_others(place, embedder)
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
            where = None if report_ids is None else _of_reports(report_ids)
            found = self._approximate(vector, 2 * k + 10, where)
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
        SharedSystemClient.clear_system_cache()
        self._store = _connect(self._place, self._embedder)

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
        try:
            return question(self._store)
        except (InternalError, NotFoundError):
            self.reopen()
        except FAILURES as error:
            raise _unavailable(self._place, error) from error
        try:
            return question(self._store)
        except FAILURES as error:
            raise _unavailable(self._place, error) from error


def _connect(place: Path | str, embedder: Embedder) -> Chroma:
    try:
        client = _client(place)
        store = Chroma(
            COLLECTION,
            embedder,
            client=client,
            collection_metadata={"embedder": embedder.name},
            collection_configuration={"hnsw": TUNING},
        )
        metadata = client.get_collection(COLLECTION).metadata
    except (*FAILURES, ValueError) as error:
        raise _unavailable(place, error) from error
    made_by = (metadata or {}).get("embedder")
    if made_by != embedder.name:
        raise EmbedderMismatch(
            f"the vectors in {place} were made by the embedding model {made_by}, not by "
            f"{embedder.name}: set FAZHI_EMBEDDING={made_by}, or run `fazhi check --repair` to "
            "embed all reports anew"
        )
    return store


def _delete_of_others(place: Path | str, embedder: Embedder) -> None:
    try:
        client = _client(place)
        made_by = (client.get_collection(COLLECTION).metadata or {}).get("embedder")
        if made_by != embedder.name:
            client.delete_collection(COLLECTION)
    except NotFoundError:
        return
    except (*FAILURES, ValueError) as error:
        raise _unavailable(place, error) from error


def _client(place: Path | str) -> ClientAPI:
    quiet = Settings(anonymized_telemetry=False)
    if isinstance(place, str) and place.startswith(("http://", "https://")):
        url = urlsplit(place)
        secure = url.scheme == "https"
        port = url.port or (443 if secure else 8000)
        return chromadb.HttpClient(url.hostname or "", port, ssl=secure, settings=quiet)
    Path(place).mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(str(place), settings=quiet)


def _of_reports(report_ids: Collection[str]) -> dict[str, Any]:
    return {"report_id": {"$in": list(report_ids)}}


def _unavailable(place: Path | str, error: Exception) -> StoreUnavailable:
    remedy = (
        "start that server or correct FAZHI_CHROMA"
        if isinstance(place, str) and place.startswith("http")
        else "see that the folder can be written and the disk has room; if it is damaged, delete it and run "
        "`fazhi check --repair`, which makes it again from the database"
    )
    return StoreUnavailable(f"the vector index in {place} cannot be used: {error}; {remedy}")
