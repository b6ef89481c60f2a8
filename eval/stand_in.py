"""An embedding model's stand-in, so that large stores are made in minutes: vectors without meaning.

A census reads the ledger and never a vector, so it is measured truly on such a store; and
what a vector search costs depends on how many vectors there are and how they lie, so they are
drawn around really embedded passages where such are given. How fast texts are embedded is
measured elsewhere, with the real model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from rag.embed import Embedder

NAME = "stand-in"
WIDTH = 384  # of a vector, as the bundled model's
SPREAD = 0.3  # length of what is added to a drawn vector, against 1 of itself
WINDOW = 512  # characters here, tokens of the real model


class StandInEmbedder(Embedder):
    """Vectors of unit length that depend on the text alone; nothing is loaded.

    Args:
        pool: really embedded passages, shape (n_passages, dim), that vectors are drawn around.
        queries: the real model, for questions asked of such a store; without it a question's
            vector is drawn like a passage's.
    """

    def __init__(
        self, pool: NDArray[np.float32] | None = None, queries: Embedder | None = None
    ) -> None:
        super().__init__(NAME, Path())
        self._pool = pool
        self._queries = queries

    @property
    def window(self) -> int:
        return WINDOW

    def token_count(self, text: str) -> int:
        return len(text)

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        vectors = np.stack([self._vector(text) for text in texts])
        if progress:
            progress(len(texts), len(texts))
        return vectors

    def embed_query(self, text: str) -> list[float]:
        if self._queries is not None:
            return self._queries.embed_query(text)
        vector: list[float] = self._vector(text).tolist()
        return vector

    def _vector(self, text: str) -> NDArray[np.float32]:
        random = np.random.default_rng(crc32(text.encode("utf-8")))
        dim = WIDTH if self._pool is None else self._pool.shape[1]
        drawn = random.standard_normal(dim)
        vector = drawn / np.linalg.norm(drawn)
        if self._pool is not None:
            vector = self._pool[random.integers(len(self._pool))] + SPREAD * vector
        unit: NDArray[np.float32] = (vector / np.linalg.norm(vector)).astype(np.float32)
        return unit
