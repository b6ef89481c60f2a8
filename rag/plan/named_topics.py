"""What a question names beside the indicators and figures that it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.blanking import blank_spans
from rag.homophones import syllables
from rag.indicators import IndicatorMention
from rag.models import Language
from rag.plan.asked_amounts import AskedAmount
from rag.plan.english_topics import english_topics, known_topics, narrowing_topic
from rag.plan.practices import is_actor, telling_sides, with_practices, without_recipients
from rag.plan.topics import Topic, read_topics
from rag.words import field_terms, has_noun, is_said_of_anything
from rag.year_parts import year_part

_MENTIONING = re.compile(r"(?:提到|提及|写到|谈到|谈及|说到|讲到|涉及)[了过]?[“\"「『《]?$")
_CLAUSE = re.compile(r"[,;。?!:]")
_ASKING = re.compile(  # what asks, denies or adds, so that its clause is part of the question
    r"[哪谁几吗呢没未不无都也又还且但却]|多少|什么|是否|有[过了的]?|同时|提到|写|做过|[建设开搞办聘配]了"
)
_GOES_ON = re.compile(r"\s*(?:但|却|而|可是|不过|又|还|也|且)")
_SOUNDED = 6  # names of an indicator whose sound is compared


def named_topics(
    unread: str,
    mentions: Sequence[IndicatorMention],
    amounts: Sequence[AskedAmount],
    language: Language,
) -> tuple[tuple[Topic, ...], tuple[str, ...]]:
    """What a question names beside its figures and the indicators that it asks values of.

    Beside an indicator the English words that no glossary has come apart: they are no topic.
    """
    bare = blank_spans(unread, [(mention.start, mention.end) for mention in mentions])
    part = year_part(bare) if language == "zh" else None
    bare = blank_spans(bare, [part.span()] if part else [])
    named = [name for m in mentions for name in (m.indicator.name, *m.indicator.synonyms)]
    if language == "en":
        found, unknown = known_topics(bare) if mentions else (english_topics(bare), ())
        topics = [narrowing_topic(topic, named) for topic in found] if mentions else list(found)
        topics = [topic for topic in topics if topic.text]
    else:
        unknown = ()
        topics = [topic for topic in read_topics(bare) if not _part_of(topic.text, named)]
        if mentions:
            topics = [t for t in topics if _is_mention(t, bare) or _tells(t, beside=amounts)]
        if mentions or len(topics) > 1:
            asked = [t for t in topics if not _is_aside(t, unread, mentions)]
            if asked or mentions:
                unknown = tuple(t.text.partition("|")[0] for t in topics if t not in asked)
                topics = asked
    if part and topics:
        topics = [
            replace(topics[0], text=f"{''.join(part[0].split())} {topics[0].text}"),
            *topics[1:],
        ]
    topics = [_with_whole_sides(topic) for topic in without_recipients(topics)]
    named_so = [replace(topic, text=with_practices(topic.text)) for topic in topics]
    once = {frozenset(topic.text.split("|")): topic for topic in reversed(named_so)}
    return tuple(topic for topic in named_so if topic in once.values()), unknown


def _tells(topic: Topic, beside: Sequence[AskedAmount]) -> bool:
    """Whether a Chinese topic says more than the indicator that stands with it.

    Beside a figure a verb or a short word names nothing of its own.
    """
    if beside and not (len(topic.text) > 2 and has_noun(topic.text)):
        return False
    return not is_said_of_anything(topic.text) and not is_actor(topic.text)


def _is_aside(topic: Topic, text: str, mentions: Sequence[IndicatorMention]) -> bool:
    """Whether a topic stands in a clause that asks nothing: …的报告,听证会前要核对."""
    edges = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    start = max(edge for edge in edges if edge <= topic.start)
    end = min(edge for edge in edges if edge > topic.start)
    if any(start <= mention.start < end for mention in mentions):
        return False
    if _ASKING.search(text[start:end]) or _GOES_ON.match(text, end):
        return False
    return not _is_of_the_field(topic.text)


def _is_of_the_field(topic: str) -> bool:
    """Whether a topic holds a term that such reports use: 法律援助, 执法记录仪."""
    return any(term in topic for term in field_terms())


def _is_mention(topic: Topic, text: str) -> bool:
    """Whether a question asks what is mentioned: 提到了法院."""
    return bool(_MENTIONING.search(text[: topic.start]))


def _with_whole_sides(topic: Topic) -> Topic:
    """The topic with each thing of a list named whole: 法治文化广场、(法治文化)公园."""
    if not topic.sides:
        return topic
    sides = tuple(map(with_practices, telling_sides(topic.sides)))
    return replace(topic, text="|".join(sides), sides=sides) if sides != topic.sides else topic


def _part_of(topic: str, indicators: Sequence[str]) -> bool:
    """Whether a topic only repeats what an indicator is of: 矛盾纠纷 beside 纠纷调解成功率.

    A wrong character of the same sound counts as the right one (调节 for 调解).

    Args:
        indicators: names and synonyms.
    """
    parts = [alternative for phrase in topic.split() for alternative in phrase.split("|")]
    if parts and all(any(part in name for name in indicators) for part in parts):
        return True
    if (
        "|" in topic
        and " " not in topic
        and any(part in name for name in indicators for part in parts)
    ):
        return True  # 党委(党工委)集体学法
    if not indicators or len(topic) > 4 or topic.isascii():
        return False
    sounds = "".join(syllables(topic))
    return any(sounds in "".join(syllables(name)) for name in indicators[:_SOUNDED])
