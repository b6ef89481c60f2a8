"""A topic told in one of the ways a report can tell it, with the facts that puts in."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from string import Formatter

from eval.made.amounts import Hand, print_count, print_rate
from eval.made.gold import MadeFact, Way
from eval.made.templates import Topic
from rag.models import Number

WEIGHTS: dict[Way, int] = {
    "stated": 60, "counted": 8, "target": 8, "previous": 6, "other": 6, "none": 18,
}  # fmt: skip
SILENT = 24  # weight of not speaking of a topic
CHANGES = 0.08  # of the stated figures, those followed by how they changed
LOW = (84, 88, 90, 91.5, 92, 93.3, 94, 95, 96, 96.8, 97, 97.5, 98, 98.2, 98.6, 99, 99.1, 99.5)


@dataclass(frozen=True)
class Told:
    """A sentence, where it belongs, and what it says."""

    part: str  # "plans" for a target
    sentence: str
    facts: tuple[MadeFact, ...] = ()
    no_case: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Drawn:
    n: int
    m: int
    r: Number
    loose: bool  # the rate is printed as "at least"


def tell(topic: Topic, hand: Hand, random: Random) -> Told | None:
    """The topic in one way, or nothing where the report is silent about it."""
    ways: list[Way | None] = [way for way in WEIGHTS if way in topic.wordings]
    weights = [WEIGHTS[way] for way in ways if way]
    way = random.choices([*ways, None], [*weights, SILENT])[0]
    if way is None:
        return None
    wording = random.choice(topic.wordings[way])
    if way == "none":
        return Told(topic.part, wording, no_case=frozenset({topic.indicators["n"]}))
    if way in ("target", "previous", "other"):
        return _of_others(topic, way, wording, hand, random)
    return _own(topic, way, wording, hand, random)


def _of_others(topic: Topic, way: Way, wording: str, hand: Hand, random: Random) -> Told:
    """A target, last year's figure or another body's."""
    slot = "r" if "r" in topic.indicators else "n"
    at_least = False
    if slot == "r":
        value: Number = random.choice((95, 96, 98, 99, 100) if way == "target" else LOW)
        printed, unit = print_rate(value, hand), "%"
        if way == "target":
            at_least = value < 100 or "不低于" in wording
            printed += "以上" if value < 100 and "不低于" not in wording else ""
    else:
        assert topic.counts
        value = random.randint(*topic.counts)
        printed, unit = print_count(value, hand), ""
    sentence = wording.format(t=printed, p=printed, o=printed)
    fact = MadeFact(topic.indicators[slot], value, unit, at_least, way, sentence)
    return Told("plans" if way == "target" else topic.part, sentence, (fact,))


def _own(topic: Topic, way: Way, wording: str, hand: Hand, random: Random) -> Told:
    slots = {name for _, name, _, _ in Formatter().parse(wording) if name}
    drawn = _draw(topic, slots, hand, random)
    printed = {
        "n": print_count(drawn.n, hand),
        "m": print_count(drawn.m, hand),
        "r": print_rate(drawn.r, hand) + ("以上" if drawn.loose else ""),
    }
    sentence = wording.format(**printed)
    loose = {"n": "{n}余" in wording, "m": False, "r": drawn.loose}
    values: dict[str, Number] = {"n": drawn.n, "m": drawn.m, "r": drawn.r}
    if random.random() < CHANGES:
        sentence = _with_change(sentence, "r" in slots, random)
    facts = tuple(
        MadeFact(
            topic.indicators[slot],
            values[slot],
            "%" if slot == "r" else "",
            loose[slot],
            "stated",
            sentence,
        )
        for slot in sorted(slots)
    )
    implied = {topic.indicators["r"]} if way == "counted" and "m" in slots else set()
    return Told(topic.part, sentence, facts, counted=frozenset(implied))


def _draw(topic: Topic, slots: set[str], hand: Hand, random: Random) -> _Drawn:
    """Figures that agree with one another: r is m of n where all three are told."""
    full = random.random() < topic.full
    n = _count(topic.counts, random) if topic.counts else 0
    if {"n", "m"} <= slots:
        m = n if full or n < 3 else n - random.randint(1, max(n // 12, 1))
        exact = 100 * m / n
        places = random.choice((1, 2))
        rate: Number = round(exact, 2 if m < n and round(exact, places) == 100 else places)
        return _Drawn(n, m, int(rate) if rate == int(rate) else rate, loose=False)
    rate = 100 if full else random.choice(LOW)
    loose = rate < 100 and rate == int(rate) and random.random() < hand.generous
    return _Drawn(n, 0, rate, loose)


def _count(between: tuple[int, int], random: Random) -> int:
    """A count in the range, small ones more often; large ones are mostly round."""
    low, high = between
    count = int(low * (high / low) ** random.random())
    if count >= 1000 and random.random() < 0.7:
        count = count // 100 * 100 if count < 10_000 else count // 1000 * 1000
    return max(count, low)


def _with_change(sentence: str, of_rate: bool, random: Random) -> str:
    """The sentence with how the figure changed since the year before."""
    points = random.choice((0.6, 1.2, 2, 3.5, 5))
    change = (
        f"较上年提高{points:g}个百分点"
        if of_rate
        else random.choice((f"同比增长{points * 4:g}%", f"比上年减少{int(points) + 1}%"))
    )
    return f"{sentence.removesuffix('。')}，{change}。"
