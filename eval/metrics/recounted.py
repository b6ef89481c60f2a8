"""Numbers that speak of reports rather than of what they state, counted again from the findings.

How many reports each part of a compound question finds, and at which places of an order the
reports asked about stand. The words of an answer are never taken for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from eval.metrics.figures import figure_of
from eval.metrics.given import AnswerJson, findings_of, sums_of

Json = Mapping[str, Any]
_PLACE_OF_ORDER = re.compile(r"第\s?\**(\d+)\**\s?位|\bnumber \**(\d+)\** of the\b")


def part_counts(answer: AnswerJson) -> frozenset[int]:
    """The numbers of reports the parts of a compound answer may speak of; without parts none.

    Each part's reports are told apart by what the findings say of it: its condition holds, it
    is computed, no case arose, another figure is stated, it is only mentioned, nothing is said.
    Given are their counts and the sums of a part's counts, as of a census.

    Example: of 3 reports in scope of a part, 1 meets it, 2 say nothing: {0, 1, 2, 3}.
    """
    parts = list((answer.get("plan") or {}).get("parts") or ())
    tallies = [Counter[str]() for _ in parts]
    for finding in findings_of(answer) if parts else ():
        for number, results in _of_parts(finding, parts):
            tallies[number][_state(results, parts[number])] += 1
    return frozenset(count for tally in tallies for count in sums_of(tally.values()))


def year_counts(answer: AnswerJson) -> frozenset[int]:
    """How many of the matching reports are of each year: 2021（3份）、2022（10份）.

    Example: matches of 2021, 2022 and 2022: {1, 2}.
    """
    matched = (item for item in findings_of(answer) if item.get("state") == "match")
    return frozenset(Counter(item.get("year") for item in matched).values())


def without_places_of_order(line: str, places: frozenset[int]) -> str:
    """The line without the places of an order that are right: 第3位, number 3 of the."""

    def blanked(match: re.Match[str]) -> str:
        right = int(match[1] or match[2]) in places
        return " " * len(match[0]) if right else match[0]

    return _PLACE_OF_ORDER.sub(blanked, line)


def places_of_order(answer: AnswerJson) -> frozenset[int]:
    """At which places the matches stand in the order asked for, among all and in their year.

    Reports with one figure share a place. An answer that is not asked for a place has none.

    Example: 12, 7, 7 and 3 cases, the town asked about has 7, highest first: {2}.
    """
    order = next((plan.get("order") for plan in _plans(answer) if plan.get("standing_of")), None)
    if order is None:
        return frozenset()
    stated = [
        (finding, _worth(finding))
        for finding in findings_of(answer)
        if finding.get("state") in ("match", "other_value") and finding.get("value") is not None
    ]
    found: set[int] = set()
    for finding, worth in stated:
        if finding["state"] == "match":
            of_year = [other for other in stated if other[0].get("year") == finding.get("year")]
            for others in (stated, of_year):
                ahead = (other > worth if order == "desc" else other < worth for _, other in others)
                found.add(1 + sum(ahead))
    return frozenset(found)


def _plans(answer: AnswerJson) -> list[Json]:
    plan = answer.get("plan") or {}
    return [plan, *(plan.get("parts") or ())]


def _worth(finding: Json) -> Decimal:
    return figure_of(finding["value"], str(finding.get("unit") or "")).value


def _of_parts(finding: Json, parts: Sequence[Json]) -> Iterator[tuple[int, list[Json]]]:
    """By number of a part, what the finding says of it; a part it is no report of is left out."""
    results = list(finding.get("conditions") or ())
    covering = [number for number, part in enumerate(parts) if _covers(part, finding)]
    wholly = sum(len(_names(parts[number])) for number in covering) == len(results)
    for number in covering:
        names = _names(parts[number])
        if not wholly and (not results or results[0].get("indicator") not in names):
            continue
        yield number, results[: len(names)]
        results = results[len(names) :]


def _names(part: Json) -> list[str]:
    """What a part asks of each report, one result for each."""
    named = [str(condition["indicator"]) for condition in part.get("conditions") or ()]
    named = named or list(part.get("indicators") or ()) or [str(part.get("topic") or "")]
    return [name.partition("|")[0] for name in named]


def _covers(part: Json, finding: Json) -> bool:
    years, places = part.get("years") or (), part.get("places") or ()
    town = str(finding.get("town") or "")
    uppers = [str(finding[key]) for key in ("county", "city", "province") if finding.get(key)]
    known = {town, *uppers, *(upper + town for upper in uppers)}
    return (not years or finding.get("year") in years) and (not places or bool(known & {*places}))


def _state(results: Sequence[Json], part: Json) -> str:
    held = [bool(result.get("holds")) for result in results]
    join = part.get("join") if len(held) > 1 else "and"
    if join == "or":
        whole = any(held)
    elif join == "and_not":
        whole = held[0] and not any(held[1:])
    else:
        whole = all(held)
    if whole:
        return "match"
    states = {_state_of_one(result, part) for result in results}
    ranked = ("other_value", "computed", "no_case", "mentioned")
    return next((state for state in ranked if state in states), "not_reported")


def _state_of_one(result: Json, part: Json) -> str:
    if result.get("holds"):
        return "other_value"
    if result.get("value") is None and result.get("kind") is None:
        return "mentioned" if result.get("citations") else "not_reported"
    if result.get("kind") is None:
        return "computed"
    if result.get("kind") != "achieved":
        return "mentioned"
    of_cases = result.get("indicator") not in _names(part) and not result.get("value")
    return "no_case" if of_cases else "other_value"
