"""Where the town that a text comes from lies: by the register and the text.

All texts are folded. What the text does not determine stays None, with a warning.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.site_address import score_of_site
from ingest.town_names import ZONE, Evidence, bare, town_of, upper_end, zone_in
from rag.models import Place
from rag.register import register


def place_of(evidence: Evidence) -> tuple[Place, list[str]]:
    """The place of a township document, and warnings about what stays open."""
    town = town_of(evidence)
    if town is None:
        return county_alone(evidence), [
            "place_unknown: the text names no town; name the file after its town"
        ]
    return located(zone_in(town, evidence) if ZONE.fullmatch(town) else town, evidence)


def county_alone(evidence: Evidence) -> Place:
    """The county of a text that names no town, where it names one county only."""
    known = register()
    whole = evidence.whole
    named = {whole[start:end] for start, end in known.counties_in(whole) if end - start > 2}
    places = known.counties[named.pop()] if len(named) == 1 else ()
    return places[0] if len(places) == 1 else Place()


def located(town: str, evidence: Evidence) -> tuple[Place, list[str]]:
    """The town with the county, city, province and code that register and text determine."""
    whole = evidence.whole
    candidates = register().towns.get(town, ())
    named = county_before(town, whole)
    if named and not any(candidate.county == named for candidate in candidates):
        return from_county(town, named, whole, registered=False)
    printed = None if named else county_printed(town, evidence)
    if printed:
        return printed, [f"place_not_registered: {printed.county} is not in the register"]
    scores = {
        candidate: score(candidate, town, whole) + score_of_site(candidate, evidence.hosts)
        for candidate in candidates
    }
    best = [place for place, value in scores.items() if value == max(scores.values())]
    if len(best) == 1 and (scores[best[0]] > 0 or level_fits(best[0], whole)):
        return best[0], by_site_alone(best[0], town, evidence, candidates)
    if not candidates:
        return from_counties_named(town, evidence)
    fitting = [place for place in best if level_fits(place, whole)]
    if len(best) > 1 and len(fitting) == 1:
        return fitting[0], [
            f"place_by_level: {describe(fitting[0])} among {len(best)} of this name"
        ]
    return left_open(town, best)


def by_site_alone(
    place: Place, town: str, evidence: Evidence, candidates: Sequence[Place]
) -> list[str]:
    """A warning where of several towns only the address of the web site tells this one."""
    rest = [score(one, town, evidence.whole) for one in candidates]
    own = score(place, town, evidence.whole)
    if len(candidates) == 1 or not score_of_site(place, evidence.hosts) or rest.count(own) == 1:
        return []
    hosts = ", ".join(evidence.hosts)
    return [f"place_by_site: {describe(place)} among {len(candidates)} of this name, by {hosts}"]


def left_open(town: str, places: Sequence[Place]) -> tuple[Place, list[str]]:
    """The town with only what all places of its name share."""
    if len(places) == 1:
        reason = f"the register has {describe(places[0])}, but the text speaks of another level"
        return Place(town=town), [
            f"place_ambiguous: {town}: {reason}; name the county in the file name"
        ]
    provinces = {place.province for place in places}
    cities = {place.city for place in places}
    shared = Place(
        town=town,
        city=cities.pop() if len(cities) == 1 else None,
        province=provinces.pop() if len(provinces) == 1 else None,
    )
    listed = "; ".join(describe(place) for place in places[:6])
    return shared, [f"place_ambiguous: {town} may be {listed}; name the county in the file name"]


def describe(place: Place) -> str:
    parts = dict.fromkeys(
        part for part in (place.province, place.city, place.county, place.town) if part
    )
    return "".join(parts)


def score(place: Place, town: str, text: str) -> float:
    """How strongly the text names the county, city and province of this place; 0 not at all."""
    total = 0.0
    county, city, province = place.county or "", place.city or "", place.province or ""
    if county and county + town in text:
        total += 8
    if county and city and city + county in text:
        total += 6
    short_county = bare(county) + county[-1:]  # 石柱县 for 石柱土家族自治县
    if len(short_county) > 2 and (county in text or short_county in text):
        total += 4
    for name, weight in ((county, 1.5), (city, 1.5), (province, 1.0)):
        short = bare(name)
        if len(short) >= 2 and short + bare(town) in text:
            total += 2 * weight
    if city and city in text:
        total += 2
    if province and province != city and province in text:
        total += 1
    return total


def county_before(town: str, text: str) -> str | None:
    """The registered county printed right before the town's name most often."""
    known = register()
    counted: Counter[str] = Counter()
    for match in re.finditer(re.escape(town), text):
        before = text[max(0, match.start() - 15) : match.start()]
        counted.update(
            before[start:end] for start, end in known.counties_in(before) if end == len(before)
        )
    ranked = counted.most_common(1)
    return ranked[0][0] if ranked else None


def county_printed(town: str, evidence: Evidence) -> Place | None:
    """The place as issuer or title print it, where its county is in no register."""
    known = register()
    for printed in (*evidence.issuers, evidence.title):
        before, found, _ = printed.removeprefix("中共").partition(town)
        upper = Place()
        while found and (end := upper_end(before, known)):
            name, before = before[:end], before[end:]
            places = known.cities.get(name) or known.provinces.get(name) or ()
            upper = places[0] if len(places) == 1 else upper
        if found and re.fullmatch(r"[\u4e00-\u9fff]{1,8}[县区市旗]", before):
            return replace(upper, town=town, county=before)
    return None


def from_counties_named(town: str, evidence: Evidence) -> tuple[Place, list[str]]:
    """A town the register does not have, by the county its text names."""
    known = register()
    counted: Counter[str] = Counter()
    for text, weight in ((evidence.title, 5), (evidence.name, 5), (evidence.at_home, 1)):
        for start, end in known.counties_in(text):
            if end - start > 2:
                counted[text[start:end]] += weight
    if ZONE.search(town) and evidence.hosts:
        # A zone is called after its county, 宁河经济开发区; the address has to say so too.
        for name, places in known.counties.items():
            named = len(bare(name)) > 1 and town.startswith(bare(name))
            counted.update({name: 9} if named and score_of_site(places[0], evidence.hosts) else {})
    ranked = counted.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        return from_county(town, ranked[0][0], evidence.whole, registered=False)
    return Place(town=town), [
        f"place_unknown: {town} is not in the register and the text names no county; "
        "name the county in the file name"
    ]


def from_county(town: str, county: str, text: str, *, registered: bool) -> tuple[Place, list[str]]:
    """The town in the county named, with city and province where only one county is meant."""
    counties = register().counties[county]
    scores = [score(place, town, text) for place in counties]
    best = [place for place, value in zip(counties, scores, strict=True) if value == max(scores)]
    warnings = (
        [] if registered else [f"place_not_registered: {county} has no {town} in the register"]
    )
    if len(best) == 1:
        return replace(best[0], town=town), warnings
    return Place(town=town, county=county), [
        *warnings,
        f"place_ambiguous: there are {len(best)} counties named {county}",
    ]


def level_fits(place: Place, text: str) -> bool:
    """Whether the upper level a report speaks of (县委, 区委) can be this place's county."""
    county = place.county or ""
    of_county = len(re.findall(r"县委|县政府|我县|全县", text))
    of_district = len(re.findall(r"(?<!社)(?<!园)区委|区政府|我区|全区", text))
    if county.endswith("县"):
        return of_county >= of_district
    if county.endswith("区"):
        return of_district >= of_county
    return True
