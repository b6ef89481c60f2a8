"""How fast the program is on this machine: start, ingest by step, embedding, answers, size.

Times are medians; a figure's name ends in its unit, and shares and ratios have none.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import ingest.pipeline
import ingest.store
from eval.copies import write_reports
from eval.dataset import read_questions
from eval.metrics.latency import percentile
from eval.run import SAMPLE_QUESTIONS
from eval.stopwatch import Stopwatch
from rag.database import Database
from rag.embed import BATCH, Embedder, open_embedder
from rag.lexical import LexicalIndex
from rag.models import Turn
from rag.passages import passages_of
from rag.pipeline import answer
from rag.settings import Settings, read_settings
from rag.stores import Stores, open_stores
from rag.vectors import VectorIndex

Figures = dict[str, float | str]
Progress = Callable[
    [str, int, int], None
]  # "reading", "indexing" or "answering", done, of how many

# The functions of each step of an ingest; what none of them does is "rest".
STEPS = {
    "load": ((ingest.pipeline, "load"),),
    "repair": ((ingest.pipeline, "repair"),),
    "outline": ((ingest.pipeline, "outline"),),
    "identify": ((ingest.pipeline, "identify"),),
    "facts": ((ingest.pipeline, "extract_facts"),),
    "sql": ((Database, "replace_report"), (Database, "mark_indexed")),
    "passages": ((ingest.store, "passages_of"),),
    "embedding": ((Embedder, "embed_documents"),),
    "vectors": ((VectorIndex, "add"), (VectorIndex, "ids")),
    "lexical": ((LexicalIndex, "replace"), (LexicalIndex, "commit")),
}
REST = "rest"
CENSUS = "哪些镇的行政诉讼应诉率达到100%？"
DESCRIBE = "各镇的普法宣传做了哪些工作？"  # needs the embedding model
FAZHI = (sys.executable, "-c", "from ui.cli import main; main()")
EMBEDDED = 10  # reports whose passages are embedded to compare rates


def run_bench(
    *,
    reports: int = 100,
    rounds: int = 3,
    out: Path | None = None,
    on_progress: Progress | None = None,
) -> Figures:
    """The figures by name, measured on so many reports in a folder that is gone afterwards.

    Args:
        reports: how many are taken in: the five samples, and copies that name other towns.
        rounds: how often each measurement that can be repeated is.
        out: a file that the figures are written to as JSON.
        on_progress: called with "reading", "indexing" or "answering", done, of how many.
    """
    figures = _machine() | {"reports": reports}
    with tempfile.TemporaryDirectory(prefix="fazhi-bench-") as folder:
        files = Path(folder) / "reports"
        files.mkdir()
        paths = write_reports(reports, files)
        own = {"data": Path(folder) / "data", "database": "", "chroma": ""}
        settings = read_settings().model_copy(update=own)
        embedder = open_embedder(settings.embedding, settings.cache)
        figures["start.model_s"] = round(_seconds(embedder.load), 2)
        with open_stores(settings, embedder=embedder) as stores:
            figures |= _ingest(paths, stores, on_progress)
            figures |= _queries(stores, rounds, on_progress)
            figures["memory.peak_mb"] = _peak_megabytes()
            figures |= _embedding(stores, rounds)
        figures |= _start(settings, rounds)
        figures |= _disk(settings, reports)
    rate = float(figures["ingest.passages_per_s"]) / float(figures["embedding.raw_per_s"])
    figures["ingest.embedding_of_raw"] = round(rate, 3)
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return figures


def _machine() -> Figures:
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count() or 0,
    }


def _ingest(paths: Sequence[Path], stores: Stores, on_progress: Progress | None) -> Figures:
    """Rates of the ingest, and the share of each step; the shares sum to 1.

    Raises:
        RuntimeError: not every file became a report that answers, so nothing is comparable.
    """
    watch = Stopwatch()
    with watch.watching(STEPS, REST):
        ingest.pipeline.ingest_paths(paths, stores=stores, on_progress=on_progress)
    if len(stores.database.cards()) != len(paths):
        raise RuntimeError(f"{len(stores.database.cards())} of {len(paths)} reports taken in")
    seconds = sum(watch.seconds.values())
    without = seconds - watch.seconds["embedding"]
    passages = len(stores.vectors.ids())
    rates: Figures = {
        "ingest.s": round(seconds, 2),
        "ingest.reports_per_s": round(len(paths) / seconds, 2),
        "ingest.reports_per_s_without_embedding": round(len(paths) / without, 2),
        "ingest.passages": passages,
        "ingest.passages_per_s": round(passages / watch.seconds["embedding"], 1),
    }
    return rates | {
        f"ingest.share.{step}": round(share, 6) for step, share in watch.shares().items()
    }


def _queries(stores: Stores, rounds: int, on_progress: Progress | None) -> Figures:
    """Milliseconds of an answer by kind of question, over all the reports, warm."""
    questions = read_questions(SAMPLE_QUESTIONS)
    for first in (DESCRIBE, questions[0].question):
        answer(first, stores=stores)
    times: dict[str, list[float]] = {}
    asked = [question for _ in range(rounds) for question in questions]
    for done, question in enumerate(asked, start=1):
        history = [Turn(earlier) for earlier in question.history]
        ask = partial(answer, question.question, history=history, stores=stores)
        milliseconds = _seconds(ask) * 1000
        for kind in ("all", question.kind):
            times.setdefault(kind, []).append(milliseconds)
        if on_progress:
            on_progress("answering", done, len(asked))
    return {
        f"query.{kind}.p{percent}_ms": round(percentile(values, percent), 1)
        for kind, values in sorted(times.items())
        for percent in (50, 95)
    }


def _embedding(stores: Stores, rounds: int) -> Figures:
    """Passages a second: the program's, the bare model's, and the model's in 32 bits."""
    embedder = stores.embedder
    texts = [
        passage.text
        for card in stores.database.cards()[:EMBEDDED]
        for passage in passages_of(
            card.title,
            stores.database.paragraphs(report_ids=[card.id]),
            count_tokens=embedder.token_count,
            window=embedder.window,
        )
    ]
    exact = Embedder(embedder.name, embedder.cache).load().float()
    ways: dict[str, Callable[[], object]] = {
        "passages": lambda: embedder.embed(texts),
        "raw": lambda: embedder.load().encode_document(
            texts, batch_size=BATCH, show_progress_bar=False
        ),
        "fp32": lambda: exact.encode_document(texts, batch_size=BATCH, show_progress_bar=False),
    }
    rates = {name: len(texts) / _median_seconds(way, rounds) for name, way in ways.items()}
    return {
        **{f"embedding.{name}_per_s": round(rate, 1) for name, rate in rates.items()},
        "embedding.of_raw": round(rates["passages"] / rates["raw"], 3),
        "embedding.over_fp32": round(rates["passages"] / rates["fp32"], 2),
        "embedding.query_ms": round(
            _median_seconds(lambda: embedder.embed_query(DESCRIBE), 5 * rounds) * 1000, 1
        ),
    }


