"""txtai's hybrid index over paragraphs: its own BM25 and our embedding model, weighed half each.

In the place of haiku.rag: the newest version of it that installs with Python 3.11 (0.6.0)
embeds through Ollama, OpenAI or Voyage only, so that it does not run without a model server.
txtai is kept, of a permissive licence, and takes any embedding function.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray
from txtai import Embeddings as Txtai  # type: ignore[import-untyped]

from eval.peers.peer import Passage


class TxtaiHybrid:
    """An index in memory, searched exactly."""

    name = "txtai hybrid"

    def __init__(self, texts: Mapping[str, str], embedder: Embeddings) -> None:
        self._embedder = embedder
        self._query: str | None = None
        self._passages = [
            Passage(source, line.strip())
            for source, text in texts.items()
            for line in text.splitlines()
            if line.strip()
        ]
        settings: dict[str, Any] = {
            "method": "external",
            # a plain function: txtai calls anything else to get one
            "transform": lambda items: self._embed(items),  # noqa: PLW0108
        }
        self._index = Txtai({**settings, "hybrid": True, "backend": "numpy"})
        self._index.index(
            (number, passage.text, None) for number, passage in enumerate(self._passages)
        )

    def search(self, question: str, k: int) -> Sequence[Passage]:
        self._query = question
        found = self._index.search(question, k)
        self._query = None
        return [self._passages[int(number)] for number, _score in found]

    def close(self) -> None:
        self._index.close()

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts; of the question that is being asked, its vector as a question."""
        asked = [text == self._query for text in texts]
        if all(asked):
            return np.asarray([self._embedder.embed_query(text) for text in texts], np.float32)
        return np.asarray(self._embedder.embed_documents(list(texts)), np.float32)
