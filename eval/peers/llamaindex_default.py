"""LlamaIndex as its first example has it: VectorStoreIndex over documents, all defaults.

Its chunks are 1,024 tokens with an overlap of 200; our embedding model reads the first
512 tokens of a chunk, as it would for anyone who uses the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from langchain_core.embeddings import Embeddings
from llama_index.core import Document, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from eval.peers.peer import Passage


class _Given(BaseEmbedding):
    """Our embedding model as LlamaIndex wants one."""

    _embedder: Embeddings = PrivateAttr()

    def __init__(self, embedder: Embeddings) -> None:
        super().__init__(model_name="given", embed_batch_size=64)
        self._embedder = embedder

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._embedder.embed_documents([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._embedder.embed_documents(texts)

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._embedder.embed_query(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


class LlamaIndexDefault:
    """An index in memory."""

    name = "LlamaIndex default"

    def __init__(self, texts: Mapping[str, str], embedder: Embeddings) -> None:
        documents = [
            Document(text=text, metadata={"source": source}) for source, text in texts.items()
        ]
        self._index = VectorStoreIndex.from_documents(documents, embed_model=_Given(embedder))

    def search(self, question: str, k: int) -> Sequence[Passage]:
        found = self._index.as_retriever(similarity_top_k=k).retrieve(question)
        return [
            Passage(str(item.node.metadata["source"]), item.node.get_content()) for item in found
        ]

    def close(self) -> None:
        """Nothing is held but memory."""
