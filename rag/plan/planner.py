"""From a question to a Plan, with the questions before it where it leans on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.indicators import IndicatorMention, Register
from rag.models import Condition, Language, Operator, Place, Plan, PlanKind, SectionRole, Turn
from rag.places import PlaceMention, find_places
from rag.plan.asked import asked_values
from rag.plan.conditions import (
    AskedAmount,
    asked_amounts,
    asks_no_case,
    read_conditions,
    read_join,
    with_digits,
)
from rag.plan.cues import Cues, load_cues
from rag.plan.topics import read_topics
from rag.plan.years import read_years
from rag.words import fold, has_noun

_QUESTION_END = re.compile(r"(?<=[?!;])\s*(?=\S)")
_TOP = re.compile(
    r"最.的(?=(\d+|[一二两三四五六七八九十])(?:个|家|份|名|位|篇))|前\s*(\d+|[一二两三四五六七八九十])|\b(?:top|bottom|first|last)\s+(\d+|two|three|four|five|ten)\b",
    re.I,
)
_TOP_WORDS = {w: n for n, w in enumerate("一二三四五六七八九十", 1)} | {
    "两": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "ten": 10,
}
# 应诉律, 成功绿: the last character of a rate, typed with another of its sound.
_RATE_MISSPELT = re.compile(r"(?<=[功诉结意盖格证时开行复解应庭受])[律绿虑](?=[^师法]|$)")
_LEFT_OUT = re.compile(
    r"(?:除了?|不算|不包括|排除)\s*$|\b(?:except(?: for)?|other than|apart from|besides|excluding)\s+$",
    re.IGNORECASE,
)
_ASCENDING = re.compile(
    r"最(?:低|少|小|差)|倒数|垫底|\b(?:lowest|fewest|smallest|(?<!at )least|worst|bottom)\b",
    re.IGNORECASE,
)
_MEAN = re.compile(r"平均|均值|\b(?:average|mean)\b", re.IGNORECASE)


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
class _Reading:
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


def plan_question(
    question: str,
    *,
    register: Register,
    known: Known,
    history: Sequence[Turn] = (),
    places: Sequence[str] = (),
    years: Sequence[int] = (),
) -> Plan:
    """What a question asks, with places and years added by the caller's filters.

    A question of several sentences that each ask something becomes a plan with parts.
    """
    pieces = [piece for piece in _QUESTION_END.split(fold(question).strip()) if piece.strip()]
    if len(pieces) > 1:
        plan = _compound(pieces, register=register, known=known, history=history)
    else:
        plan = _single(question, register=register, known=known, history=history)
    return _filtered(plan, tuple(places), tuple(years))


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


def _filtered(plan: Plan, places: tuple[str, ...], years: tuple[int, ...]) -> Plan:
    parts = tuple(_filtered(part, places, years) for part in plan.parts)
    return replace(plan, places=plan.places or places, years=plan.years or years, parts=parts)


def _compound(
    pieces: Sequence[str], *, register: Register, known: Known, history: Sequence[Turn]
) -> Plan:
    turns = list(history)
    parts: list[Plan] = []
    for piece in pieces:
        part = _single(piece, register=register, known=known, history=turns)
        turns.append(Turn(piece))
        if part.indicators or part.topic or part.roles or part.kind == "corpus":
            parts.append(part)
    parts = [part for part in parts if not _repeated(part, parts)]
    if len(parts) < 2:
        text = " ".join(pieces)
        return parts[0] if parts else _single(text, register=register, known=known, history=history)
    indicators = tuple(dict.fromkeys(name for part in parts for name in part.indicators))
    return replace(parts[0], indicators=indicators, parts=tuple(parts))


def _repeated(part: Plan, parts: Sequence[Plan]) -> bool:
    """Whether another part asks the same with its indicator: 有没有没成功的？成功率不到100%的有哪些？"""
    if part.indicators or part.roles or not part.topic:
        return False
    names = [name for other in parts for name in other.indicators]
    return any(all(phrase in name for phrase in part.topic.split()) for name in names)


def _single(question: str, *, register: Register, known: Known, history: Sequence[Turn]) -> Plan:
    reading = _read(question, register, known)
    plan = _plan(reading)
    if history and _leans_on_history(reading, plan):
        before = _single(history[-1].question, register=register, known=known, history=history[:-1])
        return _continued(plan, before, reading, known)
    return _year_of_plans(plan, reading, known)


def _year_of_plans(plan: Plan, reading: _Reading, known: Known) -> Plan:
    """Plans for 2025 stand in the report of 2024, unless the question names the report."""
    if "plans" not in plan.roles or not plan.years or re.search(r"报告|\breport", reading.text):
        return plan
    before = tuple(year - 1 for year in plan.years)
    return replace(plan, years=before) if known.has(plan.places, before) else plan


def _read(question: str, register: Register, known: Known) -> _Reading:
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
    return _Reading(
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


def _plan(reading: _Reading) -> Plan:
    if reading.cues.personal.search(reading.text):
        return Plan(kind="describe", out_of_scope=True)
    kind = _kind(reading)
    indicators = tuple(dict.fromkeys(m.indicator.name for m in reading.mentions))
    topic = " ".join(reading.topics)
    if not indicators and not topic and reading.roles and kind in ("census", "lookup", "yes_no"):
        kind = "describe"
    return Plan(
        kind=kind,
        indicators=indicators,
        conditions=_conditions(reading, kind),
        join=read_join(reading.masked, reading.language),  # type: ignore[arg-type]
        order=("asc" if _ASCENDING.search(reading.masked) else "desc") if kind == "rank" else None,
        top=_top(reading.masked) if kind == "rank" else None,
        measure=_measure(reading) if kind == "aggregate" else None,
        places=reading.stored_places,
        years=reading.years,
        roles=reading.roles if kind in ("describe", "census", "yes_no") else (),
        topic=topic,
        out_of_scope=_outside(reading, indicators),
        unknown_places=_unknown(reading),
        left_out_places=tuple(m.name for m in reading.places if reading.leaves_out(m)),
    )


def _kind(reading: _Reading) -> PlanKind:
    asked = bool(reading.mentions)
    named = any(len(topic) >= 4 and has_noun(topic) for topic in reading.topics)
    if reading.says("corpus") and not asked and not named:
        return "corpus"
    if asked and reading.says("rank"):
        return "rank"
    if asked and reading.says("trend"):
        return "trend"
    summed = asked and reading.says("aggregate") and not reading.conditions
    if reading.says("count") and not summed:
        return "aggregate"
    if summed and not reading.one_report:
        return "aggregate"
    several = len({place for mention in reading.places for place in mention.places}) >= 2
    if asked and several and reading.says("compare"):
        return "compare"
    if reading.cues.why.search(reading.masked) and reading.conditions:
        return "yes_no"
    if reading.says("yes_no") and not reading.says("census"):
        return "yes_no"
    if asked and reading.says("census"):
        return "census"
    if reading.roles and not asked:
        return "describe"
    if reading.says("census"):
        return "census"
    if reading.says("yes_no"):
        return "yes_no"
    if asked and reading.conditions and not reading.stored_places:
        return "census"
    if asked:
        return "lookup"
    if reading.cues.ask_value.search(reading.masked):
        return "lookup"
    return "describe"


def _conditions(reading: _Reading, kind: PlanKind) -> tuple[Condition, ...]:
    """What has to hold of a report: values, values stated at all, and topics it speaks of."""
    if kind in ("describe", "corpus", "rank", "trend"):
        return ()
    if kind == "aggregate" and _measure(reading) != "count":
        return ()
    valued = {condition.indicator: condition for condition in reading.conditions}
    found: list[tuple[int, Condition]] = []
    families = {m.indicator.family for m in reading.mentions if m.indicator.name in valued}
    for mention in reading.mentions:
        name = mention.indicator.name
        if name not in valued and mention.indicator.family in families - {None}:
            continue  # said twice: leaders in court, and their appearance rate with its figure
        found.append((mention.start, valued.get(name, Condition(name, "mentions"))))
    if kind in ("lookup", "compare"):
        return tuple(dict.fromkeys(condition for _, condition in found))
    none = asks_no_case(reading.masked, reading.language) and not reading.conditions
    op: Operator = "no_case" if none else "mentions"
    if reading.amounts and not reading.mentions and len(reading.topics) == 1 and op == "mentions":
        asked = reading.amounts[0]  # a figure of something that has no indicator
        return (Condition(reading.topics[0], asked.op, asked.value, asked.value2, asked.unit),)
    for topic in reading.topics:
        at = reading.masked.find(topic.split()[0].split("|")[0])
        found.append((at if at >= 0 else len(reading.masked), Condition(topic, op)))
    return tuple(
        dict.fromkeys(condition for _, condition in sorted(found, key=lambda item: item[0]))
    )


def _unknown(reading: _Reading) -> tuple[str, ...]:
    """Places no stored report is from; in English any other name beside an indicator."""
    named = tuple(m.text for m in reading.places if not m.places)
    if reading.language == "zh" or not reading.mentions:
        return named
    words = (word for topic in reading.topics for word in topic.split())
    return (
        *named,
        *(w for w in words if re.fullmatch(r"[A-Z][a-z]+", w) and w in reading.text[1:]),
    )


def _outside(reading: _Reading, indicators: tuple[str, ...]) -> bool:
    """Whether nothing in a question speaks of towns, reports or their subjects.

    A topic that the reports hold still brings it back in.
    """
    if indicators or reading.roles or reading.says("corpus"):
        return False
    if any(mention.level in ("town", "county") for mention in reading.places):
        return False
    return not (reading.says("census") or reading.cues.domain.search(reading.text))


def _measure(reading: _Reading) -> Literal["sum", "mean", "count"]:
    if reading.says("count") and not reading.says("aggregate"):
        return "count"
    return "mean" if _MEAN.search(reading.masked) else "sum"


def _top(text: str) -> int | None:
    match = _TOP.search(text)
    if match is None:
        return None
    word = next(group for group in match.groups() if group).lower()
    return int(word) if word.isdigit() else _TOP_WORDS[word]


def _leans_on_history(reading: _Reading, plan: Plan) -> bool:
    """Whether a question leaves out what an earlier one said."""
    cue = reading.cues.follow_up.search(reading.text)
    if plan.kind == "lookup" and not plan.places and not plan.unknown_places and plan.indicators:
        return True  # 罚了多少？ after a question about one town
    nothing_asked = not plan.indicators and not plan.topic and not plan.roles
    if plan.out_of_scope and plan.topic and not cue:
        return False
    if nothing_asked and plan.kind != "corpus":
        return True
    return bool(cue) and not (plan.places and (plan.indicators or plan.roles))


def _asked_anew(before: Plan, reading: _Reading) -> tuple[Condition, ...]:
    """The earlier conditions with the figure that this question names: 达到90%的呢？"""
    if not reading.amounts or len(before.conditions) != 1:
        return before.conditions
    asked = reading.amounts[0]
    return (replace(before.conditions[0], op=asked.op, value=asked.value, value2=asked.value2),)


def _continued(plan: Plan, before: Plan, reading: _Reading, known: Known) -> Plan:
    """The earlier plan with what this question says in place of what it said."""
    subject_left = not plan.indicators and not plan.roles
    subject_left = subject_left and (not plan.topic or reading.says("rank"))
    places = plan.places or (() if plan.unknown_places else before.places)
    years = plan.years or before.years
    if not plan.years and plan.places and not known.has(places, years):
        years = ()  # the year was the other town's
    if not subject_left:
        return replace(plan, places=places, years=years)
    kind = before.kind
    if before.indicators and reading.says("rank"):
        kind = "rank"
    elif before.indicators and plan.kind == "aggregate":
        kind = "aggregate"
    elif (
        before.kind in ("rank", "compare", "aggregate", "census")
        and plan.places
        and before.indicators
    ):
        kind = "lookup"
    return replace(
        before,
        kind=kind,
        conditions=() if kind in ("lookup", "rank", "aggregate") else _asked_anew(before, reading),
        order=("asc" if _ASCENDING.search(reading.masked) else "desc") if kind == "rank" else None,
        top=plan.top if kind == "rank" else None,
        measure=plan.measure or ("sum" if kind == "aggregate" else None),
        places=places,
        years=years,
        unknown_places=plan.unknown_places,
    )
