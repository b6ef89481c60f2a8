"""The commands about the stored reports."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from ingest.upkeep import remove_reports
from rag.models import ReportCard, ReportType
from rag.settings import Settings
from rag.stores import Stores
from ui.ingesting import open_current
from ui.ledger.facts import FACT_COLUMNS, tell_contradictions
from ui.messages import Messages
from ui.records import Record, card_record, contradiction_records, fact_records
from ui.tables import write_json, write_table

ALL_TYPES: tuple[ReportType, ...] = ("report", "other")
REPORT_COLUMNS = ("report_id", "source", "type", "town", "county", "year", "facts", "warnings")


def list_reports(settings: Settings, say: Messages, *, as_json: bool) -> None:
    """Print all reports, the superseded and the documents of other types among them."""
    with open_current(settings, say) as stores:
        records = [card_record(card) for card in _all_cards(stores)]
    _print_cards(records, say, as_json)


def show_report(name: str, settings: Settings, say: Messages, *, as_json: bool) -> None:
    """Print where a report comes from, its outline and its facts."""
    with open_current(settings, say) as stores:
        report = stores.database.report(_card_named(name, stores, say).id)
    record = card_record(report.card)
    outline = [{"headings": list(s.headings), "role": s.role} for s in report.sections]
    cards = {report.card.id: report.card}
    found = {report.card.id: report.contradictions}
    facts = fact_records(report.facts, cards, found)
    if as_json:
        whole = {"outline": outline, "ledger": facts, "text": report.text}
        write_json(record | whole | contradiction_records(report.contradictions), sys.stdout)
        return
    for key, value in record.items():
        if value not in (None, []):
            shown = "; ".join(value) if isinstance(value, list) else value
            typer.echo(f"{say(f'column_{key}')}: {shown}")
    for section in report.sections:
        typer.echo("  " * len(section.headings) + (section.headings or ("—",))[-1])
    write_table(facts, FACT_COLUMNS[3:], sys.stdout, say)
    tell_contradictions(report.contradictions, cards, say)


def remove_named(
    names: Sequence[str] | None, settings: Settings, say: Messages, *, as_json: bool
) -> None:
    """Remove the named reports, or without names the samples, and print which they were."""
    with open_current(settings, say) as stores:
        if names is None:
            cards = [card for card in _all_cards(stores) if card.sample]
        else:
            cards = list(dict.fromkeys(_card_named(name, stores, say) for name in names))
        remove_reports([card.id for card in cards], stores=stores)
    _print_cards([card_record(card) for card in cards], say, as_json)
    typer.echo(say("removed", count=len(cards)), err=True)


def _all_cards(stores: Stores) -> tuple[ReportCard, ...]:
    return stores.database.cards(types=ALL_TYPES, include_superseded=True)


def _card_named(name: str, stores: Stores, say: Messages) -> ReportCard:
    """The report of that id, or the only one of that file name."""
    cards = _all_cards(stores)
    named = [card for card in cards if card.id == name] or [c for c in cards if c.source == name]
    if not named:
        raise typer.BadParameter(say("no_such_report", name=name))
    if len(named) > 1:
        ids = ", ".join(card.id for card in named)
        raise typer.BadParameter(say("several_reports", name=name, ids=ids))
    return named[0]


def _print_cards(records: Sequence[Record], say: Messages, as_json: bool) -> None:
    if as_json:
        write_json(records, sys.stdout)
    elif records:
        write_table(records, REPORT_COLUMNS, sys.stdout, say)
    else:
        typer.echo(say("no_reports"), err=True)
