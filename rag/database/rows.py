"""Rows to the nouns of rag.models and back; nothing here touches the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from functools import lru_cache
from sys import intern
from typing import Any

from sqlalchemy import Column, Table

from rag.database import schema
from rag.models import Contradiction, Fact, Number, Paragraph, Place, Removal, ReportCard, Section

_PLACE = ("town", "county", "city", "province", "code")
_CARD = tuple(field.name for field in fields(ReportCard) if field.name != "place")


def _columns(table: Table, names: Sequence[str]) -> tuple[Column[Any], ...]:
    return tuple(table.c[name] for name in names)


CARD_COLUMNS = _columns(schema.reports, (*_CARD, *_PLACE))
SECTION_COLUMNS = _columns(schema.sections, [field.name for field in fields(Section)])
PARAGRAPH_COLUMNS = _columns(schema.paragraphs, [field.name for field in fields(Paragraph)])
FACT_COLUMNS = _columns(schema.facts, [field.name for field in fields(Fact)])
REMOVAL_COLUMNS = _columns(schema.removals, [field.name for field in fields(Removal)])


def card_of(row: Sequence[Any]) -> ReportCard:
    values = dict(zip(_CARD, row, strict=False))
    values["place"] = Place(*row[len(_CARD) :])
    values["issuers"] = strings_of(values["issuers"])
    values["warnings"] = strings_of(values["warnings"])
    return ReportCard(**values)


def section_of(row: Sequence[Any]) -> Section:
    section_id, report_id, number, headings, *rest = row
    return Section(section_id, report_id, number, strings_of(headings), *rest)


def paragraph_of(row: Sequence[Any]) -> Paragraph:
    paragraph_id, report_id, number, section, *rest = row
    return Paragraph(paragraph_id, report_id, number, strings_of(section), *rest)


def fact_of(row: Sequence[Any]) -> Fact:
    """The fact of a row; words that many facts have are kept in memory once."""
    report_id, paragraph, section, indicator, label, value, low, high, unit, *rest = row
    qualifier, kind, actor, period, start, end, value_start, value_end, raw, quote, *last = rest
    sentence, whole, rule = last
    return Fact(
        intern(report_id),
        paragraph,
        strings_of(section),
        intern(indicator) if indicator else indicator,
        intern(label),
        _number(value),
        _number(low),
        _number(high),
        intern(unit),
        intern(qualifier),  # type: ignore[arg-type]
        intern(kind),  # type: ignore[arg-type]
        actor,
        period,
        start,
        end,
        value_start,
        value_end,
        raw,
        raw if quote == raw else quote,
        sentence,
        whole,
        intern(rule),
    )


def removal_of(row: Sequence[Any]) -> Removal:
    return Removal(*row)


def card_row(card: ReportCard) -> dict[str, Any]:
    values = {name: getattr(card, name) for name in _CARD}
    values["issuers"] = json_of(card.issuers)
    values["warnings"] = json_of(card.warnings)
    return values | asdict(card.place)


def section_row(section: Section) -> dict[str, Any]:
    return vars(section) | {"headings": json_of(section.headings)}


def paragraph_row(paragraph: Paragraph) -> dict[str, Any]:
    return vars(paragraph) | {"section": json_of(paragraph.section)}


def fact_row(fact: Fact, number: int) -> dict[str, Any]:
    return vars(fact) | {"section": json_of(fact.section), "number": number}


def removal_row(removal: Removal, report_id: str, number: int) -> dict[str, Any]:
    return vars(removal) | {"report_id": report_id, "number": number}


def contradiction_row(found: Contradiction, number: int, facts: Sequence[int]) -> dict[str, Any]:
    """`facts` are the numbers of its facts."""
    return {
        "report_id": found.report_id,
        "number": number,
        "check": found.check,
        "facts": json_of(facts),
        "arithmetic": found.arithmetic,
    }


def json_of(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=4096)  # the paragraphs and facts of a section share their headings
def strings_of(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _number(value: float | None) -> Number | None:
    """The number as a report prints it: 100, not 100.0."""
    return int(value) if value is not None and value.is_integer() else value
