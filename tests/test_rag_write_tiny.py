"""A real, tiny model that invents towns and figures: nothing of them reaches a reader."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from model_server import model_server
from tiny_model_run import ask_twice, tiny

from eval.dataset import read_questions
from eval.run import SAMPLE_QUESTIONS
from rag.pipeline import answer
from rag.settings import Settings
from rag.stores import Stores, open_stores

pytestmark = pytest.mark.slow
QUARREL = "群众之间闹别扭最后谈拢的占多大比例？"  # says nothing that the rules know


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with model_server(tmp_path_factory.mktemp("tiny")) as url:
        yield url


@pytest.fixture
def with_tiny(server: str, sample_settings: Settings) -> Iterator[Stores]:
    with open_stores(tiny(sample_settings, server, seconds=60)) as stores:
        yield stores


def test_nothing_a_tiny_model_invents_reaches_a_reader(
    with_tiny: Stores, sample_stores: Stores
) -> None:
    few = read_questions(SAMPLE_QUESTIONS)[5::10]
    assert {"census", "lookup", "describe", "yes_no"} == {question.kind for question in few}
    assert any(question.history for question in few)
    found = ask_twice(few, sample_stores, with_tiny)
    assert found["wrong"] == []
    assert found["sentences"]  # it did speak


def test_a_tiny_model_reads_a_question_only_as_what_the_register_holds(
    with_tiny: Stores, sample_stores: Stores, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "rag.plan.model_reading")
    found = answer(QUARREL, stores=with_tiny)
    (line,) = (r.getMessage() for r in caplog.records if r.name == "rag.plan.model_reading")
    assert "failure=-" in line  # it gave objects of the schema
    assert all(name in with_tiny.register for name in found.plan.indicators)
    if "read=False" in line:
        assert found.text == answer(QUARREL, stores=sample_stores).text
    assert found.writer == "rules" or found.status == "answered"
