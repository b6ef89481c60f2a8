"""A question that found nothing is asked of less, where that still tells reports apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.looser import label_in, looser_topics
from rag.models import Fact

HELD = {"双语": {1, 2}, "普法": set(range(9)), "调解": set(range(8)), "无人机": {3}}


def held(phrase: str) -> set[int]:
    return HELD.get(phrase, set())


@pytest.mark.parametrize(
    ("topic", "looser"),
    [
        ("双语普法", ["双语"]),
        ("双语普法 双语调解", ["双语"]),
        ("无人机 普法", ["无人机"]),
        ("普法调解", []),  # what most reports hold tells none apart
        ("双语", []),  # nothing less is left to ask
    ],
)
def test_the_rarest_words_are_asked_of(topic: str, looser: list[str]) -> None:
    assert list(looser_topics(topic, held, stored=9)) == looser


def test_a_figure_is_known_by_the_label_that_the_question_uses(fact: Fact) -> None:
    label = replace(fact, indicator=None, label="群众评价主动参评率", kind="achieved")
    other = replace(fact, indicator=None, label="签收率", kind="achieved")
    assert label_in("好差评的主动参评率提到了多少?", [label, other]) == "群众评价主动参评率"
    assert label_in("政策明白卡签收率达到多少?", [label, other]) == "签收率"
    assert label_in("罚款多少?", [label, other]) == ""


def test_an_indicator_or_a_target_is_no_label_to_go_by(fact: Fact) -> None:
    named = replace(fact, label="调解成功率", indicator="纠纷调解成功率", kind="achieved")
    aimed = replace(fact, label="签收率", indicator=None, kind="target")
    assert label_in("签收率和调解成功率是多少?", [named, aimed]) == ""


@pytest.fixture
def fact() -> Fact:
    from ingest.facts import extract_facts
    from rag.indicators import load_register
    from rag.models import Paragraph

    text = "签收率99%。"
    paragraph = Paragraph("r#0", "r", 0, (), "achievements", text, text, 0, len(text))
    return extract_facts([paragraph], text=text, removals=(), year=2023, register=load_register())[
        0
    ]
