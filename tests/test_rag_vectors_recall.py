"""The vector index against exact search: what is nearest is found, in a scope and without one."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from statistics import mean, median

import numpy as np
import pytest
from conftest import build_report
from drawn_vectors import PASSAGES, Drawn, draw, fill

from eval.stand_in import StandInEmbedder
from ingest.pipeline import ingest_paths
from rag import meaning
from rag.database import Database
from rag.meaning import Meaning
from rag.settings import read_settings
from rag.stores import open_stores
from rag.vectors import VectorIndex
from tests.sample_paragraphs import SAMPLES, embedder, passages

EVAL = Path(__file__).parent.parent / "eval"
K = 50
FOUND = 0.98  # of the K nearest, at least
SCOPES = (1, 20, 80, 400, 401, 1000)  # reports: a town, a county, a city, a year


def questions(count: int) -> list[str]:
    """So many real questions of the question sets."""
    lines = (EVAL / "questions" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines][:count]


def drawn_around(texts: list[str], count: int, asked: int) -> Drawn:
    real = embedder().embed(list(dict.fromkeys(texts)))
    asking = [embedder().embed_query(question) for question in questions(asked)]
    return Drawn(draw(real, count, seed=1), np.asarray(asking, np.float32))


def recall(index: VectorIndex, drawn: Drawn) -> float:
    return mean(
        len(drawn.nearest(n, K) & {name for name, _ in index.search(str(n), k=K)}) / K
        for n in range(len(drawn.questions))
    )


def test_nothing_that_is_near_is_missed_in_a_small_index(tmp_path: Path) -> None:
    texts = [one.text for name in SAMPLES for one in passages(name)]
    drawn = drawn_around(texts, 3000, 20)
    index = VectorIndex.open(tmp_path, drawn)
    fill(index, 3000)
    assert recall(index, drawn) >= FOUND


@pytest.mark.soak
def test_among_100_000_passages_what_is_near_is_found_and_a_scope_costs_no_more_than_all(
    tmp_path: Path, database: Database
) -> None:
    count = 100_000
    drawn = drawn_around(real_passages(tmp_path / "real"), count, 100)
    index = VectorIndex.open(tmp_path / "chroma", drawn)
    fill(index, count)
    found = recall(index, drawn)
    sys.stdout.write(f"recall@{K}: {found:.4f}\n")
    assert found >= FOUND
    assert_no_scope_is_slower(database, index, drawn, count)


def real_passages(folder: Path) -> list[str]:
    """What is embedded of the reports that come with the program."""
    settings = read_settings(folder).model_copy(update={"database": "", "chroma": ""})
    reports = [EVAL / "corpora", EVAL / "gold" / "reports", EVAL / "gold" / "reports_b"]
    with open_stores(settings, embedder=StandInEmbedder()) as stores:
        ingest_paths(reports, stores=stores)
        return list(stores.vectors.texts().values())


def assert_no_scope_is_slower(
    database: Database, index: VectorIndex, drawn: Drawn, count: int
) -> None:
    """Times scopes of all sizes beside a search of all, in turns."""
    reports = [f"r{n}" for n in range((count + PASSAGES - 1) // PASSAGES)]
    versions = {
        name: database.replace_report(build_report(name, year=number), made_with={})
        for number, name in enumerate(reports)  # years of their own: none supersedes another
    }
    database.put_vectors(list(index.vectors(reports)), versions)
    search = Meaning(database, embedder=lambda: drawn, index=lambda: index, behind=tuple).search
    random = np.random.default_rng(2)
    scopes = {size: list(random.choice(reports, size, replace=False)) for size in SCOPES}
    scopes[len(reports)] = reports
    times: dict[int, list[float]] = {size: [] for size in scopes}
    for question in range(30):
        for size, scope in scopes.items():
            began = time.process_time()
            assert len(search(str(question), k=K, report_ids=scope)) == min(K, size * PASSAGES)
            times[size].append(1000 * (time.process_time() - began))
    told = {size: round(median(found), 1) for size, found in times.items()}
    sys.stdout.write(f"ms of a search by reports in scope: {told}\n")
    slowest = max(median(times[size]) for size in SCOPES)
    assert slowest <= 1.25 * median(times[len(reports)])


def test_the_scopes_that_are_timed_lie_on_both_sides_of_the_exact_search() -> None:
    assert {meaning.EXACT_REPORTS, meaning.EXACT_REPORTS + 1} <= set(SCOPES)
