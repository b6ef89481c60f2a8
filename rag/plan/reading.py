"""What a question's words say on their own, before it is known what they ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.homophones import syllables
from rag.indicators import IndicatorMention, Register
from rag.models import Condition, Language, Operator, Place, SectionRole, Share
from rag.places import PlaceMention, find_places
from rag.plan.antecedents import with_antecedents
from rag.plan.asked import asked_values
from rag.plan.asked_amounts import AskedAmount, asked_amounts, with_digits
from rag.plan.comparisons import compared_with_wider, place_compared_with
from rag.plan.conditions import fits, read_conditions
from rag.plan.coordination import settle_ties, share_rates
from rag.plan.cues import Cues, load_cues
from rag.plan.earlier import Earlier, compared_with_earlier
from rag.plan.english_topics import english_topics, known_topics, narrowing_topic
from rag.plan.events import asks_how, find_events, is_event
from rag.plan.languages import language_of
from rag.plan.narrowing import is_narrowed, part_of_year
from rag.plan.pinyin import from_pinyin
from rag.plan.practices import is_actor, telling_sides, with_practices, without_recipients
from rag.plan.quantifiers import counts_reports, share_of, town_kinds
from rag.plan.rewording import reworded
from rag.plan.siblings import with_shared_subject
from rag.plan.topics import Topic, read_topics
from rag.plan.won import with_losses
from rag.plan.years import read_years
from rag.words import fold, has_noun, is_said_of_anything

_FOREIGN = re.compile(r"[^\u4e00-\u9fff]")
_TO_BEIJING = re.compile(  # no place that is asked of
    r"\b(?:petition(?:s|ing|ers)?|complain(?:ts|ing)?|go|going|went|travel(?:s|led|ing|ling)?)"
    r"(?: \w+)? (?:to|in) beijing\b(?:(?: to| and) (?:petition|complain))?|\bbeijing petitions?\b",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"(?:除了?|不算|不包括|不含|排除|剔除|不在|不属于|(?<!是)不是)\s*$|"
    r"\b(?:except(?: for| in)?|other than|apart from|besides|excluding|not (?:in|from)|outside(?: of)?)"
    r"\s+(?:the )?$",
    re.IGNORECASE,
)

_ASIDE = re.compile(
    r"\([^()]*[\u4e00-\u9fff][^()]*\)|\b(?:himself|herself|themselves|personally)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:几|多少)[件起宗次个场]")
_JOINING = 5  # characters that 和 or "and" between two towns takes
_SOUNDED = 6  # names of an indicator whose sound is compared


@dataclass(frozen=True)
class Known:
    """What the stores hold, as far as it decides how a question reads."""

    places: tuple[Place, ...]
    reports: frozenset[tuple[str, int]]  # every stored place's name with the years it has

    def has(self, places: Sequence[str], years: Sequence[int]) -> bool:
        """Whether a report of one of the places (of any, without) is of one of the years."""
        return any(
            year in years and (not places or any(place.endswith(name) for place in places))
            for name, year in self.reports
        )

    def years_of(self, places: Sequence[str]) -> tuple[int, ...]:
        """The years of which one of the places (of any, without) has a report, ascending."""
        every = sorted({year for _, year in self.reports})
        return tuple(year for year in every if self.has(places, (year,)))


@dataclass(frozen=True)
class Reading:
    """A question with everything that its words say on their own."""

    text: str
    masked: str  # without places and years
    language: Language
    cues: Cues
    places: tuple[PlaceMention, ...]
    compared: tuple[PlaceMention, Operator] | None  # the town whose value others are held to
    years: tuple[int, ...]
    named: tuple[IndicatorMention, ...]  # every indicator named
    mentions: tuple[IndicatorMention, ...]  # those of which values are asked
    amounts: tuple[AskedAmount, ...]
    conditions: tuple[Condition, ...]
    roles: tuple[SectionRole, ...]
    topics: tuple[Topic, ...]
    unread: tuple[str, ...]  # words beside an indicator that were not understood
    wider: Operator | None  # how a town is compared with its county or city
    earlier: Earlier | None  # how a year is compared with another
    share: Share | None  # how many of the reports it asks about
    town_kinds: tuple[str, ...]

    def says(self, kind: str) -> bool:
        return bool(self.cues.kinds[kind].search(self.masked))

    @property
    def one_report(self) -> bool:
        """Whether a question names one town and not several years."""
        towns = [mention for mention in self.places if mention.places]
        return len(towns) == 1 and towns[0].level == "town" and len(self.years) < 2

    @property
    def one_place(self) -> bool:
        return len(self.stored_places) == 1

    @property
    def left_out(self) -> tuple[PlaceMention, ...]:
        """The places named only to be left out: 除了马武镇和李河镇, except Mawu."""
        found: list[PlaceMention] = []
        for mention in self.places:
            joined = found and re.fullmatch(
                r"\s*(?:和|与|、|,|及|and|or|,\s*and)\s*", self.text[found[-1].end : mention.start]
            )
            if joined or _LEFT_OUT.search(self.text[: mention.start]):
                found.append(mention)
        return tuple(found)

    @property
    def stored_places(self) -> tuple[str, ...]:
        """Full names; a great region stands for its provinces."""
        names: list[str] = []
        unasked = (*self.left_out, *(self.compared or ())[:1])
        asked = _of_one_county([m for m in self.places if m not in unasked])
        for mention in _innermost(asked):
            if mention.level == "region":
                names += sorted({place.province for place in mention.places if place.province})
            elif mention.places:
                names.append(full_name(mention))
        return tuple(dict.fromkeys(names))


def read_question(question: str, register: Register, known: Known) -> Reading:
    text = from_pinyin(reworded(fold(question).strip()), register)
    text = with_losses(text)
    language = language_of(text)
    if language == "en":
        text = with_antecedents(_TO_BEIJING.sub("进京上访", text))
    places = find_places(text, known.places)
    compared = place_compared_with(text, places, language)
    masked = _blanked(text, [(mention.start, mention.end) for mention in places])
    earlier = compared_with_earlier(masked, language)
    years, masked = read_years(masked, sorted({year for _, year in known.reports}))
    if language == "en":
        masked = with_digits(masked)
    cues = load_cues(language)
    every_amount = asked_amounts(masked, language)
    counted = [
        amount
        for amount in every_amount
        if counts_reports(masked, amount, language) or _counts_places(amount, places)
    ]
    amounts = tuple(amount for amount in every_amount if amount not in counted)
    found = _indicators(masked, amounts, language, register)
    if language == "en":  # "legally knowledgeable persons" (法律明白人)
        printed = register.find(_FOREIGN.sub(lambda m: " " * len(m[0]), masked), language="zh")
        taken = {mention.indicator.name for mention in found}
        found += tuple(m for m in printed if m.indicator.name not in taken)
    found = tuple(mention for mention in found if not is_narrowed(masked, mention, language))
    found = find_events(
        masked, language, settle_ties(share_rates(masked, found, register)), register
    )
    numeric = earlier is not None
    mentions = asked_values(masked, found, amounts, cues, register, language, numeric=numeric)
    mentions = with_shared_subject(mentions, register)
    dealt_with: tuple[IndicatorMention, ...] = ()
    if asks_how(masked, language) and not amounts and all(is_event(m, language) for m in mentions):
        dealt_with, mentions = mentions, ()  # what was done about a lost case, not how many
    unread = _blanked(masked, [amount.whole for amount in every_amount])
    unread = _blanked(unread, earlier.words if earlier else ())
    roles: tuple[SectionRole, ...] = tuple(
        role for role, cue in cues.roles.items() if cue.search(unread)
    )
    unread = _blanked(unread, [(mention.start, mention.end) for mention in dealt_with])
    topics, unknown = _topics(unread, mentions, amounts, language)
    topics = (
        *(Topic(m.indicator.subject.removesuffix("案"), m.start) for m in dealt_with[:1]),
        *topics,
    )
    if len(roles) > 1:  # how something is done is asked of plans and shortcomings as well
        roles = tuple(role for role in roles if role != "achievements")
    return Reading(
        text=text,
        masked=masked,
        language=language,
        cues=cues,
        places=places,
        compared=compared,
        years=years,
        named=found,
        mentions=mentions,
        amounts=amounts,
        conditions=read_conditions(masked, mentions, amounts, language),
        roles=roles,
        topics=topics,
        unread=unknown,
        wider=compared_with_wider(masked, language),
        earlier=earlier,
        share=share_of(masked, counted, language),
        town_kinds=town_kinds(masked, language),
    )


def _counts_places(amount: AskedAmount, places: Sequence[PlaceMention]) -> bool:
    """Whether a figure says how many towns bear a name: 有两个太平镇."""
    return amount.unit in ("个", None) and any(amount.end == place.start for place in places)


def _topics(
    unread: str,
    mentions: Sequence[IndicatorMention],
    amounts: Sequence[AskedAmount],
    language: Language,
) -> tuple[tuple[Topic, ...], tuple[str, ...]]:
    """What a question names beside its figures and the indicators that it asks values of.

    Beside an indicator the English words that no glossary has come apart: they are no topic.
    """
    bare = _blanked(unread, [(mention.start, mention.end) for mention in mentions])
    named = [name for m in mentions for name in (m.indicator.name, *m.indicator.synonyms)]
    if language == "en":
        found, unknown = known_topics(bare) if mentions else (english_topics(bare), ())
        topics = [narrowing_topic(topic, named) for topic in found] if mentions else list(found)
        topics = [topic for topic in topics if topic.text]
    else:
        unknown = ()
        topics = [topic for topic in read_topics(bare) if not _part_of(topic.text, named)]
        if mentions:
            topics = [topic for topic in topics if not is_said_of_anything(topic.text)]
            topics = [topic for topic in topics if not is_actor(topic.text)]
    if mentions and amounts and language == "zh":
        # beside a figure a verb or a short word names nothing of its own
        topics = [topic for topic in topics if len(topic.text) > 2 and has_noun(topic.text)]
    part = part_of_year(unread) if language == "zh" else ""
    if part and topics and part not in topics[0].text:
        topics = [replace(topics[0], text=f"{part} {topics[0].text}"), *topics[1:]]
    topics = [_with_whole_sides(topic) for topic in without_recipients(topics)]
    named_so = [replace(topic, text=with_practices(topic.text)) for topic in topics]
    once = {frozenset(topic.text.split("|")): topic for topic in reversed(named_so)}
    return tuple(topic for topic in named_so if topic in once.values()), unknown


def _with_whole_sides(topic: Topic) -> Topic:
    """The topic with each thing of a list named whole: 法治文化广场、(法治文化)公园."""
    if not topic.sides:
        return topic
    sides = tuple(map(with_practices, telling_sides(topic.sides)))
    return replace(topic, text="|".join(sides), sides=sides) if sides != topic.sides else topic


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _indicators(
    masked: str, amounts: Sequence[AskedAmount], language: Language, register: Register
) -> tuple[IndicatorMention, ...]:
    """The indicators a question names, of the units of its figures where it can be.

    What stands in brackets, and "himself", does not part the English words around it.

    "Mediation success below 100%" names a rate, and 发了10万份资料 is found without its figure.
    """
    if language == "en":
        masked = _ASIDE.sub(lambda match: " " * len(match[0]), masked)
    found = register.find(masked, language=language)
    if any(_counts_money(mention) for mention in found):
        found = register.find(_COUNTED.sub(lambda m: " " * len(m[0]), masked), language=language)
    if not amounts or any(fits(mention, amount) for mention in found for amount in amounts):
        return found
    named = masked
    for amount in amounts:
        width = amount.end - amount.start
        word = {"zh": "率", "en": "rate"}[language] if amount.unit == "%" else ""
        named = named[: amount.start] + word.ljust(width)[:width] + named[amount.end :]
    others = register.find(named, language=language)
    fitting = any(fits(mention, amount) for mention in others for amount in amounts)
    return others if fitting or not found else found


def _counts_money(mention: IndicatorMention) -> bool:
    """Whether a sum of money was read from words that ask how many cases there were."""
    return mention.indicator.unit == "money" and bool(_COUNTED.search(mention.text))


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


def _of_one_county(mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The mentions, a county before the first of several towns said of the others: 古蔺县二郎镇和太平镇."""
    found: list[PlaceMention] = []
    for mention in mentions:
        before = found[-1] if found else None
        if before and before.narrowed and 0 < mention.start - before.end < _JOINING:
            counties = {place.county for place in before.places}
            within = tuple(place for place in mention.places if place.county in counties)
            if mention.level == "town" and within and within != mention.places:
                mention = replace(mention, places=within, narrowed=True)  # noqa: PLW2901
        found.append(mention)
    return found


def _innermost(mentions: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """The mentions without those that only say where others lie (Gulin County, Erlang)."""
    towns = [mention for mention in mentions if mention.level == "town" and mention.places]
    wider = [m for m in mentions if m.level not in ("town", "region") and m.places]
    around = [w for w in wider if any(set(t.places) & set(w.places) for t in towns)]
    if not around:
        return tuple(mentions)
    inside = {place for wide in around for place in wide.places}
    narrowed = []
    for mention in mentions:
        if mention in around:
            continue
        within = tuple(place for place in mention.places if place in inside)
        narrower = mention.level == "town" and within and within != mention.places
        narrowed.append(replace(mention, places=within, narrowed=True) if narrower else mention)
    return tuple(narrowed)


def full_name(mention: PlaceMention) -> str:
    """The name, with the county or city in front where the question named it as well."""
    uppers = {place.county or place.city or place.province for place in mention.places}
    if mention.level == "town" and mention.narrowed and len(uppers) == 1:
        return f"{uppers.pop()}{mention.name}"
    return mention.name
