"""Which of the places that a question names it asks of, and under which names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.places import PlaceMention

_LEFT_OUT = re.compile(
    r"(?:除了?|不算|不包括|不含|排除|剔除|不在|不属于|(?<!是)不是)\s*$|"
    r"\b(?:except(?: for| in)?|other than|apart from|besides|excluding|not (?:in|from)|outside(?: of)?)"
    r"\s+(?:the )?$",
    re.IGNORECASE,
)

_JOINING = 5  # characters that 和 or "and" between two towns takes


def places_left_out(text: str, mentions: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """The places that a folded text names only to leave them out: 除了马武镇和李河镇."""
    found: list[PlaceMention] = []
    for mention in mentions:
        joined = found and re.fullmatch(
            r"\s*(?:和|与|、|,|及|and|or|,\s*and)\s*", text[found[-1].end : mention.start]
        )
        if joined or _LEFT_OUT.search(text[: mention.start]):
            found.append(mention)
    return tuple(found)


def names_of(mentions: Sequence[PlaceMention]) -> tuple[str, ...]:
    """The full names of the stored places; a great region stands for its provinces."""
    names: list[str] = []
    for mention in _innermost(_of_one_county(mentions)):
        if mention.level == "region":
            names += sorted({place.province for place in mention.places if place.province})
        elif mention.places:
            names.append(full_name(mention))
    return tuple(dict.fromkeys(names))


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
