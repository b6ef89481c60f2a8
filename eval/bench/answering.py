"""What an answer costs at a number of reports: milliseconds by kind, memory, disk.

The reports are made ones, and their vectors are drawn around really embedded passages
(`eval.stand_in`), because embedding 10,000 reports takes hours; a question is embedded by
the real model. Ingest is timed here without the embedding, which `eval.bench.ingesting`
measures with the real model.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.bench.ingesting import measure_ingest
from eval.bench.measures import Figures, disk, peak_megabytes, private, seconds
from eval.made.corpus import MadeCorpus, make_corpus
from eval.made.kinds import questions_by_kind
from eval.metrics.latency import percentile
from eval.stand_in import NAME, StandInEmbedder
from rag.embed import open_embedder
from rag.pipeline import answer
from rag.settings import read_settings
from rag.stores import Stores, open_stores

SEED = 1
ASKED = 10  # questions of a kind


def measure_answers(reports: int, pool: NDArray[np.float32], rounds: int) -> Figures:
    """The figures at so many reports; to be called in a process of its own, for the memory.

    Args:
        pool: really embedded passages, shape (n_passages, dim).
    """
    settings = read_settings()
    real = open_embedder(settings.embedding, settings.cache)
    real.load()
    with tempfile.TemporaryDirectory(prefix="fazhi-bench-") as folder:
        own = private(Path(folder) / "data").model_copy(update={"embedding": NAME})
        made = make_corpus(Path(folder) / "made", reports=reports, seed=SEED, questions=0)
        with open_stores(own, embedder=StandInEmbedder(pool, real)) as stores:
            taken = measure_ingest(sorted(made.reports.iterdir()), stores)
            figures: Figures = {
                f"ingest.{name}": taken[name]
                for name in ("reports_per_s_without_embedding", "passages")
            }
            figures |= _times(made, stores, rounds)
            figures["memory.peak_mb"] = peak_megabytes()
        return figures | disk(own, reports)


def _times(made: MadeCorpus, stores: Stores, rounds: int) -> Figures:
    """Milliseconds of an answer by kind of question, warm.

    An answer over thousands of reports is there before the findings of all of them are made;
    "census_in_full" is a set question with the findings and citations of all read.
    """
    by_kind = questions_by_kind(made.golds, ASKED, seed=SEED)
    for questions in by_kind.values():
        answer(questions[0], stores=stores)
    gc.collect()
    gc.freeze()  # as the served page does once it is warm
    times: dict[str, list[float]] = {
        kind: [_milliseconds(question, stores) for _ in range(rounds) for question in questions]
        for kind, questions in by_kind.items()
    }
    times["all"] = [value for found in times.values() for value in found]
    times["census_in_full"] = [
        seconds(partial(_in_full, question, stores)) * 1000 for question in by_kind["census"]
    ]
    return {
        f"query.{kind}.p{percent}_ms": round(percentile(found, percent), 1)
        for kind, found in sorted(times.items())
        for percent in (50, 95)
    }


def _milliseconds(question: str, stores: Stores) -> float:
    return seconds(partial(answer, question, stores=stores)) * 1000


def _in_full(question: str, stores: Stores) -> None:
    """Ask, and read the findings and citations of all reports, which are made for it."""
    found = answer(question, stores=stores)
    if len(found.findings) != found.census.in_scope:
        raise RuntimeError(f"{question}: {len(found.findings)} findings")
    len(found.citations)


def growth(figures: Figures, sizes: Sequence[int], kind: str = "census") -> Figures:
    """How many times slower the median answer is at each size than at the one before."""
    ratios: Figures = {}
    for smaller, larger in pairwise(sizes):
        before = float(figures[f"answers.{smaller}.query.{kind}.p50_ms"])
        after = float(figures[f"answers.{larger}.query.{kind}.p50_ms"])
        ratios[f"growth.{kind}.{smaller}_to_{larger}"] = round(after / before, 2)
    return ratios
