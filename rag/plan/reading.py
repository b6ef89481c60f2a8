"""What a question's words say on their own, before it is known what they ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.blanking import blank_spans
from rag.indicators import IndicatorMention, Register
from rag.models import Condition, Language, Operator, Place, SectionRole, Share
from rag.places import PlaceMention, find_places
from rag.plan.antecedents import with_antecedents
from rag.plan.asked import asked_values
from rag.plan.asked_amounts import AskedAmount, asked_amounts, with_digits
from rag.plan.asked_places import names_of, places_left_out
from rag.plan.brackets import without_glosses
from rag.plan.comparisons import compared_with_wider, place_compared_with
from rag.plan.conditions import read_conditions
from rag.plan.cues import Cues, load_cues
from rag.plan.earlier import Earlier, compared_with_earlier
from rag.plan.english_named import with_chinese
from rag.plan.events import asks_how, is_event
from rag.plan.languages import language_of
from rag.plan.named_indicators import named_indicators
from rag.plan.named_topics import named_topics
from rag.plan.pinyin import from_pinyin
from rag.plan.quantifiers import counts_reports, share_of, town_kinds
from rag.plan.respelling import respell, respell_english
from rag.plan.rewording import reworded
from rag.plan.siblings import with_shared_subject
from rag.plan.topics import Topic
from rag.plan.won import with_losses
from rag.plan.years import read_years
from rag.words import fold

_TO_BEIJING = re.compile(  # no place that is asked of
    r"\b(?:petition(?:s|ing|ers)?|complain(?:ts|ing)?|go|going|went|travel(?:s|led|ing|ling)?)"
    r"(?: \w+)? (?:to|in) beijing\b(?:(?: to| and) (?:petition|complain))?|\bbeijing petitions?\b",
    re.IGNORECASE,
)

_SEVERAL = re.compile(r"[两几2-9]个\s*$|\b(?:both|two|three)(?: of)?(?: the)?\s+$", re.IGNORECASE)


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
    respelled: tuple[tuple[str, str], ...]  # words typed wrong: as typed, as meant
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
        return places_left_out(self.text, self.places)

    @property
    def stored_places(self) -> tuple[str, ...]:
        """Full names; a great region stands for its provinces."""
        unasked = (*self.left_out, *(self.compared or ())[:1])
        return names_of([mention for mention in self.places if mention not in unasked])


def read_question(question: str, register: Register, known: Known) -> Reading:
    text, respelled = respell(fold(question).strip(), register, known.places)
    text = from_pinyin(reworded(text), register)
    text = with_losses(text)
    language = language_of(text)
    if language == "en":
        text, misspelt = respell_english(text)
        respelled += misspelt
        text = with_antecedents(_TO_BEIJING.sub("进京上访", text))
    else:
        text = without_glosses(with_chinese(text), register)
    places = find_places(text, known.places)
    compared = place_compared_with(text, places, language)
    masked = blank_spans(text, [(mention.start, mention.end) for mention in places])
    earlier = compared_with_earlier(masked, language)
    years, masked = read_years(masked, sorted({year for _, year in known.reports}))
    if language == "en":
        masked = with_digits(masked)
    cues = load_cues(language)
    every_amount = asked_amounts(masked, language)
    of_towns = [amount for amount in every_amount if _counts_namesakes(amount, places)]
    counted = [
        amount
        for amount in every_amount
        if amount not in of_towns and counts_reports(masked, amount, language)
    ]
    amounts = tuple(one for one in every_amount if one not in (*of_towns, *counted))
    found = named_indicators(masked, amounts, language, register)
    numeric = earlier is not None
    mentions = asked_values(masked, found, amounts, cues, register, language, numeric=numeric)
    mentions = with_shared_subject(mentions, register)
    dealt_with: tuple[IndicatorMention, ...] = ()
    if asks_how(masked, language) and not amounts and all(is_event(m, language) for m in mentions):
        dealt_with, mentions = mentions, ()  # what was done about a lost case, not how many
    unread = blank_spans(masked, [amount.whole for amount in every_amount])
    unread = blank_spans(unread, earlier.words if earlier else ())
    roles: tuple[SectionRole, ...] = tuple(
        role for role, cue in cues.roles.items() if cue.search(unread)
    )
    unread = blank_spans(unread, [(mention.start, mention.end) for mention in dealt_with])
    topics, unknown = named_topics(unread, mentions, amounts, language)
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
        respelled=respelled,
        wider=compared_with_wider(masked, language),
        earlier=earlier,
        share=share_of(masked, counted, language, of_both=_names_namesakes(text, places)),
        town_kinds=town_kinds(masked, language),
    )


def _names_namesakes(text: str, places: Sequence[PlaceMention]) -> bool:
    """Whether a question asks of all towns of one name: 两个太平镇."""
    return any(_SEVERAL.search(text[: place.start]) for place in places if len(place.places) > 1)


def _counts_namesakes(amount: AskedAmount, places: Sequence[PlaceMention]) -> bool:
    """Whether a figure says how many towns bear a name: 有两个太平镇."""
    return amount.unit in ("个", None) and any(amount.end == place.start for place in places)
