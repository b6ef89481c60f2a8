"""The commands about what is stored: its facts and its reports."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Literal

import typer

from ingest.pipeline import remove_reports
from rag.models import ReportCard, ReportType
from rag.settings import Settings
from rag.stores import Stores
from ui.ingesting import open_current
from ui.messages import Messages
from ui.records import FACT_KEYS, Record, card_record, fact_records
from ui.tables import write_csv, write_json, write_table, write_xlsx

Format = Literal["table", "csv", "xlsx", "json"]
ALL_TYPES: tuple[ReportType, ...] = ("report", "other")
REPORT_COLUMNS = ("report_id", "source", "type", "town", "county", "year", "facts", "warnings")
FACT_COLUMNS = (
    "source", "town", "year", "indicator", "label", "value", "low", "high", "unit",
    "qualifier", "kind", "quote",
)  # fmt: skip


def run_facts(
    settings: Settings,
    say: Messages,
    *,
    indicators: Sequence[str] | None,
    places: Sequence[str],
    years: Sequence[int],
    form: Format,
) -> None:
    """Print the facts of these indicators, places and years."""
    with open_current(settings, say) as stores, stores.database.snapshot() as database:
        cards = {card.id: card for card in database.cards(places=places, years=years)}
        found = database.facts(indicators=indicators, report_ids=cards)
    order = {report_id: place for place, report_id in enumerate(cards)}
    records = fact_records(sorted(found, key=lambda fact: order[fact.report_id]), cards)
    if form == "json":
        write_json(records, sys.stdout)
    elif form == "csv":
        write_csv(records, FACT_KEYS, sys.stdout)
    elif form == "xlsx":
        write_xlsx(records, FACT_KEYS, sys.stdout.buffer, say)
    else:
        write_table(records, FACT_COLUMNS, sys.stdout, say)


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
    facts = fact_records(report.facts, {report.card.id: report.card})
    if as_json:
        write_json(record | {"outline": outline, "ledger": facts, "text": report.text}, sys.stdout)
        return
    for key, value in record.items():
        if value not in (None, []):
            shown = "; ".join(value) if isinstance(value, list) else value
            typer.echo(f"{say(f'column_{key}')}: {shown}")
    for section in report.sections:
        typer.echo("  " * len(section.headings) + (section.headings or ("—",))[-1])
    write_table(facts, FACT_COLUMNS[3:], sys.stdout, say)


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
