"""The figures of `fazhi bench`: which there are, and that they agree with one another."""

import json
from pathlib import Path

import pytest

from eval.bench import STEPS, Figures, run_bench
from eval.copies import SAMPLES, write_reports
from eval.dataset import read_questions
from eval.run import SAMPLE_QUESTIONS
from ingest.load import load
from ingest.pipeline import read_report
from rag.indicators import load_register

REPORTS = 7  # the samples and two copies


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> tuple[Figures, Path, list[tuple[str, int]]]:
    out = tmp_path_factory.mktemp("bench") / "runs" / "bench.json"
    told: list[tuple[str, int]] = []
    figures = run_bench(
        reports=REPORTS,
        rounds=1,
        out=out,
        on_progress=lambda stage, _done, total: told.append((stage, total)),
    )
    return figures, out, told


@pytest.mark.slow
def test_the_shares_of_an_ingest_are_of_all_its_steps_and_sum_to_one(bench) -> None:
    figures, _, _ = bench
    shares = {name: share for name, share in figures.items() if name.startswith("ingest.share.")}
    assert set(shares) == {f"ingest.share.{step}" for step in (*STEPS, "rest")}
    assert all(share > 0 for share in shares.values()), "a step that is never called"
    assert sum(shares.values()) == pytest.approx(1, abs=1e-4)


@pytest.mark.slow
def test_every_kind_of_question_has_its_times(bench) -> None:
    figures, _, _ = bench
    kinds = {question.kind for question in read_questions(SAMPLE_QUESTIONS)}
    timed = {name.split(".")[1] for name in figures if name.startswith("query.")}
    assert timed == kinds | {"all"}
    for kind in timed:
        assert 0 < figures[f"query.{kind}.p50_ms"] <= figures[f"query.{kind}.p95_ms"]


@pytest.mark.slow
def test_start_memory_disk_and_embedding_are_measured(bench) -> None:
    figures, _, _ = bench
    for name in (
        "start.help_s", "start.census_answer_s", "start.describe_answer_s", "start.open_stores_ms",
        "ingest.reports_per_s", "ingest.embedding_of_raw", "embedding.passages_per_s",
        "embedding.of_raw", "embedding.over_fp32", "embedding.query_ms", "memory.peak_mb",
        "disk.database_mb", "disk.vectors_mb", "disk.lexical_mb", "disk.report_kb",
    ):  # fmt: skip
        assert figures[name] > 0, name
    assert figures["ingest.passages"] >= 83 * REPORTS // 5


@pytest.mark.slow
def test_the_figures_are_written_as_json_and_progress_is_told(bench) -> None:
    figures, out, told = bench
    assert json.loads(out.read_text(encoding="utf-8")) == figures
    assert ("reading", REPORTS) in told
    assert {stage for stage, _ in told} == {"reading", "indexing", "answering"}


def test_the_reports_measured_with_are_the_samples_and_copies_from_other_towns(tmp_path) -> None:
    written = write_reports(12, tmp_path)
    assert len({path.read_bytes() for path in written}) == len(written) == 12
    for path in written[:5]:
        assert path.read_bytes() == (SAMPLES / path.name).read_bytes()
    towns = set()
    for path in written:
        loaded = load(path)
        report = read_report(
            loaded, source=path.name, sha256="", report_id="a", register=load_register()
        )
        assert report.card.type == "report"
        towns.add((report.card.place.province, report.card.place.town))
    assert len(towns) == 12
    assert not {None} & {part for town in towns for part in town}


def test_fewer_reports_than_samples_can_be_asked_for(tmp_path) -> None:
    assert len(write_reports(2, tmp_path)) == 2
