"""Question files: what is read, what is refused and how that is said."""

import json
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from eval.dataset import GoldSpan, Question, lint, read_questions, span_offsets
from rag.errors import BadQuestionFile

SAMPLES = Path(str(files("ingest.samples")))
QUESTIONS = Path(str(files("eval"))) / "questions" / "samples.jsonl"
TEXTS = {path.name: path.read_bytes().decode("utf-8") for path in SAMPLES.glob("*.txt")}
GOOD = {"id": "a", "question": "几件？", "kind": "lookup", "status": "answered"}


def write(folder: Path, *lines: object) -> Path:
    path = folder / "questions.jsonl"
    written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(written), encoding="utf-8")
    return path


def test_the_sample_questions_are_sixty_a_third_english_and_twelve_unanswerable() -> None:
    questions = read_questions(QUESTIONS)
    assert len(questions) == 60
    assert Counter(question.language for question in questions) == {"zh": 40, "en": 20}
    assert sum(question.status != "answered" for question in questions) >= 12
    assert sum(bool(question.history) for question in questions) >= 5
    kinds = {question.kind for question in questions}
    assert kinds == {
        *("census", "lookup", "compare", "rank", "aggregate", "describe", "yes_no", "corpus")
    }


def test_the_gold_of_every_sample_question_stands_in_the_samples() -> None:
    assert len(TEXTS) == 5
    assert lint(read_questions(QUESTIONS), TEXTS) == ()


def test_every_answered_sample_question_has_gold_to_be_scored_by() -> None:
    for question in read_questions(QUESTIONS):
        if question.status == "answered":
            assert question.spans or question.must_say, question.id
        else:
            assert question.reports == (), question.id


def test_figures_in_gold_stand_in_the_gold_spans_of_their_report_unless_computed() -> None:
    from eval.metrics.figures import figure_of, read_figures

    for question in read_questions(QUESTIONS):
        computed = {"implied", "computed"} & set(question.tags)
        for value in question.values:
            figure = figure_of(value.value, value.unit, value.qualifier)
            stated = any(
                figure.same_as(other)
                for span in question.spans
                if span.source == value.source
                for other in read_figures(span.text.replace("\n", ""))
            )
            assert stated or computed or not value.required, (question.id, value)


def test_unknown_keys_are_refused_with_file_line_and_key(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, "", {**GOOD, "id": "b", "answer": "12"})
    with pytest.raises(BadQuestionFile, match=r"questions\.jsonl:3: answer: Extra inputs"):
        read_questions(path)


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadQuestionFile, match=r"questions\.jsonl:2: line: Invalid JSON"):
        read_questions(write(tmp_path, GOOD, "{"))


def test_a_missing_key_and_an_unknown_kind_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadQuestionFile, match=r":1: status: Field required"):
        read_questions(write(tmp_path, {"id": "a", "question": "?", "kind": "lookup"}))
    with pytest.raises(BadQuestionFile, match=r":1: kind: "):
        read_questions(write(tmp_path, {**GOOD, "kind": "guess"}))


def test_an_id_used_twice_names_both_lines(tmp_path: Path) -> None:
    with pytest.raises(BadQuestionFile, match=r":2: id 'a' is used on line 1 too"):
        read_questions(write(tmp_path, GOOD, GOOD))


def test_a_file_that_is_missing_empty_or_not_utf8_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadQuestionFile, match=r"none\.jsonl: No such file"):
        read_questions(tmp_path / "none.jsonl")
    with pytest.raises(BadQuestionFile, match="holds no question"):
        read_questions(write(tmp_path, "", ""))
    other = tmp_path / "gbk.jsonl"
    other.write_bytes('{"id": "问"}'.encode("gb18030"))
    with pytest.raises(BadQuestionFile, match="not UTF-8 at byte 8"):
        read_questions(other)


def test_gold_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    value = {"source": "a.txt", "value": 1}
    for wrong in (
        {"status": "not_found", "values": [value]},
        {"yes_no": True},
        {"reports": [], "census": {"a.txt": "match"}},
    ):
        with pytest.raises(BadQuestionFile, match=r":1: line: Value error"):
            read_questions(write(tmp_path, {**GOOD, **wrong}))


def test_a_span_is_found_by_occurrence_and_refused_when_it_is_not_clear_which() -> None:
    text = "应诉7次，应诉5次"
    assert span_offsets(GoldSpan(source="a", text="7次"), text) == (2, 4)
    assert span_offsets(GoldSpan(source="a", text="应诉", occurrence=2), text) == (5, 7)
    with pytest.raises(ValueError, match="2 times: say which"):
        span_offsets(GoldSpan(source="a", text="应诉"), text)
    with pytest.raises(ValueError, match="only 2 times"):
        span_offsets(GoldSpan(source="a", text="应诉", occurrence=3), text)
    with pytest.raises(ValueError, match="does not contain"):
        span_offsets(GoldSpan(source="a", text="9次"), text)


def test_lint_names_unknown_reports_and_spans_that_do_not_stand() -> None:
    spans = (GoldSpan(source="a.txt", text="七次"), GoldSpan(source="b.txt", text="7次"))
    question = Question.model_validate({**GOOD, "reports": ["c.txt"], "spans": spans})
    assert lint([question], {"a.txt": "7次"}) == (
        "a: no report b.txt",
        "a: no report c.txt",
        "a: a.txt does not contain '七次'",
    )
