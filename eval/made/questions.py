"""Set questions about a made corpus, with gold sets from what was put in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Any, Literal

from eval.dataset import Question
from eval.made.gold import MadeGold, holds, state_of
from eval.made.templates import Templates
from rag.models import State

Kind = Literal["rate", "count", "no_case", "practice", "both"]
MIX: dict[Kind, int] = {"rate": 40, "count": 26, "no_case": 12, "practice": 12, "both": 10}
ENGLISH = 0.25  # of the questions that have an English wording
SCOPED = 0.4  # of the questions, those of one province or year
FEWEST = 3  # reports in a scope that is asked about
STATES_GIVEN = 200  # of a question's reports, those whose state the gold names, at most


@dataclass(frozen=True)
class _Asked:
    """A question without scope: its words, and what it asks of a report."""

    zh: str
    en: str | None
    fill: Mapping[str, object]
    tag: str
    judge: Callable[[MadeGold], State | None]


@dataclass(frozen=True)
class _Scope:
    province: str = ""
    year: int | None = None

    def holds(self, gold: MadeGold) -> bool:
        same_place = not self.province or gold.place.province == self.province
        return same_place and (self.year is None or gold.year == self.year)


def set_questions(
    golds: Sequence[MadeGold], count: int, *, templates: Templates, seed: int
) -> tuple[Question, ...]:
    """So many different set questions, the same ones for the same corpus and seed.

    Raises:
        ValueError: the corpus is so small that there are not so many questions.
    """
    random = Random(f"questions {seed}")
    found: dict[str, Question] = {}
    for question in islice(_drawn(golds, templates, random), 40 * count):
        found.setdefault(question.question, question)
        if len(found) == count:
            break
    else:
        raise ValueError(f"{len(golds)} reports give {len(found)} questions, not {count}")
    return tuple(
        question.model_copy(update={"id": f"set-{number:03}"})
        for number, question in enumerate(found.values(), start=1)
    )


def _drawn(golds: Sequence[MadeGold], templates: Templates, random: Random) -> Iterator[Question]:
    makers: dict[Kind, Callable[..., _Asked]] = {
        "rate": _rate,
        "count": _count,
        "no_case": _no_case,
        "practice": _practice,
        "both": _both,
    }
    while True:
        kind = random.choices(tuple(MIX), tuple(MIX.values()))[0]
        asked = makers[kind](golds, templates, random)
        scope = _scope(golds, random)
        yield _question(asked, scope, golds, kind, random)


def _question(
    asked: _Asked, scope: _Scope, golds: Sequence[MadeGold], kind: Kind, random: Random
) -> Question:
    english = asked.en is not None and not scope.province and random.random() < ENGLISH
    words = asked.en if english and asked.en else asked.zh
    text = words.format(
        where=scope.province,
        in_year=f"{scope.year}年" if scope.year else "",
        in_year_en=f" in {scope.year}" if scope.year else "",
        **asked.fill,
    )
    if scope != _Scope() and "{where}" not in asked.zh:
        scope = _Scope()
    if english and "{in_year_en}" not in words:
        scope = _Scope()
    within = [gold for gold in golds if scope.holds(gold)]
    states = {gold.source: state for gold in within if (state := asked.judge(gold))}
    matched = sorted(source for source, state in states.items() if state == "match")
    shown = random.sample(sorted(states), min(STATES_GIVEN, len(states)))
    stated = any(state in ("match", "other_value") for state in states.values())
    return Question(
        id="-",
        question=text,
        language="en" if english else "zh",
        kind="census",
        status="answered" if stated else "not_found",
        reports=tuple(matched),
        in_scope=len(within),
        census={source: states[source] for source in sorted(shown)},
        tags=(asked.tag, kind, "scoped" if scope != _Scope() else "all"),
    )


def _scope(golds: Sequence[MadeGold], random: Random) -> _Scope:
    if random.random() >= SCOPED:
        return _Scope()
    if random.random() < 0.5:
        return _Scope(year=random.choice(golds).year)
    provinces = Counter(gold.place.province for gold in golds if gold.place.province)
    large = sorted(name for name, number in provinces.items() if number >= FEWEST)
    return _Scope(province=random.choice(large)) if large else _Scope()


def _rate(golds: Sequence[MadeGold], templates: Templates, random: Random) -> _Asked:  # noqa: ARG001
    topic = random.choice([item for item in templates.topics if item.indicators.get("r") in
                           templates.asked["names"]])  # fmt: skip
    form = random.choice(templates.asked["rate"])
    indicator = topic.indicators["r"]
    names = [indicator, *([topic.indicators["n"]] if "n" in topic.indicators else [])]
    return _Asked(
        form["zh"],
        form["en"],
        _filled(indicator, templates),
        indicator,
        lambda gold: state_of(gold, names, form["op"], form["value"]),
    )


def _count(golds: Sequence[MadeGold], templates: Templates, random: Random) -> _Asked:
    indicator = random.choice(sorted(templates.asked["units"]))
    unit = templates.asked["units"][indicator]
    form = random.choice(templates.asked["count"])
    values = sorted(
        fact.value
        for gold in golds
        for fact in gold.facts
        if fact.indicator == indicator and fact.way == "stated"
    )
    value = values[int(form["share"] * len(values))] if values else 10
    fill = _filled(indicator, templates)
    return _Asked(
        form["zh"].replace("{v}", f"{value}{unit}"),
        form["en"].replace("{v}", str(value)),
        fill,
        indicator,
        lambda gold: state_of(gold, [indicator], form["op"], value),
    )


def _no_case(golds: Sequence[MadeGold], templates: Templates, random: Random) -> _Asked:  # noqa: ARG001
    indicator = random.choice(sorted(templates.asked["subjects"]))
    subject, english = templates.asked["subjects"][indicator]
    form = random.choice(templates.asked["no_case"])

    def judge(gold: MadeGold) -> State | None:
        if indicator in gold.no_case:
            return "match"
        stated = [fact for fact in gold.facts if fact.indicator == indicator]
        return "other_value" if any(fact.way == "stated" for fact in stated) else None

    return _Asked(
        form["zh"], form["en"], {"subject": subject, "subject_en": english}, indicator, judge
    )


def _practice(golds: Sequence[MadeGold], templates: Templates, random: Random) -> _Asked:  # noqa: ARG001
    practice = random.choice(templates.practices)
    form = templates.asked["practice"][practice.name]

    def judge(gold: MadeGold) -> State | None:
        way = gold.practices.get(practice.name)
        return {"done": "match", "planned": "mentioned", None: "not_reported"}[way]  # type: ignore[return-value]

    return _Asked(form["zh"], form["en"], {}, practice.asked, judge)


def _both(golds: Sequence[MadeGold], templates: Templates, random: Random) -> _Asked:  # noqa: ARG001
    names = templates.asked["names"]
    rates = sorted({topic.indicators["r"] for topic in templates.topics
                    if topic.indicators.get("r") in names})  # fmt: skip
    first, second = random.sample(rates, 2)

    def judge(gold: MadeGold) -> State | None:
        def full(indicator: str) -> bool:
            return any(
                fact.indicator == indicator and fact.way == "stated" and holds(fact, "==", 100)
                for fact in gold.facts
            )

        return "match" if full(first) and full(second) else None

    fill = {"first": names[first][0], "second": names[second][0]}
    form: Mapping[str, Any] = templates.asked["both"]
    return _Asked(form["zh"], form["en"], fill, f"{first}+{second}", judge)


def _filled(indicator: str, templates: Templates) -> dict[str, object]:
    chinese, english = templates.asked["names"][indicator]
    return {"indicator": chinese, "english": english}
