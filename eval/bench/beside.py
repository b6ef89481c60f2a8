"""LangChain's standard recipe beside the ingest, in the same run, as ratios."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from langchain_core.embeddings import Embeddings

from eval.bench.measures import Figures, median_seconds, seconds
from rag.embed import BATCH, Embedder

QUERY = "各镇的普法宣传做了哪些工作？"


class PlainModel(Embeddings):
    """The same model as one has it without this program: 32 bits, texts as they come."""

    def __init__(self, embedder: Embedder) -> None:
        self._model = Embedder(embedder.name, embedder.cache).load().float()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        found = self._model.encode_document(texts, batch_size=BATCH, show_progress_bar=False)
        vectors: list[list[float]] = found.tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self._model.encode_query([text], show_progress_bar=False)[0].tolist()
        return vector


def measure_recipe(texts: Mapping[str, str], embedder: Embedder, folder: Path) -> Figures:
    """Reports a second of the recipe with its default, fp32, model; empty without the extra."""
    try:
        from eval.peers.langchain_recipe import LangChainRecipe  # noqa: PLC0415  an extra
    except ModuleNotFoundError:
        return {}
    model = PlainModel(embedder)
    recipes: list[LangChainRecipe] = []
    taken = seconds(lambda: recipes.append(LangChainRecipe(texts, model, folder)))
    recipe = recipes[0]
    figures: Figures = {
        "s": round(taken, 2),
        "reports_per_s": round(len(texts) / taken, 2),
        "chunks": recipe.chunks,
        "search_ms": round(median_seconds(lambda: recipe.search(QUERY, 10), 5) * 1000, 1),
    }
    recipe.close()
    return figures
