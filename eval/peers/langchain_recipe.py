"""LangChain's standard recipe: recursive splitter 500/50, Chroma, the k nearest chunks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from eval.peers.peer import Passage

CHUNK, OVERLAP = 500, 50  # characters
ADDED_AT_ONCE = 5000  # Chroma takes 5,461


class LangChainRecipe:
    """Chunks in a Chroma collection with its default settings.

    Args:
        folder: where the collection is kept; in memory without it.
    """

    name = "LangChain 500/50 + Chroma"

    def __init__(
        self, texts: Mapping[str, str], embedder: Embeddings, folder: Path | None = None
    ) -> None:
        splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
        chunks = [
            Document(chunk, metadata={"source": source})
            for source, text in texts.items()
            for chunk in splitter.split_text(text)
        ]
        self.chunks = tuple(chunk.page_content for chunk in chunks)
        self._store = Chroma("peer", embedder, persist_directory=str(folder) if folder else None)
        for start in range(0, len(chunks), ADDED_AT_ONCE):
            self._store.add_documents(chunks[start : start + ADDED_AT_ONCE])

    def search(self, question: str, k: int) -> Sequence[Passage]:
        found = self._store.similarity_search(question, k=k)
        return [Passage(str(item.metadata["source"]), item.page_content) for item in found]

    def close(self) -> None:
        self._store.delete_collection()
