"""The embedding model as one has it without this program."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings

from rag.embed import BATCH, Embedder


class PlainModel(Embeddings):
    """32 bits, which is the default, and texts in the order they come in."""

    def __init__(self, embedder: Embedder) -> None:
        self._model = Embedder(embedder.name, embedder.cache).load().float()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        found = self._model.encode_document(texts, batch_size=BATCH, show_progress_bar=False)
        vectors: list[list[float]] = found.tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self._model.encode_query([text], show_progress_bar=False)[0].tolist()
        return vector
