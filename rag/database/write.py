"""Changes of the reports: each function is part of one transaction of its caller."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, insert, select

from rag.database import rows
from rag.database.counters import GENERATION, SAMPLES_REMOVED, raise_counter, set_value
from rag.database.lookalikes import Likeness, alike, put_likeness
from rag.database.read import read_paragraphs
from rag.database.rivals import settle, settle_undetermined
from rag.database.schema import (
    contradictions,
    facts,
    files,
    paragraphs,
    removals,
    reports,
    sections,
    texts,
)
from rag.models import Report, ReportCard


@dataclass(frozen=True)
class StoredText:
    """What `ingest.load` got out of the file, enough to take the later steps again."""

    text: str
    page_starts: tuple[int, ...] | None  # offset of each page; None: the file has none
    warnings: tuple[str, ...]  # of loading alone


def put_report(
    connection: Connection,
    report: Report,
    loaded: StoredText,
    made_with: Mapping[str, str],
    likeness: Likeness | None = None,
) -> int:
    """Replace or add the report; gives its new version."""
    report_id = report.card.id
    version = raise_counter(connection, GENERATION)
    old = connection.execute(
        select(*rows.CARD_COLUMNS, reports.c.passages_version).where(reports.c.id == report_id)
    ).first()
    before = None if old is None else rows.card_of(old[:-1])
    same = before is not None and _same_passages(connection, before, report)
    neighbours = alike(connection, report_id)
    connection.execute(delete(reports).where(reports.c.id == report_id))
    values = rows.card_row(report.card) | {
        "made_with": json.dumps(dict(made_with), sort_keys=True),
        "version": version,
        "passages_version": old[-1] if old is not None and same else version,
        "superseded_by": None,
    }
    connection.execute(insert(reports).values(values))
    _insert_parts(connection, report, loaded)
    if likeness is not None:
        put_likeness(connection, report_id, likeness)
        neighbours |= likeness.others
    for card in {card for card in (before, report.card) if card is not None}:
        settle(connection, card.place, card.year)
    settle_undetermined(connection, [report_id, *neighbours])
    return version


def drop_report(connection: Connection, card: ReportCard) -> None:
    """Remove the report and what the manifest says of its files."""
    raise_counter(connection, GENERATION)
    neighbours = alike(connection, card.id)
    connection.execute(delete(reports).where(reports.c.id == card.id))
    connection.execute(delete(files).where(files.c.report_id == card.id))
    settle(connection, card.place, card.year)
    settle_undetermined(connection, neighbours)
    if card.sample:
        set_value(connection, SAMPLES_REMOVED, "1")


def _same_passages(connection: Connection, before: ReportCard, report: Report) -> bool:
    stored = read_paragraphs(connection, [before.id], None, None)
    return before.title == report.card.title and stored == report.paragraphs


def _insert_parts(connection: Connection, report: Report, loaded: StoredText) -> None:
    report_id = report.card.id
    starts = loaded.page_starts
    text_row: dict[str, object] = {
        "report_id": report_id,
        "text": loaded.text,
        "page_starts": None if starts is None else rows.json_of(starts),
        "load_warnings": rows.json_of(loaded.warnings),
    }
    in_order = sorted(report.facts, key=lambda fact: (fact.start, fact.value_start))
    numbers = {fact: number for number, fact in enumerate(in_order)}
    parts: Sequence[tuple[Table, list[dict[str, object]]]] = (
        (texts, [text_row]),
        (sections, [rows.section_row(section) for section in report.sections]),
        (paragraphs, [rows.paragraph_row(paragraph) for paragraph in report.paragraphs]),
        (facts, [rows.fact_row(fact, number) for number, fact in enumerate(in_order)]),
        (
            contradictions,
            [
                rows.contradiction_row(found, number, [numbers[fact] for fact in found.facts])
                for number, found in enumerate(report.contradictions)
            ],
        ),
        (
            removals,
            [
                rows.removal_row(removal, report_id, number)
                for number, removal in enumerate(report.removals)
            ],
        ),
    )
    for table, values in parts:
        if values:
            connection.execute(insert(table), values)
