"""The places and years of a question that leans on the one before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.models import Plan
from rag.plan.reading import Known, Reading

_YEAR_BEFORE = re.compile(
    r"去年|上一?年度?|前一?年|\b(?:the year before|last year|previous year|a year earlier)\b",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(
    r"后一?年|第二年|次年|\b(?:the year after|following year|a year later)\b", re.IGNORECASE
)
_SEVERAL = re.compile(
    r"合计|总共|一共|[哪谁各]|所有|全部|\b(?:which|what town|who|all|each|every|total)\b",
    re.IGNORECASE,
)
_TOTAL_OF_ONE = re.compile(
    r"^(?:那|它|该镇)?(?:么)?(?:它|这里)?(?:当年|全年|那年|那一年|这一年|同年)?(?:一共|总共|合计|共)(?!有?(?:多少|几)[个家份])(?!有哪)(?!.*(?:镇|乡|街道|地方|报告))|"
    r"^(?:and )?how (?:much|many)\b(?!.*\b(?:all|each|towns?|reports?|places?)\b).*\b(?:in total|altogether)\?*$",
    re.IGNORECASE,
)
_ALSO = re.compile(r"比|相差|差多少|\bcompared?\b|\bversus\b|\bvs\b|\bthan\b", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """Where and when a question looks."""

    places: tuple[str, ...]
    years: tuple[int, ...]


def asks_year_before(text: str) -> bool:
    """Whether a question asks of the year before the one that was asked about."""
    return bool(_YEAR_BEFORE.search(text))


def is_total_of_one(text: str) -> bool:
    """Whether a question asks what one town comes to, no other being named: 那一共罚了多少？"""
    return bool(_TOTAL_OF_ONE.search(text))


def scope_after(plan: Plan, before: Plan, reading: Reading, known: Known) -> Span:
    """What a question says of places and years, and for the rest what the one before it said."""
    places = _places(plan, before, reading, known)
    years = plan.years or _relative_years(before, places, reading, known) or before.years
    if not plan.years and plan.places and not known.has(places, years):
        years = ()  # the year was the other town's
    if _ALSO.search(reading.text) and plan.years and before.years and not plan.places:
        years = tuple(sorted({*before.years, *plan.years}))  # 和2024年比呢
    return Span(places, years)


def _places(plan: Plan, before: Plan, reading: Reading, known: Known) -> tuple[str, ...]:
    if plan.unknown_places or plan.left_out_places:
        return plan.places
    if not plan.places:
        if len(before.places) == 1 and is_total_of_one(reading.text):
            return before.places  # 那一共罚了多少 of that town
        over_towns = plan.kind in ("rank", "census", "aggregate")
        over_towns = over_towns or reading.says("aggregate") or reading.says("rank")
        asks_several = over_towns and _SEVERAL.search(reading.text)
        of_towns = all(_town_of(place, known) for place in before.places)
        return () if asks_several and of_towns else before.places
    if len(plan.places) == len(before.places) == 1:
        return (_namesake(plan.places[0], before.places[0], known),)
    return plan.places


def _namesake(place: str, earlier: str, known: Known) -> str:
    """The town of the earlier one's name in another county: And the one in Hubei?"""
    town = _town_of(earlier, known)
    if town is None or _town_of(place, known) is not None:
        return place
    for one in known.places:
        uppers = (one.county, one.city, one.province)
        if one.town == town and place in uppers:
            return f"{one.county or one.city or one.province}{town}"
    return place


def _town_of(place: str, known: Known) -> str | None:
    """The town that a full name names; None for a county, a city or a province."""
    return next((one.town for one in known.places if one.town and place.endswith(one.town)), None)


def _relative_years(
    before: Plan, places: tuple[str, ...], reading: Reading, known: Known
) -> tuple[int, ...]:
    """The year before or after the one that was asked about, or that there is a report of."""
    step = -1 if _YEAR_BEFORE.search(reading.text) else 1 if _YEAR_AFTER.search(reading.text) else 0
    years = before.years or known.years_of(places)
    return (years[-1] + step,) if step and years else ()
