"""Queries: each takes a connection and gives back nouns of rag.models.

Where no report is named, rows of the reports that answer questions are given:
those of type "report" that no other report supersedes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, or_, select

from rag.database import rows
from rag.database.schema import facts, files, paragraphs, removals, reports, sections, texts
from rag.models import (
    Fact,
    LeftOut,
    Paragraph,
    Removal,
    ReportCard,
    ReportType,
    Section,
    SectionRole,
)

MOST_PARAMETERS = 1000  # bound values of one statement, below every database's limit

ANSWERS: ColumnElement[bool] = (reports.c.type == "report") & reports.c.superseded_by.is_(None)


def read_cards(
    connection: Connection,
    places: Collection[str],
    years: Collection[int],
    types: Collection[ReportType],
    include_superseded: bool,
) -> tuple[ReportCard, ...]:
    query = select(*rows.CARD_COLUMNS).where(reports.c.type.in_(types))
    if places:
        uppers = (reports.c.county, reports.c.city, reports.c.province)
        names = (reports.c.town, *uppers, *(upper + reports.c.town for upper in uppers))
        query = query.where(or_(*(name.in_(places) for name in names)))
    if years:
        query = query.where(reports.c.year.in_(years))
    if not include_superseded:
        query = query.where(reports.c.superseded_by.is_(None))
    cards = [rows.card_of(row) for row in connection.execute(query)]
    return tuple(sorted(cards, key=_place_then_year))


def read_card(connection: Connection, report_id: str) -> ReportCard | None:
    query = select(*rows.CARD_COLUMNS).where(reports.c.id == report_id)
    row = connection.execute(query).first()
    return None if row is None else rows.card_of(row)


def read_text(connection: Connection, report_id: str) -> str | None:
    return connection.scalar(select(texts.c.text).where(texts.c.report_id == report_id))


def read_sections(connection: Connection, report_id: str) -> tuple[Section, ...]:
    query = select(*rows.SECTION_COLUMNS).where(sections.c.report_id == report_id)
    found = connection.execute(query.order_by(sections.c.number))
    return tuple(rows.section_of(row) for row in found)


def read_removals(connection: Connection, report_id: str) -> tuple[Removal, ...]:
    query = select(*rows.REMOVAL_COLUMNS).where(removals.c.report_id == report_id)
    found = connection.execute(query.order_by(removals.c.number))
    return tuple(rows.removal_of(row) for row in found)


def read_facts(
    connection: Connection,
    indicators: Collection[str] | None,
    report_ids: Collection[str] | None,
    labels_containing: Collection[str] | None,
) -> tuple[Fact, ...]:
    query = select(*rows.FACT_COLUMNS)
    if indicators is not None:
        query = query.where(facts.c.indicator.in_(indicators))
    if labels_containing is not None:
        parts = (facts.c.label.contains(part, autoescape=True) for part in labels_containing)
        query = query.where(or_(False, *parts))
    found = _of_reports(connection, query, facts, report_ids)
    return tuple(rows.fact_of(row) for row in found)


def read_paragraphs(
    connection: Connection,
    report_ids: Collection[str] | None,
    roles: Collection[SectionRole] | None,
    ids: Collection[str] | None,
) -> tuple[Paragraph, ...]:
    query = select(*rows.PARAGRAPH_COLUMNS)
    if roles is not None:
        query = query.where(paragraphs.c.role.in_(roles))
    if ids is None:
        found = _of_reports(connection, query, paragraphs, report_ids)
        return tuple(rows.paragraph_of(row) for row in found)
    if report_ids is not None:
        allowed = set(report_ids)
        ids = [name for name in ids if name.rpartition("#")[0] in allowed]
    chosen = [
        rows.paragraph_of(row)
        for batch in batches(ids)
        for row in connection.execute(query.where(paragraphs.c.id.in_(batch)))
    ]
    return tuple(sorted(chosen, key=lambda paragraph: (paragraph.report_id, paragraph.number)))


def read_left_out(connection: Connection) -> LeftOut:
    other = select(func.count()).select_from(reports).where(reports.c.type != "report")
    superseded = select(func.count()).where(
        (reports.c.type == "report") & reports.c.superseded_by.is_not(None)
    )
    failed = select(func.count()).where((files.c.verdict == "failed") & files.c.report_id.is_(None))
    row = connection.execute(
        select(other.scalar_subquery(), superseded.scalar_subquery(), failed.scalar_subquery())
    ).one()
    return LeftOut(*row)


def count_by(connection: Connection, column: ColumnElement[Any]) -> dict[str, int]:
    """How many facts of answering reports have each value of the column, by value."""
    query = (
        select(column, func.count())
        .select_from(facts.join(reports))
        .where(ANSWERS, column.is_not(None))
        .group_by(column)
    )
    return {row[0]: row[1] for row in sorted(connection.execute(query))}


def batches(values: Collection[str]) -> Iterator[tuple[str, ...]]:
    """The distinct values, sorted, as many at a time as one statement takes."""
    ordered = sorted(set(values))
    for start in range(0, len(ordered), MOST_PARAMETERS):
        yield tuple(ordered[start : start + MOST_PARAMETERS])


def _of_reports(
    connection: Connection,
    query: Select[Any],
    table: Table,
    report_ids: Collection[str] | None,
) -> Iterator[Any]:
    """The query's rows for these reports, by report and number."""
    query = query.order_by(table.c.report_id, table.c.number)
    if report_ids is None:
        yield from connection.execute(query.join(reports).where(ANSWERS))
        return
    for batch in batches(report_ids):
        yield from connection.execute(query.where(table.c.report_id.in_(batch)))


def _place_then_year(card: ReportCard) -> tuple[str, str, str, str, int, str]:
    place = card.place
    names = (place.province, place.city, place.county, place.town)
    province, city, county, town = (name or "" for name in names)
    return province, city, county, town, card.year or 0, card.id
