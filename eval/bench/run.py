"""All parts of the bench, one after another, each size in a process of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.bench.answering import growth, measure_answers
from eval.bench.beside import compare_with, measure_recipe
from eval.bench.ingesting import count_tokens, measure_embedding, measure_ingest, passages_in
from eval.bench.measures import Figures, disk, machine, peak_megabytes, private, seconds
from eval.bench.plain_model import PlainModel
from eval.bench.starting import measure_start
from eval.bench.targets import judge, shares
from eval.copies import write_reports
from eval.run import stored_texts
from rag.embed import open_embedder
from rag.stores import open_stores

SIZES = (5, 200, 1000)
INGESTED = 200  # copies of the samples: really embedded, and LangChain's recipe beside
POOL = 20  # reports whose passages the vectors of larger stores are drawn around

Progress = Callable[[str, int, int], None]  # "measuring", parts done, of how many


def run_bench(
    *,
    sizes: Sequence[int] = SIZES,
    ingested: int = INGESTED,
    rounds: int = 3,
    beside: bool = True,
    on_progress: Progress | None = None,
) -> Figures:
    """The figures by name, measured in folders that are gone afterwards.

    Args:
        sizes: how many made reports answers are timed over.
        ingested: how many copies of the samples are taken in with the real model.
        rounds: how often each measurement that can be repeated is.
        beside: time LangChain's recipe on the copies as well.
    """
    sizes = sorted(set(sizes))
    done, parts = 0, 2 + len(sizes)

    def tell() -> None:
        nonlocal done
        done += 1
        if on_progress:
            on_progress("measuring", done, parts)

    figures: Figures = machine()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        found, vectors = pool.submit(_ingest_part, ingested, rounds, beside).result()
        figures |= found
        tell()
        for size in sizes:
            answers = pool.submit(measure_answers, size, vectors, rounds).result()
            figures |= {f"answers.{size}.{name}": value for name, value in answers.items()}
            tell()
    figures |= growth(figures, sizes)
    tell()
    where = shares(figures, ingested)  # again at the end, the largest first: what explains a miss
    figures = {name: value for name, value in figures.items() if name not in where}
    return figures | where | judge(figures)


def _ingest_part(reports: int, rounds: int, beside: bool) -> tuple[Figures, NDArray[np.float32]]:
    """Start, ingest, embedding and LangChain's recipe on copies; and passages really embedded."""
    figures: Figures = {}
    with tempfile.TemporaryDirectory(prefix="fazhi-bench-") as folder:
        files = Path(folder) / "reports"
        files.mkdir()
        paths = write_reports(reports, files)
        settings = private(Path(folder) / "data")
        embedder = open_embedder(settings.embedding, settings.cache)
        figures["start.model_s"] = round(seconds(embedder.load), 2)
        with open_stores(settings, embedder=embedder) as stores:
            taken = measure_ingest(paths, stores) | count_tokens(stores)
            figures |= _named(f"ingest.{reports}", taken)
            figures[f"ingest.{reports}.memory.peak_mb"] = peak_megabytes()
            exact = PlainModel(embedder)
            figures |= _named("embedding", measure_embedding(stores, exact, rounds))
            texts = stored_texts(stores)
            pool = embedder.embed(passages_in(stores, POOL))
        figures |= _named("start", measure_start(settings, rounds))
        figures |= _named(f"ingest.{reports}", disk(settings, reports))
        raw = float(figures["embedding.raw_per_s"])
        figures["ingest.embedding_of_raw"] = round(float(taken["passages_per_s"]) / raw, 3)
        whole = float(taken["passages"]) / float(taken["s"])
        figures["ingest.of_raw"] = round(whole / raw, 3)  # all steps, not embedding alone
        if beside:
            at = Path(folder) / "recipe"
            recipe = measure_recipe(texts, exact, at, embedder.token_count)
            figures |= _named("langchain", recipe)
            if recipe:
                figures |= _named("ingest", compare_with(recipe, taken))
    return figures, pool


def _named(prefix: str, figures: Figures) -> Figures:
    return {f"{prefix}.{name}": value for name, value in figures.items()}
