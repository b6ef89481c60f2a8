"""The shipped question sets: their gold stands in the reports, and they ask of everything."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from eval.dataset import Question, lint, read_questions
from eval.metrics.figures import figure_of, read_figures
from rag.models import PlanKind

EVAL = Path(str(files("eval")))
SAMPLES = Path(str(files("ingest.samples")))
DEV = EVAL / "corpora" / "dev"
SETS = {
    "samples.jsonl": SAMPLES,
    "dev.jsonl": DEV,
    "dev-held-out.jsonl": DEV,
}
OUTSIDE = {"county-tonglu-2023.txt", "notice-shiping-2023.txt", "jingzhuang-2022-draft.txt"}

LEAST_HELD_OUT = 200


def questions_of(name: str) -> tuple[Question, ...]:
    return read_questions(EVAL / "questions" / name)


def texts_of(name: str) -> dict[str, str]:
    paths = [path for path in SETS[name].iterdir() if path.suffix in (".txt", ".md")]
    texts = {path.name: path.read_bytes().decode("utf-8") for path in paths}
    return {source: text for source, text in texts.items() if source != "README.md"}


@pytest.mark.parametrize("name", SETS)
def test_gold_names_reports_of_the_corpus_and_spans_that_stand_in_them(name: str) -> None:
    assert lint(questions_of(name), texts_of(name)) == ()


@pytest.mark.parametrize("name", SETS)
def test_what_is_answered_has_gold_and_what_is_not_claims_no_report(name: str) -> None:
    for question in questions_of(name):
        if question.status == "answered":
            gold = question.spans or question.must_say or question.values
            listed = question.kind == "corpus" and question.reports
            assert gold or listed or question.reports == (), question.id
        else:
            assert not question.reports, question.id


def test_the_sets_hold_enough_of_every_kind_and_a_third_in_english() -> None:
    asked = [question for name in SETS for question in questions_of(name)]
    assert len(asked) >= 250
    kinds = Counter(question.kind for question in asked)
    assert set(kinds) == set(get_args(PlanKind))
    assert all(kinds[kind] >= 5 for kind in kinds), kinds
    english = sum(question.language == "en" for question in asked)
    assert 0.3 <= english / len(asked) <= 0.4
    assert sum(question.status != "answered" for question in asked) >= 30
    assert sum(bool(question.history) for question in asked) >= 15


def test_no_two_questions_of_the_shipped_sets_are_the_same() -> None:
    asked = [question for name in SETS for question in questions_of(name)]
    repeated = Counter((question.question, question.history) for question in asked)
    assert [key for key, count in repeated.items() if count > 1] == []
    assert len({question.id for question in asked}) == len(asked)


def test_the_held_out_questions_are_asked_like_the_rest_by_writers_of_their_own() -> None:
    dev, held_out = questions_of("dev.jsonl"), questions_of("dev-held-out.jsonl")
    assert len(held_out) >= LEAST_HELD_OUT
    writers = {question.id.partition("-")[0] for question in held_out}
    assert not writers & {question.id.partition("-")[0] for question in dev}
    missing = {question.kind for question in dev} - {question.kind for question in held_out}
    assert missing == set()


def test_the_development_corpus_has_forty_reports_and_three_documents_beside_them() -> None:
    texts = texts_of("dev.jsonl")
    assert len(texts) == 43
    assert set(texts) >= OUTSIDE
    towns = Counter(re.sub(r"-\d{4}\.\w+$", "", source) for source in set(texts) - OUTSIDE)
    assert sum(towns.values()) == 40
    assert sorted(towns.values())[-3:] == [3, 3, 3]
    assert all(len(texts[source]) >= 600 for source in set(texts) - OUTSIDE)


def test_no_question_expects_a_document_that_stands_outside_the_census() -> None:
    for name in ("dev.jsonl", "dev-held-out.jsonl"):
        for question in questions_of(name):
            named = {*(question.reports or ()), *question.census}
            assert not named & OUTSIDE, question.id


@pytest.mark.parametrize("name", ["dev.jsonl", "dev-held-out.jsonl"])
def test_required_figures_stand_in_a_gold_span_of_their_report_unless_computed(name: str) -> None:
    for question in questions_of(name):
        if {"implied", "computed"} & set(question.tags):
            continue
        for value in (one for one in question.values if one.source is not None):
            figure = figure_of(value.value, value.unit, value.qualifier)
            spans = [span.text for span in question.spans if span.source == value.source]
            stated = any(figure.same_as(other) for text in spans for other in read_figures(text))
            assert stated or not value.required, (question.id, value)
