"""What a question's words say on their own, before it is known what they ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.indicators import IndicatorMention, Register
from rag.models import Condition, Language, Place, SectionRole
from rag.places import PlaceMention, find_places
from rag.plan.asked import asked_values
from rag.plan.conditions import (
    AskedAmount,
    asked_amounts,
    asks_no_case,
    read_conditions,
    with_digits,
)
from rag.plan.cues import Cues, load_cues
from rag.plan.topics import read_topics
from rag.plan.years import read_years
from rag.words import fold, has_noun

# 应诉律, 成功绿: the last character of a rate, typed with another of its sound.
_RATE_MISSPELT = re.compile(r"(?<=[功诉结意盖格证时开行复解应庭受])[律绿虑](?=[^师法]|$)")
_LEFT_OUT = re.compile(
    r"(?:除了?|不算|不包括|排除)\s*$|\b(?:except(?: for)?|other than|apart from|besides|excluding)\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Known:
    """What the stores hold, as far as it decides how a question reads."""

    places: tuple[Place, ...]
    reports: frozenset[tuple[str, int]]  # every stored place's name with the years it has

    def has(self, places: Sequence[str], years: Sequence[int]) -> bool:
        """Whether a report of one of the places (of any, without) is of one of the years."""
        if not places:
            return any(year in years for _, year in self.reports)
        return any((place, year) in self.reports for place in places for year in years)


@dataclass(frozen=True)
class Reading:
    """A question with everything that its words say on their own."""

    text: str
    masked: str  # without places and years
    language: Language
    cues: Cues
    places: tuple[PlaceMention, ...]
    years: tuple[int, ...]
    mentions: tuple[IndicatorMention, ...]
    amounts: tuple[AskedAmount, ...]
    conditions: tuple[Condition, ...]
    roles: tuple[SectionRole, ...]
    topics: tuple[str, ...]

    def says(self, kind: str) -> bool:
        return bool(self.cues.kinds[kind].search(self.masked))

    @property
    def one_report(self) -> bool:
        """Whether a question names one town and not several years."""
        towns = [mention for mention in self.places if mention.places]
        return len(towns) == 1 and towns[0].level == "town" and len(self.years) < 2

    def leaves_out(self, mention: PlaceMention) -> bool:
        """Whether a place is named only to be left out: 除了马武镇, except Mawu."""
        return bool(_LEFT_OUT.search(self.text[: mention.start]))

    @property
    def stored_places(self) -> tuple[str, ...]:
        """Full names; a great region stands for its provinces."""
        names: list[str] = []
        for mention in _innermost(self.places):
            if self.leaves_out(mention):
                continue
            if mention.level == "region":
                names += sorted({place.province for place in mention.places if place.province})
            elif mention.places:
                names.append(_full_name(mention))
        return tuple(dict.fromkeys(names))


def language_of(question: str) -> Language:
    """zh where the question's words are Chinese, else en; a place name alone decides nothing.

    >>> language_of("What did 马武镇 report on mediation in its yearly report?")
    'en'
    """
    chinese = len(re.findall(r"[\u4e00-\u9fff]", question))
    english = len(re.findall(r"[A-Za-z]{2,}", question))
    return "zh" if chinese and chinese >= english * 1.5 else "en" if english else "zh"


def read_question(question: str, register: Register, known: Known) -> Reading:
    text = _RATE_MISSPELT.sub("率", fold(question).strip())
    language = language_of(text)
    mentions_of_places = find_places(text, known.places)
    masked = text
    for mention in mentions_of_places:
        blank = " " * (mention.end - mention.start)
        masked = masked[: mention.start] + blank + masked[mention.end :]
    years, masked = read_years(masked)
    if language == "en":
        masked = with_digits(masked)
    cues = load_cues(language)
    amounts = asked_amounts(masked, language)
    found = _indicators(masked, amounts, language, register)
    mentions = asked_values(
        masked, found, amounts, cues, register, no_case=asks_no_case(masked, language)
    )
    roles: tuple[SectionRole, ...] = tuple(
        role for role, cue in cues.roles.items() if cue.search(masked)
    )
    if len(roles) > 1:  # how something is done is asked of plans and shortcomings as well
        roles = tuple(role for role in roles if role != "achievements")
    bare = masked
    for start, end in [(m.start, m.end) for m in mentions] + [(a.start, a.end) for a in amounts]:
        bare = bare[:start] + " " * (end - start) + bare[end:]
    named = [name for m in mentions for name in (m.indicator.name, *m.indicator.synonyms)]
    topics = tuple(t for t in read_topics(bare, language) if not _part_of(t, named))
    if (
        mentions and amounts
    ):  # beside a figure a verb or a word of two characters names nothing of its own
        topics = tuple(t for t in topics if len(t) > 2 and (language == "en" or has_noun(t)))
    return Reading(
        text=text,
        masked=masked,
        language=language,
        cues=cues,
        places=mentions_of_places,
        years=years,
        mentions=mentions,
        amounts=amounts,
        conditions=read_conditions(masked, mentions, amounts, language),
        roles=roles,
        topics=topics,
    )


def _indicators(
    masked: str, amounts: Sequence[AskedAmount], language: Language, register: Register
) -> tuple[IndicatorMention, ...]:
    """The indicators a question names; "mediation success below 100%" names a rate."""
    found = register.find(masked, language=language)
    percents = [amount for amount in amounts if amount.unit == "%"]
    if not percents or any(mention.indicator.unit == "rate" for mention in found):
        return found
    named = masked
    for amount in percents:
        width = amount.end - amount.start
        word = ("率" if language == "zh" else "rate").ljust(width)[:width]
        named = named[: amount.start] + word + named[amount.end :]
    rates = register.find(named, language=language)
    return rates if any(mention.indicator.unit == "rate" for mention in rates) else found


def _part_of(topic: str, indicators: Sequence[str]) -> bool:
    """Whether a topic only repeats what an indicator is of: 矛盾纠纷 beside 纠纷调解成功率.

    Args:
        indicators: names and synonyms.
    """
    return any(topic in name for name in indicators)


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


def _full_name(mention: PlaceMention) -> str:
    """The name, with the county or city in front where the question named it as well."""
    uppers = {place.county or place.city or place.province for place in mention.places}
    if mention.level == "town" and mention.narrowed and len(uppers) == 1:
        return f"{uppers.pop()}{mention.name}"
    return mention.name
