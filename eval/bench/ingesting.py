"""Ingest by step, and embedding against what the engine can do and against fp32."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import ingest.pipeline
import ingest.store
from eval.bench.measures import Figures, median_seconds, seconds
from eval.bench.plain_model import PlainModel
from eval.stopwatch import Stopwatch
from rag.database import Database
from rag.embed import Embedder
from rag.lexical import LexicalIndex
from rag.passages import passages_of
from rag.stores import Stores
from rag.vectors import VectorIndex

# The functions of each step of an ingest; what none of them does is "rest".
STEPS = {
    "load": ((ingest.pipeline, "read"), (ingest.pipeline, "load_bytes")),
    "repair": ((ingest.pipeline, "repair"),),
    "outline": ((ingest.pipeline, "outline"),),
    "identify": ((ingest.pipeline, "identify"),),
    "facts": ((ingest.pipeline, "extract_facts"),),
    "checks": ((ingest.pipeline, "find_contradictions"),),
    "sql": ((Database, "replace_report"), (Database, "mark_indexed"), (Database, "put_vectors")),
    "passages": ((ingest.store, "passages_of"),),
    "embedding": ((Embedder, "embed_documents"),),
    "vectors": ((VectorIndex, "add"), (VectorIndex, "ids")),
    "lexical": ((LexicalIndex, "replace"), (LexicalIndex, "commit")),
}
REST = "rest"
QUERY = "各镇的普法宣传做了哪些工作？"
EMBEDDED = 10  # reports whose passages are embedded to compare rates


def measure_ingest(paths: Sequence[Path], stores: Stores) -> Figures:
    """Rates of the ingest, and the share of each step; the shares sum to 1.

    Raises:
        RuntimeError: not every file became a report that answers, so nothing is comparable.
    """
    watch = Stopwatch()
    cpu = time.process_time()
    with watch.watching(STEPS, REST):
        ingest.pipeline.ingest_paths(paths, stores=stores)
    if len(stores.database.cards()) != len(paths):
        raise RuntimeError(f"{len(stores.database.cards())} of {len(paths)} reports taken in")
    cpu = time.process_time() - cpu
    total = sum(watch.seconds.values())
    embedding = watch.seconds["embedding"]
    passages = len(stores.vectors.ids())
    rates: Figures = {
        "s": round(total, 2),
        "cpu_s": round(cpu, 2),
        "reports_per_s": round(len(paths) / total, 2),
        "reports_per_s_without_embedding": round(len(paths) / (total - embedding), 2),
        "passages": passages,
        "passages_per_s": round(passages / embedding, 2),
    }
    return rates | {f"share.{step}": round(share, 6) for step, share in watch.shares().items()}


def count_tokens(stores: Stores) -> Figures:
    """What there is to embed, and which share of it stands in front of the paragraphs."""
    count = stores.embedder.token_count
    paragraphs = stores.database.paragraphs(
        report_ids=[card.id for card in stores.database.cards()]
    )
    whole = sum(map(count, passages_in(stores)))
    bare = sum(count(paragraph.reading) for paragraph in paragraphs)
    return {"tokens": whole, "headings_share": round(1 - bare / whole, 3)}


def measure_embedding(stores: Stores, exact: PlainModel, rounds: int) -> Figures:
    """Passages a second: the program's, the engine's alone, and PyTorch's in 32 bits."""
    embedder, encoder = stores.embedder, stores.embedder.load()
    texts = passages_in(stores, EMBEDDED)
    batches = encoder.batches(texts)  # the limit: nothing is left to do but the network
    ways: dict[str, Callable[[], object]] = {
        "passages": lambda: embedder.embed(texts),
        "raw": lambda: list(encoder.run(batches)),
        "fp32": lambda: exact.embed_documents(texts),
    }
    # in turns, so that what else the machine does falls on all three
    times = {name: [] for name in ways}  # type: dict[str, list[float]]
    for _ in range(rounds):
        for name, way in ways.items():
            times[name].append(seconds(way))
    rates = {name: len(texts) / sorted(found)[len(found) // 2] for name, found in times.items()}
    return {
        **{f"{name}_per_s": round(rate, 1) for name, rate in rates.items()},
        "of_raw": round(rates["passages"] / rates["raw"], 3),
        "over_fp32": round(rates["passages"] / rates["fp32"], 2),
        "query_ms": round(
            median_seconds(lambda: embedder.embed_query(QUERY), 5 * rounds) * 1000, 1
        ),
    }


def passages_in(stores: Stores, reports: int | None = None) -> list[str]:
    """The texts that are embedded of so many stored reports, or of all."""
    embedder = stores.embedder
    return [
        passage.text
        for card in stores.database.cards()[:reports]
        for passage in passages_of(
            card.title,
            stores.database.paragraphs(report_ids=[card.id]),
            count_tokens=embedder.token_count,
            window=embedder.window,
        )
    ]
