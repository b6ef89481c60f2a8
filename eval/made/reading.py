"""How well made reports were read: what they are, their headings, and their figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rich.console import Group
from rich.table import Table

from eval.groups import percent
from eval.made.gold import MadeFact, MadeGold, Way
from eval.metrics.parsing import Named, ParsingScore, add_up, score_parsing
from rag.models import Fact, FactKind, ReportCard
from rag.stores import Stores

KINDS: dict[Way, FactKind] = {
    "stated": "achieved",
    "target": "target",
    "previous": "previous_period",
    "other": "other_actor",
}
_NUMBERED = re.compile(r"^[一二三四五六七八九十]+是")
SHOWN = 12  # sentences named, one for each way of going wrong


@dataclass
class FigureScore:
    """Of the figures put in in one way, those the ledger has with value, kind and qualifier."""

    right: int = 0
    total: int = 0
    missed: list[MadeFact] = field(default_factory=list)  # no fact of the sentence has the value
    misjudged: list[MadeFact] = field(default_factory=list)  # its kind or qualifier is another


@dataclass(frozen=True)
class ReadingScore:
    identity: ParsingScore  # title, town, county, province, year
    headings: ParsingScore
    figures: dict[Way, FigureScore]


def score_reading(golds: Sequence[MadeGold], stores: Stores) -> ReadingScore:
    """The stored reports against what was put into them.

    A figure is right when a fact whose quote is of its sentence has its value, the kind
    that its way of telling makes it, and "at least" where it was told so. Indicators are
    judged by the set questions.
    """
    cards = {card.source: card for card in stores.database.cards()}
    identities, headings = [], []
    figures: dict[Way, FigureScore] = {way: FigureScore() for way in KINDS}
    for gold in golds:
        card = cards.get(gold.source)
        identities.append(score_parsing(_read_identity(card), _identity(gold)))
        sections = stores.database.sections(card.id) if card else ()
        read = {heading for section in sections for heading in section.headings}
        headings.append(score_parsing(
            [("heading", heading) for heading in read],
            [("heading", heading) for heading in gold.headings],
        ))  # fmt: skip
        facts = stores.database.facts(report_ids=[card.id]) if card else ()
        for known in gold.facts:
            if known.way in KINDS:
                _judge(known, facts, figures[known.way])
    return ReadingScore(add_up(identities), add_up(headings), figures)


def render_reading(score: ReadingScore) -> Group:
    """Shares, and examples of what was missed, for rich to print."""
    table = Table(title="How the reports were read")
    for label in ("What", "Precision", "Recall", "Of"):
        table.add_column(label, justify="left" if label == "What" else "right")
    for name, parsed in (("title, place, year", score.identity), ("headings", score.headings)):
        table.add_row(name, percent(parsed.precision), percent(parsed.recall), str(parsed.gold))
    for way, found in score.figures.items():
        share = percent(found.right / found.total) if found.total else percent(None)
        table.add_row(f"figures told as {way}", "–", share, str(found.total))
    wrong = Table(title="For example", show_lines=True)
    for label in ("Told as", "Wrong", "Sentence"):
        wrong.add_column(label, overflow="fold")
    for way, found in score.figures.items():
        for what, facts in (("not taken down", found.missed), ("kind", found.misjudged)):
            for fact in facts[: SHOWN // 4]:
                wrong.add_row(way, what, fact.sentence)
    return Group(table, wrong)


def _identity(gold: MadeGold) -> Iterator[Named]:
    yield "title", gold.title
    yield "year", str(gold.year)
    for part in ("town", "county", "province"):
        value = getattr(gold.place, part)
        if value:
            yield part, value


def _read_identity(card: ReportCard | None) -> Iterator[Named]:
    if card is None:
        return
    if card.title:
        yield "title", card.title
    if card.year:
        yield "year", str(card.year)
    for part in ("town", "county", "province"):
        value = getattr(card.place, part)
        if value:
            yield part, value


def _judge(known: MadeFact, facts: Sequence[Fact], score: FigureScore) -> None:
    score.total += 1
    sentence = _plain(known.sentence)
    same = [
        fact
        for fact in facts
        if fact.value is not None
        and abs(fact.value - known.value) < 1e-6
        and _plain(fact.quote) in sentence
    ]
    if not same:
        score.missed.append(known)
    elif any(
        fact.kind == KINDS[known.way] and (fact.qualifier == "at_least") == known.at_least
        for fact in same
    ):
        score.right += 1
    else:
        score.misjudged.append(known)


def _plain(text: str) -> str:
    """The text without white space, and without the number a report puts before a sentence."""
    return _NUMBERED.sub("", "".join(text.split()))
