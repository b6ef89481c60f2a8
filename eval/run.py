"""Ask a question set and score the answers."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from eval.dataset import Question, lint
from eval.kept_vectors import KeptVectors
from eval.metrics.given import AnswerJson
from eval.metrics.score import score_answer
from eval.outcome import Outcome, Run
from eval.question_files import read_question_file
from eval.report import write_run
from ingest.files import files_under
from ingest.load import load, source_of
from ingest.pipeline import ingest_paths
from rag.errors import BadQuestionFile, UnreadableFile
from rag.models import Answer, Turn
from rag.pipeline import answer as answer_question
from rag.settings import Settings, read_settings
from rag.stores import Stores, open_stores

SAMPLE_QUESTIONS = Path(__file__).parent / "questions" / "samples.jsonl"

Answerer = Callable[[Question], AnswerJson | Answer]
Progress = Callable[[int, int], None]  # questions answered, questions in all
ReadingProgress = Callable[[str, int, int], None]  # "reading" or "indexing", done, of how many


def run_questions(
    questions: Sequence[Question],
    answer: Answerer,
    *,
    texts: Mapping[str, str],
    questions_from: str = "",
    on_progress: Progress | None = None,
) -> Run:
    """Every question answered, timed and scored, in order.

    Args:
        answer: any program that gives an answer, as it is or in the JSON form of
            `fazhi ask --json`; only this is timed, not what is made of the answer.
        texts: stored text by source, of every report the questions are about.
    """
    started = datetime.now(UTC).isoformat(timespec="seconds")
    outcomes: list[Outcome] = []
    with _unburdened() as burden:
        for question in questions:
            before = time.perf_counter()
            answered = answer(question)
            milliseconds = (time.perf_counter() - before) * 1000
            given = asdict(answered) if isinstance(answered, Answer) else answered
            score = score_answer(question, given, texts)
            outcomes.append(Outcome(question, given, milliseconds, score))
            burden()
            if on_progress:
                on_progress(len(outcomes), len(questions))
    return Run(started, questions_from, tuple(sorted(texts)), tuple(outcomes))


@contextmanager
def _unburdened() -> Iterator[Callable[[], None]]:
    """Within the `with`, what is kept of earlier answers costs later ones nothing.

    Given is a function that takes what there is now out of the garbage collector's rounds:
    the kept answers of a large set are millions of objects, and each round walks them all.
    """
    gc.collect()
    gc.freeze()
    try:
        yield gc.freeze
    finally:
        gc.unfreeze()


def evaluate(
    *,
    questions: Path | None = None,
    corpus: Path | None = None,
    out: Path | None = None,
    stores: Stores | None = None,
    on_progress: Progress | None = None,
    on_reading: ReadingProgress | None = None,
) -> Run:
    """A question set asked of a set of reports; the report of the run is written to `out`.

    Without `questions` the set on the samples is asked. The reports are those in `stores`
    or, without it, the files of `corpus` (by default the samples), taken into a store of
    their own that is gone afterwards; only their vectors are kept for the next run. The first question is asked once more than the
    others, untimed, so that loading the model is nobody's latency. Without `out` a folder
    named by the time is made in `runs` of the data folder.

    Raises:
        BadQuestionFile: the question file cannot be read, or its gold is not of these reports.
        StoreUnavailable: a store cannot be opened.
    """
    path = questions or SAMPLE_QUESTIONS
    asked = read_question_file(path)
    with _reports(corpus, stores, on_reading) as opened:
        texts = stored_texts(opened)
        refuse_bad_gold(path, asked, texts)
        answer = asker(opened)
        answer(asked[0])
        run = run_questions(
            asked, answer, texts=texts, questions_from=path.name, on_progress=on_progress
        )
    write_run(run, out or read_settings().data / "runs" / _folder_name(run), texts)
    return run


def refuse_bad_gold(path: Path, questions: Sequence[Question], texts: Mapping[str, str]) -> None:
    """Nothing where the gold is of these reports; else raises BadQuestionFile."""
    problems = lint(questions, texts)
    if problems:
        raise BadQuestionFile(
            f"{path}: {problems[0]} ({len(problems)} such in all; `fazhi eval --lint` lists them)"
        )


def asker(stores: Stores) -> Callable[[Question], Answer]:
    """This program as one that answers questions of a set."""

    def ask(question: Question) -> Answer:
        history = tuple(Turn(earlier) for earlier in question.history)
        return answer_question(question.question, history=history, stores=stores)

    return ask


def stored_texts(stores: Stores) -> dict[str, str]:
    """The stored text of every report that answers questions, by source."""
    cards = stores.database.cards()
    return {card.source: stores.database.stored_text(card.id) for card in cards}


def corpus_texts(folder: Path) -> dict[str, str]:
    """The text of every file of a folder that can be read, by source, without taking it in."""
    texts: dict[str, str] = {}
    for path in files_under([folder]):
        try:
            texts[source_of(path)] = load(path).text
        except UnreadableFile:
            continue
    return texts


def sample_folder() -> Path:
    return Path(str(files("ingest.samples")))


@contextmanager
def _reports(
    corpus: Path | None, stores: Stores | None, on_reading: ReadingProgress | None
) -> Iterator[Stores]:
    """The given stores, or the corpus in stores of its own."""
    if stores is not None:
        yield stores
        return
    paths = [corpus] if corpus else sorted(sample_folder().glob("*.txt"))
    with tempfile.TemporaryDirectory(prefix="fazhi-eval-") as folder:
        settings = private_settings(Path(folder))
        of_corpus = str(corpus.resolve()) if corpus else "samples"
        embedder = KeptVectors(settings.embedding, settings.cache, of_corpus)
        with open_stores(settings, embedder=embedder) as opened:
            ingest_paths(paths, stores=opened, on_progress=on_reading)
            embedder.keep()
            yield opened


def private_settings(folder: Path) -> Settings:
    """Settings whose stores are all in the folder, whatever servers the user has set."""
    return read_settings().model_copy(update={"data": folder, "database": "", "chroma": ""})


def _folder_name(run: Run) -> str:
    return run.started.replace(":", "").replace("+0000", "Z")
