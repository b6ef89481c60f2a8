"""Question sets asked: any program's answers scored, and this program's on the samples."""

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from eval.dataset import Question, read_questions
from eval.metrics.given import AnswerJson
from eval.outcome import Run
from eval.run import SAMPLE_QUESTIONS, evaluate, run_questions
from rag.errors import BadQuestionFile

SAMPLES = Path(str(files("ingest.samples")))


def question(name: str, **gold: object) -> Question:
    fields = {"id": name, "question": "几件？", "kind": "lookup", "status": "answered", **gold}
    return Question.model_validate(fields)


@pytest.fixture(scope="module")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, Path]]:
    out = tmp_path_factory.mktemp("run")
    yield evaluate(out=out), out


def test_any_program_is_asked_in_order_and_scored() -> None:
    asked: list[str] = []
    progress: list[tuple[int, int]] = []

    def answer(item: Question) -> AnswerJson:
        asked.append(item.id)
        return {"status": "answered", "findings": [{"source": "a.txt", "state": "match"}]}

    questions = [question("first", reports=["a.txt"]), question("second", reports=[])]
    run = run_questions(
        questions,
        answer,
        texts={"a.txt": ""},
        on_progress=lambda done, total: progress.append((done, total)),
    )
    assert asked == ["first", "second"]
    assert progress == [(1, 2), (2, 2)]
    assert [outcome.score.right for outcome in run.outcomes] == [True, False]
    assert all(outcome.milliseconds > 0 for outcome in run.outcomes)


def test_every_citation_is_the_text_of_the_sample_file_at_its_offsets(
    sample_run: tuple[Run, Path],
) -> None:
    run, _ = sample_run
    reread = {path.name: path.read_bytes().decode("utf-8") for path in SAMPLES.glob("*.txt")}
    citations = [item for outcome in run.outcomes for item in outcome.answer["citations"]]
    assert len(citations) >= 40
    for citation in citations:
        stored = reread[citation["source"]]
        assert stored[citation["start"] : citation["end"]] == citation["raw"]
        assert 0 < len(citation["quote"]) <= len(citation["raw"])


def test_every_census_of_the_sample_questions_adds_up(sample_run: tuple[Run, Path]) -> None:
    run, _ = sample_run
    for outcome in run.outcomes:
        counts = dict(outcome.answer["census"])
        assert counts.pop("in_scope") == sum(counts.values()), outcome.question.id


def test_no_answer_to_a_sample_question_prints_a_number_without_support(
    sample_run: tuple[Run, Path],
) -> None:
    run, _ = sample_run
    unsupported = {o.question.id: o.score.unsupported for o in run.outcomes if o.score.unsupported}
    assert unsupported == {}


def test_the_run_is_written_where_it_is_asked_to_be(sample_run: tuple[Run, Path]) -> None:
    run, out = sample_run
    data = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert len(data["outcomes"]) == len(run.outcomes) == len(read_questions(SAMPLE_QUESTIONS))
    assert data["reports"] == sorted(path.name for path in SAMPLES.glob("*.txt"))
    assert (out / "run.html").is_file()


def test_gold_that_is_not_of_the_reports_is_refused(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "mawu-2024.txt").write_bytes((SAMPLES / "mawu-2024.txt").read_bytes())
    with pytest.raises(BadQuestionFile, match=r"samples\.jsonl: .*: no report "):
        evaluate(corpus=corpus, out=tmp_path / "out")
