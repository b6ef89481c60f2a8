"""LangChain's standard recipe beside the ingest, in the same run, and what explains the ratio."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from eval.bench.measures import Figures, median_seconds, seconds
from eval.bench.plain_model import PlainModel
from eval.stopwatch import Stopwatch

STEPS = {"embedding": ((PlainModel, "embed_documents"),)}
REST = "rest"
QUERY = "各镇的普法宣传做了哪些工作？"


def measure_recipe(
    texts: Mapping[str, str],
    model: PlainModel,
    folder: Path,
    count_tokens: Callable[[str], int],
) -> Figures:
    """Reports a second of the recipe with its default, fp32, model; empty without the extra."""
    try:
        from eval.peers.langchain_recipe import LangChainRecipe  # noqa: PLC0415  an extra
    except ModuleNotFoundError:
        return {}
    recipes: list[LangChainRecipe] = []
    watch = Stopwatch()
    cpu = time.process_time()
    with watch.watching(STEPS, REST):
        taken = seconds(lambda: recipes.append(LangChainRecipe(texts, model, folder)))
    cpu = time.process_time() - cpu
    recipe = recipes[0]
    figures: Figures = {
        "s": round(taken, 2),
        "cpu_s": round(cpu, 2),
        "reports_per_s": round(len(texts) / taken, 2),
        "chunks": len(recipe.chunks),
        "tokens": sum(map(count_tokens, recipe.chunks)),
        "share.embedding": round(watch.shares()["embedding"], 3),
        "search_ms": round(median_seconds(lambda: recipe.search(QUERY, 10), 5) * 1000, 1),
    }
    recipe.close()
    return figures


def compare_with(recipe: Figures, taken: Figures) -> Figures:
    """The ingest against the recipe: by the clock, by the processor, and what each has to embed.

    Where other work runs beside, the processor's seconds are the truer ones.
    """
    rate = float(taken["reports_per_s"]) / float(recipe["reports_per_s"])
    tokens = float(taken["tokens"]) / float(recipe["tokens"])
    cpu = float(recipe["cpu_s"]) / float(taken["cpu_s"])
    return {
        "over_langchain": round(rate, 2),
        "cpu_over_langchain": round(cpu, 2),
        "tokens_over_langchain": round(tokens, 3),
    }
