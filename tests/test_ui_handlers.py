"""What the page does with a question, an address and a choice, on the five real reports."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from ingest.pipeline import ingest_paths
from rag.models import Answer
from rag.settings import Settings
from rag.stores import Stores, open_stores
from ui.asks import LONGEST_QUESTION, Ask, asking
from ui.exchanges import Exchange, stopped
from ui.findings_table import TableView
from ui.handlers import (
    converse,
    converse_again,
    examples,
    feedback_on,
    judge,
    open_source,
    page_language,
    replay,
    turn_table,
    welcome,
)
from ui.shelf import Shelf
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


@pytest.fixture
def shelf(stores) -> Shelf:
    return Shelf(stores)


def answered(question: str, shelf: Shelf, *earlier: Exchange, **scope: object) -> Exchange:
    """The exchange that a question comes to after earlier ones."""
    ask = Ask(question, **scope)  # type: ignore[arg-type]
    return list(converse(ask, earlier, shelf=shelf, texts=ZH))[-1][-1]


def test_an_answer_grows_at_the_end_of_the_conversation(shelf):
    earlier = answered("各镇存在哪些不足？", shelf)
    steps = list(converse(Ask(APPEARANCE), (earlier,), shelf=shelf, texts=ZH))
    assert all(step[:1] == (earlier,) for step in steps)
    assert all(step[1].ask.question == APPEARANCE for step in steps)
    assert ZH("working") in steps[0][1].html
    assert [step[1].finished for step in steps] == [False] * (len(steps) - 1) + [True]
    last = steps[-1][1].html
    assert "行政诉讼应诉率100%" in last
    assert "row-match" in last


def test_an_english_question_gets_an_english_answer_on_a_chinese_page(shelf):
    question = "which towns reported 100% litigation appearance rates"
    steps = list(converse(Ask(question), (), shelf=shelf, texts=ZH))
    assert ZH("working") in steps[0][0].html
    assert EN("state_match") in steps[-1][0].html


@pytest.mark.parametrize("question", ["", "  \n\t　"])
def test_an_empty_question_asks_nothing(question):
    assert asking(question) is None


def test_a_question_is_cut_at_its_longest():
    assert asking("应" * 10_000) == Ask("应" * LONGEST_QUESTION)


def test_the_scope_narrows_the_census(shelf):
    narrowed = answered(APPEARANCE, shelf, places=("李河镇",), years=(2023,))
    assert ZH("census_label", in_scope=1) in narrowed.html


def test_a_follow_up_is_understood_from_the_questions_before_it(shelf):
    first = answered(APPEARANCE, shelf)
    second = answered("那98%的呢？", shelf, first)
    asked = shelf.get((first.ask, second.ask))
    assert [condition.value for condition in asked.plan.conditions] == [98]


def test_a_conversation_asked_again_is_what_it_was(shelf):
    asks = (Ask(APPEARANCE), Ask("各镇存在哪些不足？", years=(2023,)))
    steps = list(replay(asks, shelf=shelf, texts=ZH))
    assert [exchange.ask for exchange in steps[-1]] == list(asks)
    assert all(exchange.finished for exchange in steps[-1])


def test_one_answer_is_made_anew_in_its_place(shelf):
    first = answered(APPEARANCE, shelf)
    second = answered("各镇存在哪些不足？", shelf, first)
    steps = list(converse_again((first, second), first.id, shelf=shelf, texts=ZH))
    assert [exchange.ask for exchange in steps[-1]] == [first.ask, second.ask]
    assert steps[-1][0].id != first.id
    assert steps[-1][1] == second
    assert list(converse_again((first,), "unknown", shelf=shelf, texts=ZH)) == []


def test_what_is_stopped_says_so_and_can_be_asked_again(shelf):
    begun = next(converse(Ask(APPEARANCE), (), shelf=shelf, texts=ZH))
    ended = stopped(begun, ZH)
    assert ZH("stopped") in ended[0].html
    assert ZH("again") in ended[0].html
    assert ended[0].finished
    whole = (answered(APPEARANCE, shelf),)
    assert stopped(whole, ZH) == whole


def test_a_table_is_narrowed_without_a_new_answer(shelf):
    exchange = answered(APPEARANCE, shelf)
    turned = turn_table(
        (exchange,), exchange.id, TableView(state="not_reported"), shelf=shelf, texts=ZH
    )
    assert turned[0].html.count("row-not_reported") == 4
    assert "row-match" not in turned[0].html
    assert turned[0].ask == exchange.ask


def test_a_thumb_is_shown_and_what_is_written_down_says_what_was_asked(shelf):
    first = answered(APPEARANCE, shelf)
    second = answered("各镇的GDP是多少？", shelf, first)
    judged = judge((first, second), second.id, "down", shelf=shelf, texts=ZH)
    assert 'aria-pressed="true"' in judged[1].html
    given = feedback_on(judged, second.id, "down", "  GDP不在报告里 ")
    assert given is not None
    assert (given.question, given.history) == ("各镇的GDP是多少？", (APPEARANCE,))
    assert (given.status, given.thumb, given.comment) == ("not_found", "down", "GDP不在报告里")
    assert feedback_on(judged, "unknown", "up") is None


def test_an_answer_is_kept_until_the_stored_reports_change(stores):
    shelf = Shelf(stores)
    made: Answer = shelf.ask((Ask(APPEARANCE),))
    assert shelf.get((Ask(APPEARANCE),)) is made
    assert shelf.ask((Ask(APPEARANCE),)) is not made


def test_a_failure_is_told_on_the_page(data, tmp_path):
    copied = Settings(data=tmp_path / "copied")
    shutil.copytree(data, copied.data)
    shutil.rmtree(copied.lexical_path)
    copied.lexical_path.write_text("no index", encoding="utf-8")
    with open_stores(copied) as broken:
        failed = answered(APPEARANCE, Shelf(broken))
    assert 'role="alert"' in failed.html
    assert str(copied.lexical_path) in failed.html
    assert ZH("again") in failed.html


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
        html = answered(question, Shelf(stores)).html
        assert 'article class="answer answered"' in html


def test_nothing_is_offered_where_nothing_is_stored(empty):
    assert examples(stores=empty, texts=ZH) == ()
    assert "fazhi ingest" in welcome(stores=empty, texts=ZH)


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
