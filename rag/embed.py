"""Text to vectors: LangChain's `Embeddings` over the engine that runs the model fastest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from rag.e5 import unpack_e5
from rag.e5_engine import can_run, load_e5
from rag.encoder import Encoder
from rag.errors import BadSetting
from rag.sentence_model import SentenceModel, load_sentence_model
from rag.settings import BUNDLED_EMBEDDING

Progress = Callable[[int, int], None]  # done, of how many


class Embedder(Embeddings):
    """An embedding model, loaded when the first text comes (about a second for the bundled one).

    Threads may share it.
    """

    def __init__(self, name: str, cache: Path) -> None:
        self.name = name  # kept in the store: vectors of different models are never mixed
        self.cache = cache
        self._encoder: Encoder[Any] | None = None
        self._loading = threading.Lock()

    @property
    def window(self) -> int:
        """The most tokens a text may have; what is longer would be cut off."""
        return self.load().window

    def token_count(self, text: str) -> int:
        """How many tokens the text has as a document, with the model's prefix and marks."""
        return self.load().token_count(text)

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float32]:
        """Document vectors of unit length, shape (n_texts, dim), in the order of the texts."""
        encoder = self.load()
        vectors = np.empty((len(texts), encoder.width), np.float32)
        done = 0
        for batch, found in encoder.run(encoder.batches(texts)):
            vectors[list(batch.numbers)] = found
            done += len(batch.numbers)
            if progress:
                progress(done, len(texts))
        return vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self.embed(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self.load().question(text).tolist()
        return vector

    def load(self) -> Encoder[Any]:
        """The model itself, loaded now if it was not; call it early to spare the first user.

        Raises:
            BadSetting: there is no such model here or on the hub, or it cannot be unpacked.
        """
        with self._loading:
            if self._encoder is None:
                self._encoder = _load(self.name, self.cache)
            return self._encoder


def open_embedder(name: str, cache: Path) -> Embedder:
    """The model of that name, not yet loaded.

    "bundled:multilingual-e5-small" comes out of an installed package, and nothing goes
    out for it; any other name is a folder or a hub model for sentence-transformers.

    Raises:
        BadSetting: the name says bundled and is not the bundled model's.
    """
    if name.startswith("bundled:") and name != BUNDLED_EMBEDDING:
        raise BadSetting(f"FAZHI_EMBEDDING: the only bundled model is {BUNDLED_EMBEDDING}")
    return Embedder(name, cache)


def _load(name: str, cache: Path) -> Encoder[Any]:
    if name != BUNDLED_EMBEDDING:
        return SentenceModel(load_sentence_model(name))
    folder = unpack_e5(cache)
    return load_e5(folder) if can_run() else SentenceModel(load_sentence_model(str(folder)))