def _start(settings: Settings, rounds: int) -> Figures:
    """Seconds from a new process to its end: help, a census, and an answer that embeds."""
    commands = {
        "start.help_s": ["--help"],
        "start.census_answer_s": ["ask", CENSUS, "--json"],
        "start.describe_answer_s": ["ask", DESCRIBE, "--json"],
    }
    environment = os.environ | {
        "FAZHI_DATA": str(settings.data),
        "FAZHI_DATABASE": "",
        "FAZHI_CHROMA": "",
    }

    def run(command: list[str]) -> None:
        subprocess.run([*FAZHI, *command], check=True, stdout=subprocess.DEVNULL, env=environment)

    def open_and_close() -> None:
        with open_stores(settings) as stores:
            stores.database.cards()

    figures: Figures = {
        name: round(_median_seconds(partial(run, command), rounds), 2)
        for name, command in commands.items()
    }
    figures["start.open_stores_ms"] = round(_median_seconds(open_and_close, rounds) * 1000, 1)
    return figures


def _disk(settings: Settings, reports: int) -> Figures:
    parts = {
        "database": list(settings.data.glob("fazhi.db*")),
        "vectors": list(settings.chroma_path.rglob("*")),
        "lexical": list(settings.lexical_path.rglob("*")),
    }
    sizes = {
        part: sum(path.stat().st_size for path in paths if path.is_file())
        for part, paths in parts.items()
    }
    figures: Figures = {f"disk.{part}_mb": round(size / 1e6, 2) for part, size in sizes.items()}
    return figures | {"disk.report_kb": round(sum(sizes.values()) / 1e3 / reports, 1)}


def _peak_megabytes() -> float:
    """The most memory this process ever held."""
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kibibytes on Linux
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6, 1)


def _median_seconds(function: Callable[[], object], rounds: int) -> float:
    return median(_seconds(function) for _ in range(rounds))


def _seconds(function: Callable[[], object]) -> float:
    started = time.perf_counter()
    function()
    return time.perf_counter() - started
