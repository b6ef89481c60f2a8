"""Changes of the reports: each function is part of one transaction of its caller."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, insert, select, update

from rag.database import rows
from rag.database.counters import GENERATION, SAMPLES_REMOVED, raise_counter, set_value
from rag.database.read import read_paragraphs
from rag.database.schema import (
    facts,
    files,
    paragraphs,
    removals,
    reports,
    sections,
    texts,
)
from rag.models import Place, Report, ReportCard

MADE_BY_OCR = "ocr"  # the encoding of a report whose text was recognised in pictures


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
) -> int:
    """Replace or add the report; gives its new version."""
    report_id = report.card.id
    version = raise_counter(connection, GENERATION)
    old = connection.execute(
        select(*rows.CARD_COLUMNS, reports.c.passages_version).where(reports.c.id == report_id)
    ).first()
    before = None if old is None else rows.card_of(old[:-1])
    same = before is not None and _same_passages(connection, before, report)
    connection.execute(delete(reports).where(reports.c.id == report_id))
    values = rows.card_row(report.card) | {
        "made_with": json.dumps(dict(made_with), sort_keys=True),
        "version": version,
        "passages_version": old[-1] if old is not None and same else version,
        "superseded_by": None,
    }
    connection.execute(insert(reports).values(values))
    _insert_parts(connection, report, loaded)
    for card in {card for card in (before, report.card) if card is not None}:
        settle(connection, card.place, card.year)
    return version


def drop_report(connection: Connection, card: ReportCard) -> None:
    """Remove the report and what the manifest says of its files."""
    raise_counter(connection, GENERATION)
    connection.execute(delete(reports).where(reports.c.id == card.id))
    connection.execute(delete(files).where(files.c.report_id == card.id))
    settle(connection, card.place, card.year)
    if card.sample:
        set_value(connection, SAMPLES_REMOVED, "1")


def settle(connection: Connection, place: Place, year: int | None) -> None:
    """Decide which of the reports of this town and year answers, and name it in the others.

    A readable text comes before an unreadable one, a text layer before recognised
    pictures, then the later publication, then the later ingest.
    """
    if place.town is None or year is None:
        return
    rivals = connection.execute(
        select(*rows.CARD_COLUMNS, reports.c.version).where(
            reports.c.type == "report", reports.c.town == place.town, reports.c.year == year
        )
    ).all()
    ranked = sorted(
        ((rows.card_of(row[:-1]), int(row[-1])) for row in rivals), key=_rank, reverse=True
    )
    winners: list[ReportCard] = []
    for card, _version in ranked:
        winner = next((one for one in winners if _may_be_one(one.place, card.place)), None)
        if winner is None:
            winners.append(card)
        better = winner.id if winner else None
        if better != card.superseded_by:
            chosen = update(reports).where(reports.c.id == card.id)
            connection.execute(chosen.values(superseded_by=better))


def _rank(entry: tuple[ReportCard, int]) -> tuple[bool, bool, str, int]:
    card, version = entry
    return not card.unreadable, card.encoding != MADE_BY_OCR, card.published or "", version


def _may_be_one(one: Place, other: Place) -> bool:
    """Two towns of one name are one place unless a county, city or province tells them apart."""
    pairs = ((one.county, other.county), (one.city, other.city), (one.province, other.province))
    return all(first is None or second is None or first == second for first, second in pairs)


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
    parts: Sequence[tuple[Table, list[dict[str, object]]]] = (
        (texts, [text_row]),
        (sections, [rows.section_row(section) for section in report.sections]),
        (paragraphs, [rows.paragraph_row(paragraph) for paragraph in report.paragraphs]),
        (facts, [rows.fact_row(fact, number) for number, fact in enumerate(in_order)]),
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
