"""The embedding model as one has it without this program."""

from __future__ import annotations

from langchain_core.embeddings import Embeddings

from rag.e5 import unpack_e5
from rag.embed import Embedder
from rag.sentence_model import load_sentence_model
from rag.settings import BUNDLED_EMBEDDING

BATCH = 32  # texts, which is its default


class PlainModel(Embeddings):
    """32 bits, which is the default, and texts in the order they come in."""

    def __init__(self, embedder: Embedder) -> None:
        bundled = embedder.name == BUNDLED_EMBEDDING
        place = str(unpack_e5(embedder.cache)) if bundled else embedder.name
        self._model = load_sentence_model(place, exact=True)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        found = self._model.encode_document(texts, batch_size=BATCH, show_progress_bar=False)
        vectors: list[list[float]] = found.tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self._model.encode_query([text], show_progress_bar=False)[0].tolist()
        return vector
