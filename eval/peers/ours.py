"""This program's own retrieval as a peer, whole and with parts of it left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from eval.peers.peer import Passage
from rag.retrieve import Index, retrieve
from rag.stores import Stores

Parts = Literal["hybrid", "dense", "words"]
NAMES: dict[Parts, str] = {
    "hybrid": "fazhi: meaning and words",
    "dense": "fazhi without BM25",
    "words": "fazhi without vectors (BM25 alone)",
}


class _Nothing:
    """An index that finds nothing, in the place of the one left out."""

    def search(
        self,
        query: str,  # noqa: ARG002
        *,
        k: int,  # noqa: ARG002
        report_ids: Collection[str] | None = None,  # noqa: ARG002
    ) -> tuple[tuple[str, float], ...]:
        return ()


class OwnRetrieval:
    """The paragraphs of stores, ranked by meaning, by words, or both."""

    def __init__(self, stores: Stores, parts: Parts = "hybrid", name: str | None = None) -> None:
        self.name = name or NAMES[parts]
        self._stores = stores
        self._sources = {card.id: card.source for card in stores.database.cards()}
        self._vectors: Index = _Nothing() if parts == "words" else stores.vectors
        self._lexical: Index = _Nothing() if parts == "dense" else stores.lexical

    def search(self, question: str, k: int) -> Sequence[Passage]:
        found = retrieve(question, vectors=self._vectors, lexical=self._lexical, k=k)
        paragraphs = self._stores.database.paragraphs(ids=[item.paragraph_id for item in found])
        texts = {paragraph.id: paragraph.text for paragraph in paragraphs}
        return [
            Passage(self._sources[item.report_id], texts[item.paragraph_id])
            for item in found
            if item.paragraph_id in texts
        ]

    def close(self) -> None:
        """The stores are the caller's."""
