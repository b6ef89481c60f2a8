"""Completeness at any number of reports: a made corpus taken in, and its set questions asked."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from eval.made.corpus import MadeCorpus
from eval.made.reading import ReadingScore, score_reading
from eval.outcome import Run
from eval.report import write_run
from eval.run import asker, private_settings, run_questions, stored_texts
from eval.stand_in import NAME, StandInEmbedder
from ingest.pipeline import ingest_paths
from rag.stores import open_stores

Progress = Callable[[str, int, int], None]  # "reading", "indexing" or "answering"


@dataclass(frozen=True)
class MadeRun:
    """What came of a made corpus: how its reports were read, and its set questions answered."""

    reading: ReadingScore
    run: Run


def ask_made(
    corpus: MadeCorpus, *, out: Path | None = None, on_progress: Progress | None = None
) -> MadeRun:
    """The set questions of a made corpus asked of all its reports.

    The reports are taken in with vectors that mean nothing (`eval.stand_in`): a set question
    reads the ledger, and embedding 10,000 reports would take hours.

    Raises:
        RuntimeError: a made report did not become a stored report.
    """
    with tempfile.TemporaryDirectory(prefix="fazhi-made-") as folder:
        settings = private_settings(Path(folder)).model_copy(update={"embedding": NAME})
        with open_stores(settings, embedder=StandInEmbedder()) as stores:
            ingest_paths([corpus.reports], stores=stores, on_progress=on_progress)
            texts = stored_texts(stores)
            lost = {gold.source for gold in corpus.golds} - set(texts)
            if lost:
                raise RuntimeError(f"{len(lost)} made reports are not stored: {sorted(lost)[:5]}")
            reading = score_reading(corpus.golds, stores)
            answer = asker(stores)
            answer(corpus.questions[0])  # opening the stores is nobody's latency

            def told(done: int, total: int) -> None:
                if on_progress:
                    on_progress("answering", done, total)

            run = run_questions(
                corpus.questions,
                answer,
                texts=texts,
                questions_from=f"made-{len(texts)}",
                on_progress=told,
            )
            if out:
                write_run(run, out, texts)
    return MadeRun(reading, run)
