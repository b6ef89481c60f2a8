"""Reports, facts and answers as the JSON that other programs read (DESIGN.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from rag.models import Answer, Contradiction, Fact, Place, ReportCard, altered

Record = dict[str, Any]
FACT_KEYS = (
    "report_id", "source", "town", "county", "city", "province", "year", "indicator", "label",
    "value", "low", "high", "unit", "qualifier", "kind", "actor", "period", "section",
    "paragraph", "start", "end", "raw", "quote", "contradictions",
)  # fmt: skip


def answer_record(answer: Answer) -> Record:
    """An answer with its keys in the order of the contract.

    What thousands of findings and citations hold is plain but for conditions, so that it is
    taken as it is: `asdict` would copy each value of each.
    """
    record = asdict(altered(answer, findings=(), citations=()))
    record["findings"] = [
        {**vars(one), "conditions": [{**vars(result)} for result in one.conditions]}
        for one in answer.findings
    ]
    record["citations"] = [{**vars(one)} for one in answer.citations]
    return {"id": record.pop("id"), **record}


def place_record(place: Place) -> Record:
    return {
        "town": place.town,
        "county": place.county,
        "city": place.city,
        "province": place.province,
    }


def card_record(card: ReportCard) -> Record:
    return {
        "report_id": card.id,
        "source": card.source,
        "title": card.title,
        "type": card.type,
        **place_record(card.place),
        "code": card.place.code,
        "year": card.year,
        "published": card.published,
        "issuers": list(card.issuers),
        "sections": card.sections,
        "paragraphs": card.paragraphs,
        "facts": card.facts,
        "warnings": [*card.warnings, *_standing(card)],
    }


def fact_records(
    facts: Iterable[Fact],
    cards: Mapping[str, ReportCard],
    contradictions: Mapping[str, Sequence[Contradiction]] = MappingProxyType({}),
) -> list[Record]:
    """One record a fact; cards are by report id and hold every report of the facts.

    Args:
        contradictions: by report id; a fact's record says in which way it disagrees with others.
    """
    told: dict[Fact, list[str]] = {}
    for found in contradictions.values():
        for one in found:
            for fact in one.facts:
                told.setdefault(fact, []).append(one.arithmetic)
    return [_fact_record(fact, cards[fact.report_id], told.get(fact, [])) for fact in facts]


def contradiction_records(found: Iterable[Contradiction]) -> Record:
    """Under "contradictions", what disagrees in a report and where it stands."""
    return {
        "contradictions": [
            {
                "check": one.check,
                "arithmetic": one.arithmetic,
                "figures": [
                    {"label": f.label, "start": f.start, "end": f.end, "quote": f.quote}
                    for f in one.facts
                ],
            }
            for one in found
        ]
    }


def _fact_record(fact: Fact, card: ReportCard, contradictions: list[str]) -> Record:
    return {
        "report_id": fact.report_id,
        "source": card.source,
        **place_record(card.place),
        "year": card.year,
        "indicator": fact.indicator,
        "label": fact.label,
        "value": fact.value,
        "low": fact.low,
        "high": fact.high,
        "unit": fact.unit,
        "qualifier": fact.qualifier,
        "kind": fact.kind,
        "actor": fact.actor,
        "period": fact.period,
        "section": list(fact.section),
        "paragraph": fact.paragraph,
        "start": fact.start,
        "end": fact.end,
        "raw": fact.raw,
        "quote": fact.quote,
        "contradictions": contradictions,
    }


def _standing(card: ReportCard) -> list[str]:
    """What keeps a report from answering, said as its warnings are."""
    standing = []
    if card.superseded_by:
        standing.append(f"superseded: {card.superseded_by} answers for this town and year")
    if card.unreadable:
        standing.append("unreadable: the text could not be got out of the file")
    return standing
