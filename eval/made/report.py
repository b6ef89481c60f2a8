"""One made report: its lines by part, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from eval.made.amounts import draw_hand
from eval.made.gold import MadeGold, Practised
from eval.made.telling import Told, tell
from eval.made.templates import Templates
from rag.models import Place

TOPICS = (9, 17)  # of the topics, how many a report may speak of
PARTS = ("decision", "enforcement", "disputes", "publicity", "oversight", "service")


@dataclass(frozen=True)
class Chapter:
    """A heading with its paragraphs, each a list of sentences, and the chapters under it."""

    heading: str
    paragraphs: tuple[tuple[str, ...], ...] = ()
    under: tuple[Chapter, ...] = ()


@dataclass(frozen=True)
class MadeReport:
    title: str
    opening: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    closing: tuple[str, ...]
    top: tuple[str, ...]  # what the page of a web site prints above and below
    bottom: tuple[str, ...]
    gold: MadeGold


def write_report(
    source: str, place: Place, year: int, *, templates: Templates, random: Random
) -> MadeReport:
    """The report of a town and year, as the random numbers have it."""
    names = _names(place, year, random)
    told = _told(templates, random)
    practices = _practised(templates, random)
    frames = templates.frames
    on_the_web = random.random() < 0.2
    practised = {name: way for name, way, _, _ in practices}
    sentences: dict[str, list[str]] = {part: [] for part in (*PARTS, "plans")}
    for part, sentence in [(item.part, item.sentence) for item in told] + [
        (part, sentence) for _, _, part, sentence in practices
    ]:
        sentences[part].append(sentence)
    title = random.choice(frames["titles"]).format(**names)
    closing = [line.format(**names) for line in random.choice(frames["closing"])]
    if names["county"] not in title:  # a report nobody can place is not what is measured
        closing[-2] = f"{names['county']}{closing[-2]}"
    return MadeReport(
        title=title,
        opening=tuple(
            filter(None, (random.choice(frames["salutation"]), _opening(frames, names, random)))
        ),
        chapters=tuple(_chapters(frames, names, sentences, random)),
        closing=tuple(closing),
        top=_furniture(frames["site_top"], names, random) if on_the_web else (),
        bottom=_furniture(frames["site_bottom"], names, random) if on_the_web else (),
        gold=MadeGold(
            source=source,
            place=place,
            year=year,
            facts=tuple(fact for item in told for fact in item.facts),
            no_case=frozenset().union(*(item.no_case for item in told)),
            counted=frozenset().union(*(item.counted for item in told)),
            practices=practised,
        ),
    )


def upper_of(place: Place) -> str:
    """What a town of that place calls the government above it: 县, 区, 市 or 旗."""
    ending = (place.county or place.city or "县")[-1]
    return ending if ending in "县区市旗" else "县"


def _names(place: Place, year: int, random: Random) -> dict[str, Any]:
    return {
        "town": place.town,
        "county": place.county or place.city or "",
        "city": place.city or "",
        "year": year,
        "next": year + 1,
        "day": random.randint(10, 28),
        "views": random.randint(12, 900),
        "code": random.randint(10**8, 10**9),
    }


def _told(templates: Templates, random: Random) -> list[Told]:
    """What the report says of its topics; of one without figures, nothing."""
    hand = draw_hand(random)
    chosen = random.sample(templates.topics, random.randint(*TOPICS))
    return [told for topic in chosen if (told := tell(topic, hand, random))]


def _practised(templates: Templates, random: Random) -> list[tuple[str, Practised, str, str]]:
    """Name, way, part and sentence of the practices the report speaks of."""
    found: list[tuple[str, Practised, str, str]] = []
    for practice in templates.practices:
        ways: tuple[Practised | None, ...] = ("done", "planned", None)
        way = random.choices(ways, (25, 8, 67))[0]
        if way == "done":
            found.append((practice.name, way, practice.part, random.choice(practice.done)))
        elif way == "planned":
            found.append((practice.name, way, "plans", random.choice(practice.planned)))
    return found


def _opening(frames: Mapping[str, Any], names: Mapping[str, Any], random: Random) -> str:
    return str(random.choice(frames["opening"])).format(**names)


def _furniture(
    choices: Sequence[Sequence[str]], names: Mapping[str, Any], random: Random
) -> tuple[str, ...]:
    return tuple(line.format(**names) for line in random.choice(choices))


def _chapters(
    frames: Mapping[str, Any],
    names: Mapping[str, Any],
    sentences: Mapping[str, Sequence[str]],
    random: Random,
) -> Iterator[Chapter]:
    """Achievements by part, sometimes the leaders' duties, shortcomings, plans."""
    filler = frames["filler"]

    def heading(name: str) -> str:
        return str(random.choice(frames[name])).format(**names)

    parts = random.sample(PARTS, len(PARTS))
    under = tuple(
        Chapter(
            random.choice(frames["parts"][part]),
            _paragraphs([*sentences[part], *_some(filler[part], 2, 4, random)], random),
        )
        for part in parts
    )
    yield Chapter(heading("achievements"), under=under)
    if random.random() < 0.6:
        yield Chapter(heading("duties"), _paragraphs(_some(filler["duties"], 1, 2, random), random))
    if random.random() < 0.9:
        lines = _some(filler["shortcomings"], 2, 4, random)
        yield Chapter(heading("shortcomings"), _paragraphs(lines, random))
    lines = [*sentences["plans"], *_some(filler["plans"], 2, 4, random)]
    yield Chapter(heading("plans"), _paragraphs(lines, random))


def _some(lines: Sequence[str], low: int, high: int, random: Random) -> list[str]:
    return random.sample(lines, random.randint(low, min(high, len(lines))))


def _paragraphs(sentences: Sequence[str], random: Random) -> tuple[tuple[str, ...], ...]:
    """The sentences in an order of their own, in one paragraph, several, or one each."""
    ordered = random.sample(sentences, len(sentences))
    if random.random() < 0.25:  # each its own number: 一是, 二是
        marks = "一二三四五六七八九十"
        return (tuple(f"{mark}是{line}" for mark, line in zip(marks, ordered, strict=False)),) + (
            (tuple(ordered[len(marks) :]),) if len(ordered) > len(marks) else ()
        )
    paragraphs: list[tuple[str, ...]] = []
    while ordered:
        size = random.randint(1, 4)
        paragraphs.append(tuple(ordered[:size]))
        ordered = ordered[size:]
    return tuple(paragraphs)
