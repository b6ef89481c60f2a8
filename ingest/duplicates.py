"""Files that are, or may be, the same report: what is told of them at the end of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rag.database import Database
from rag.models import ReportCard


@dataclass(frozen=True)
class Duplicate:
    """Two reports, or a file and a report, that are alike; `ingest --json` prints it.

    kind: "exact", the bytes are the same; "near", the text is nearly the same;
    "same_town_and_year", only that. `answers` is the id of the report that answers for both,
    None where each answers for itself.
    """

    source: str
    report_id: str
    other_source: str
    other_id: str
    kind: Literal["exact", "near", "same_town_and_year"]
    likeness: float | None  # share of the text in common, 0 to 1; None below 0.8
    answers: str | None


def exact(source: str, card: ReportCard) -> Duplicate:
    """That a file has the bytes of a stored report."""
    return Duplicate(source, card.id, card.source, card.id, "exact", 1.0, card.id)


def among(report_ids: Iterable[str], database: Database) -> tuple[Duplicate, ...]:
    """The pairs that these reports are one of, each pair once."""
    cards = database.cards(types=("report", "other"), include_superseded=True)
    stored = {card.id: card for card in cards}
    found: dict[frozenset[str], Duplicate] = {}
    for report_id in report_ids:
        if report_id in stored:
            for pair in _pairs(stored[report_id], stored, database):
                found.setdefault(frozenset((pair.report_id, pair.other_id)), pair)
    return tuple(found.values())


def _pairs(
    card: ReportCard, stored: dict[str, ReportCard], database: Database
) -> Iterator[Duplicate]:
    alike = database.alike(card.id)
    rivals = [rival.id for rival in database.rivals(card)]
    for other_id in dict.fromkeys([*alike, *rivals]):
        if other_id != card.id:
            share = alike.get(other_id)
            kind: Literal["near", "same_town_and_year"] = (
                "same_town_and_year" if share is None else "near"
            )
            other = stored[other_id]
            answers = _answering(card, other)
            yield Duplicate(card.source, card.id, other.source, other_id, kind, share, answers)


def _answering(one: ReportCard, other: ReportCard) -> str | None:
    answering = {card.superseded_by or card.id for card in (one, other)}
    return answering.pop() if len(answering) == 1 else None
