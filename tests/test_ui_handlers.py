"""What the page does with a question, an address and a choice, on the five real reports."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from ingest.pipeline import ingest_paths
from rag.settings import Settings
from rag.stores import Stores, open_stores
from ui.handlers import (
    LONGEST_QUESTION,
    Exchange,
    choices,
    converse,
    examples,
    open_source,
    page_language,
    page_question,
    welcome,
)
from ui.texts import texts_in

ZH, EN = texts_in("zh"), texts_in("en")
APPEARANCE = "哪些镇的行政诉讼应诉率达到100%？"


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("handlers")
    with as_file(files("ingest.samples")) as samples, open_stores(Settings(data=folder)) as opened:
        ingest_paths(sorted(samples.glob("*.txt")), stores=opened, sample=True)
    return folder


@pytest.fixture
def stores(data) -> Iterator[Stores]:
    with open_stores(Settings(data=data)) as opened:
        yield opened


@pytest.fixture
def empty(tmp_path) -> Iterator[Stores]:
    with open_stores(Settings(data=tmp_path / "empty")) as opened:
        yield opened


def test_an_answer_grows_at_the_end_of_the_conversation(stores):
    earlier = (Exchange("先前的问题", "<p>先前的回答</p>"),)
    steps = list(converse(APPEARANCE, earlier, stores=stores, texts=ZH))
    assert all(step[:1] == earlier for step in steps)
    assert all(step[1].question == APPEARANCE for step in steps)
    assert ZH("working") in steps[0][1].html
    last = steps[-1][1].html
    assert "行政诉讼应诉率100%" in last
    assert "row-match" in last
    assert last.count("<tr class=") + last.count("镇 20") >= 5


def test_an_english_question_gets_an_english_answer_on_a_chinese_page(stores):
    question = "which towns reported 100% litigation appearance rates"
    steps = list(converse(question, (), stores=stores, texts=ZH))
    assert ZH("working") in steps[0][0].html
    assert EN("state_match") in steps[-1][0].html


@pytest.mark.parametrize("question", ["", "  \n\t　"])
def test_an_empty_question_changes_nothing(stores, question):
    assert list(converse(question, (), stores=stores, texts=ZH)) == []


def test_a_question_is_cut_at_its_longest(stores):
    steps = list(converse("应" * 10_000, (), stores=stores, texts=ZH))
    assert len(steps[-1][0].question) == LONGEST_QUESTION


def test_the_scope_narrows_the_census(stores):
    steps = list(
        converse(APPEARANCE, (), stores=stores, texts=ZH, places=("李河镇",), years=(2023,))
    )
    assert ZH("census_label", in_scope=1) in steps[-1][0].html


def test_a_failure_is_told_on_the_page(data, tmp_path):
    copied = Settings(data=tmp_path / "copied")
    shutil.copytree(data, copied.data)
    shutil.rmtree(copied.lexical_path)
    copied.lexical_path.write_text("no index", encoding="utf-8")
    with open_stores(copied) as broken:
        steps = list(converse(APPEARANCE, (), stores=broken, texts=ZH))
    assert 'role="alert"' in steps[-1][0].html
    assert str(copied.lexical_path) in steps[-1][0].html


def test_the_source_of_each_citation_can_be_opened(stores):
    card = next(card for card in stores.database.cards() if card.place.town == "马武镇")
    fact = stores.database.facts(report_ids=(card.id,))[0]
    query = f"?report={card.id}&p={fact.paragraph}&start={fact.start}&end={fact.end}"
    html = open_source(query, stores=stores, texts=ZH)
    assert f"<mark>{fact.quote}</mark>" in html
    assert card.source in html


def test_no_source_is_open_until_an_address_names_one(stores):
    assert ZH("source_hint") in open_source("?q=应诉率", stores=stores, texts=ZH)


@pytest.mark.parametrize("query", ["?report=nowhere&p=1", "?report={id}&p=9999"])
def test_a_source_that_is_not_stored_is_told_on_the_page(stores, query):
    known = stores.database.cards()[0].id
    html = open_source(query.replace("{id}", known), stores=stores, texts=ZH)
    assert 'role="alert"' in html


def test_the_examples_are_questions_that_the_stored_reports_answer(stores):
    offered = examples(stores=stores, texts=ZH)
    assert APPEARANCE in offered
    assert len(offered) >= 3
    for question in offered:
        html = list(converse(question, (), stores=stores, texts=ZH))[-1][0].html
        assert 'article class="answer answered"' in html


def test_nothing_is_offered_where_nothing_is_stored(empty):
    assert examples(stores=empty, texts=ZH) == ()
    assert "fazhi ingest" in welcome(stores=empty, texts=ZH)


def test_the_places_and_years_of_the_stored_reports_can_be_chosen(stores):
    offered = choices(stores=stores)
    assert {"马武镇", "李河镇", "长征镇", "小江镇"} <= set(offered.places)
    assert len(set(offered.places)) == len(offered.places)
    assert list(offered.years) == sorted(set(offered.years), reverse=True)
    assert 2024 in offered.years


@pytest.mark.parametrize(
    ("query", "remembered", "accepted", "language"),
    [
        ("?lang=en&q=1", "zh", "zh-CN", "en"),
        ("?lang=xx", "zh", "en", "zh"),
        ("", "en", "zh-CN", "en"),
        ("", "", "en-GB", "en"),
        ("", "", "", "zh"),
    ],
)
def test_the_address_decides_the_language_then_the_choice_then_the_browser(
    query, remembered, accepted, language
):
    assert page_language(query, remembered, accepted) == language


def test_an_address_can_hold_a_question():
    assert page_question("q=%E5%BA%94%E8%AF%89%E7%8E%87&lang=zh") == "应诉率"
    assert page_question("?report=mawu") == ""
