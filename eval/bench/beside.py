"""LangChain's standard recipe beside the ingest, in the same run, as ratios."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eval.bench.measures import Figures, median_seconds, seconds
from eval.bench.plain_model import PlainModel

QUERY = "各镇的普法宣传做了哪些工作？"


def measure_recipe(texts: Mapping[str, str], model: PlainModel, folder: Path) -> Figures:
    """Reports a second of the recipe with its default, fp32, model; empty without the extra."""
    try:
        from eval.peers.langchain_recipe import LangChainRecipe  # noqa: PLC0415  an extra
    except ModuleNotFoundError:
        return {}
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
