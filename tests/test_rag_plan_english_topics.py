"""What an English question names, and what of it no glossary knows."""

from __future__ import annotations

from collections import defaultdict
from importlib.resources import files

import pytest
import yaml

from rag.plan.english_named import named_things
from rag.plan.english_topics import english_topics, known_topics, narrowing_topic
from rag.plan.english_words import stem_of, tokens_of
from rag.plan.topics import Topic

GLOSSARY = yaml.safe_load(files("rag.plan").joinpath("glossary.yaml").read_text("utf-8"))
WAYS = {terms: [way.strip() for way in ways.split(";")] for terms, ways in GLOSSARY.items()}


def test_the_glossary_covers_the_vocabulary_of_a_report() -> None:
    assert len(WAYS) >= 900
    assert sum(len(ways) for ways in WAYS.values()) >= 6000


def test_no_english_way_stands_under_two_chinese_terms() -> None:
    places = defaultdict(set)
    for terms, ways in WAYS.items():
        for way in ways:
            places[tuple(token.stem for token in tokens_of(way))].add(terms)
    assert [(way, terms) for way, terms in places.items() if len(terms) > 1 or not way] == []


@pytest.mark.parametrize(("terms", "ways"), WAYS.items())
def test_every_way_of_the_glossary_is_found_as_its_term(terms: str, ways: list[str]) -> None:
    for way in ways:
        if "…" not in way:
            found = [one.text for one in named_things(f"towns that mention {way}")]
            # words that name a section or its role, such as "principal leader", are no topic
            assert found in ([terms], []), way


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organisations", "organization"),
        ("centres", "center"),
        ("licensing", "licences"),
        ("neighbourhood", "neighborhoods"),
        ("fulfilment", "fulfillment"),
        ("penalties", "penalty"),
        ("people", "persons"),
        ("sued", "sue"),
        ("programmes", "program"),
    ],
)
def test_a_word_has_one_stem_in_every_form(one: str, other: str) -> None:
    assert stem_of(one) == stem_of(other)


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("Which towns mention the Fengqiao experience?", ["枫桥经验|枫桥式"]),
        ("Which towns have legal persons who understand?", ["法律明白人"]),
        ("Which towns train legally literate persons?", ["培训 法律明白人"]),
        ("Which towns talk about lack of money for law enforcement?", ["经费|经费保障|资金"]),
        ("Which towns had no mass incidents?", ["群体性事件"]),
        ("Which towns gave \"legal health checks\" to companies or cooperatives?", ["法治体检|法律体检"]),
        ("Which towns mention xylophones?", ["xylophones"]),
        ("Which towns carried out quilting?", ["quilting"]),
        ("Which towns really did so altogether?", []),
        ("Which towns mention the civil code and body cameras?", ["民法典", "执法记录仪"]),
        ("Which towns let a first offence pass?", ["首违不罚|首违免罚"]),
        ("Which towns mention petitions (xinfang)?", ["信访"]),
        ("Which towns mention legally knowledgeable persons (法律明白人)?", ["法律明白人"]),
        ("Which towns are ethnic townships under the rule of law?", []),
        ("What did the fishing town do about smuggling?", ["走私|反走私|打私"]),
        ("Which towns summoned companies for a talk?", ["约谈|提醒谈话"]),
        ("Which towns hold night school classes?", ["夜校|农民夜校|法治夜校"]),
        ("Which townships taught law to delivery riders?", ["外卖员|外卖骑手|骑手|快递员|外卖"]),
        ("Where do people talk things over in a pavilion?", ["说事室|说事点|说事亭|议事亭|百姓说事"]),
        ("Which towns admit that publicity is monotonous?", ["形式单一|方式单一|手段单一|不够丰富|不够多样|载体单一"]),
    ],
)  # fmt: skip
def test_a_question_is_about_what_its_words_say(question: str, topics: list[str]) -> None:
    assert [topic.text for topic in english_topics(question)] == topics


@pytest.mark.parametrize(
    "question",
    [
        "Which towns won most often, step by step?",
        "What accounts for the second rise?",
        "Which towns take care of everything three years in a row?",
        "What stands under the rules that were revised?",
        "By virtue of what do men and a couple of others bridge the gap?",
        "Which problems cropped up when closer ties were forged at that age?",
        "What did towns single out, log or stamp out?",
        "What programmes, tools and channels were used to tackle the bottleneck?",
        "Which sectors make life easier, and with what technology?",
    ],
)
def test_words_that_share_a_stem_with_a_thing_name_nothing(question: str) -> None:
    named = {one.text for one in named_things(question) if one.known}
    assert named == set()


@pytest.mark.parametrize(
    "aside", ["(square, park, corridor and so on)", "such as a square, a park or a corridor"]
)
def test_examples_are_alternatives_of_what_they_illustrate(aside: str) -> None:
    topics = english_topics(f"Which towns have a rule-of-law culture venue {aside}?")
    assert len(topics) == 1
    alternatives = topics[0].text.split("|")
    assert alternatives[0] == "法治文化阵地"
    assert {"法治文化广场", "法治公园", "法治长廊"} <= {*alternatives}
    assert "广场" not in alternatives


def test_words_that_no_glossary_has_are_named_and_narrow_nothing() -> None:
    topics, unread = known_topics("Which towns with brass xylophones used drones quite often?")
    assert [topic.text for topic in topics] == ["无人机"]
    assert unread == ("brass xylophones",)


def test_beside_an_indicator_its_own_words_are_no_topic() -> None:
    topic = Topic("行政诉讼|诉讼 无人机 企业|市场主体", 0)
    assert narrowing_topic(topic, ["行政诉讼应诉率"]).text == "无人机"


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("Which towns integrate self-governance, rule of law and rule of virtue?", ["三治融合|自治法治德治|三治结合"]),
        ("Which towns used drones for enforcement?", ["无人机"]),
        ("Which towns let off first-time offenders?", ["首违不罚|首违免罚"]),
        ("Which towns mention straw burning, gambling and dogs?", ["秸秆|秸秆禁烧|露天焚烧", "赌博|打牌赌博", "动物防疫|畜禽|养殖"]),
    ],
)  # fmt: skip
def test_parts_of_one_thing_are_one_thing(question: str, topics: list[str]) -> None:
    assert [topic.text for topic in english_topics(question)] == topics
