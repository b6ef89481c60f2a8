"""The command `fazhi facts`: figures, reasons, open labels and the matrix."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

import typer

from rag.database import Database
from rag.indicators import Register
from rag.models import Contradiction, Fact, ReportCard
from rag.settings import Settings
from rag.unmapped import Cluster, open_clusters
from ui.ingesting import open_current
from ui.ledger.matrix import (
    contradictions_in_words,
    matrix_headings,
    matrix_of,
    matrix_records,
    matrix_rows,
    stated_indicators,
)
from ui.ledger.words import said, why
from ui.messages import Messages
from ui.records import FACT_KEYS, Record, fact_records
from ui.tables import (
    Sheet,
    write_csv,
    write_csv_rows,
    write_json,
    write_rows,
    write_table,
    write_workbook,
    write_xlsx,
)

Format = Literal["table", "csv", "xlsx", "json"]
FACT_COLUMNS = (
    "source", "town", "year", "indicator", "label", "value", "low", "high", "unit",
    "qualifier", "kind", "quote",
)  # fmt: skip
WHY_KEYS = ("rule", "why")
CLUSTER_KEYS = ("label", "unit", "reports", "figures", "labels", "examples")
COLUMNS_AT_ONCE = 5  # indicators of a matrix side by side on a terminal


@dataclass(frozen=True)
class Wanted:
    """Which figures a user asks for; empty means all."""

    indicators: Sequence[str] = ()
    places: Sequence[str] = ()
    years: Sequence[int] = ()
    kinds: Collection[str] = ()  # of FactKind
    labels: Sequence[str] = ()  # words, one of which a label has to contain


def run_facts(
    settings: Settings, say: Messages, wanted: Wanted, *, form: Format, reasons: bool = False
) -> None:
    """Print the figures that are wanted, with the rules that found them where asked."""
    with open_current(settings, say) as stores, stores.database.snapshot() as database:
        names = named_indicators(wanted.indicators, stores.register, say)
        cards = {c.id: c for c in database.cards(places=wanted.places, years=wanted.years)}
        found = _facts(database, names, cards, wanted)
        disagreeing = database.contradictions(cards)
    order = {report_id: place for place, report_id in enumerate(cards)}
    found = sorted(found, key=lambda fact: order[fact.report_id])
    records = fact_records(found, cards, disagreeing)
    keys: tuple[str, ...] = FACT_KEYS
    columns: tuple[str, ...] = FACT_COLUMNS
    if reasons:
        for record, fact in zip(records, found, strict=True):
            record |= {"rule": fact.rule, "why": why(fact, say.language)}
        keys, columns = (*FACT_KEYS, *WHY_KEYS), (*FACT_COLUMNS, "why")
    if any(record["contradictions"] for record in records):
        columns = (*columns, "contradictions")
    _print(records, keys, columns, form, say)
    if form == "table":
        tell_contradictions([one for card in cards for one in disagreeing.get(card, ())
                             if set(one.facts) & set(found)], cards, say)  # fmt: skip


def run_unmapped(settings: Settings, say: Messages, wanted: Wanted, *, form: Format) -> None:
    """Print the recurring clusters of open labels among the figures that are wanted."""
    with open_current(settings, say) as stores, stores.database.snapshot() as database:
        cards = {c.id: c for c in database.cards(places=wanted.places, years=wanted.years)}
        found = _facts(database, None, cards, wanted)
    records = [_cluster_record(one, cards) for one in open_clusters(found)]
    if form == "table":
        for record in records:
            record["examples"] = "\n".join(one["quote"] for one in record["examples"])
    elif form != "json":
        for record in records:
            record["examples"] = [f"{e['source']}: {e['quote']}" for e in record["examples"]]
    _print(records, CLUSTER_KEYS, CLUSTER_KEYS, form, say)


def run_matrix(settings: Settings, say: Messages, wanted: Wanted, *, form: Format) -> None:
    """Print reports against indicators; a gap is told as the gap that it is."""
    with open_current(settings, say) as stores, stores.snapshot() as state:
        names = named_indicators(wanted.indicators, stores.register, say) or ()
        cards = state.database.cards(places=wanted.places, years=wanted.years)
        matrix = matrix_of(state, stated_indicators(state, names), cards)
        headings = matrix_headings(matrix, stores.register, say.language)
    rows = list(matrix_rows(matrix, say.language))
    if form == "json":
        write_json(list(matrix_records(matrix)), sys.stdout)
    elif form == "csv":
        write_csv_rows(headings, rows, sys.stdout)
    elif form == "xlsx":
        write_workbook((Sheet("fazhi", headings, rows),), sys.stdout.buffer)
    else:
        _print_matrix(headings, rows, say)


def tell_contradictions(
    found: Sequence[Contradiction], cards: dict[str, ReportCard], say: Messages
) -> None:
    """Lines under a table, on the figures of one report that disagree."""
    for one in found:
        told = contradictions_in_words([one], say.language)
        quotes = said("signs", "also", say.language).join(
            dict.fromkeys(fact.clause.strip() for fact in one.facts)
        )
        words = said("signs", "conflict", say.language).format(what=told)
        typer.echo(f"{cards[one.report_id].source}: {words} — {quotes}")


def named_indicators(
    names: Sequence[str] | None, register: Register, say: Messages
) -> tuple[str, ...] | None:
    """Canonical names of what a user named in Chinese or English; None where nothing is named.

    Raises:
        typer.BadParameter: there is no such indicator; names the nearest.
    """
    if not names:
        return None
    known = {one.name: one.name for one in register.indicators}
    for one in register.indicators:
        for name in (one.en.lower(), *one.synonyms):
            known.setdefault(name, one.name)
    found = []
    for name in names:
        canonical = known.get(name) or known.get(name.lower())
        if canonical is None:
            near = get_close_matches(name.lower(), known, n=3, cutoff=0.4)
            nearest = ", ".join(dict.fromkeys(known[one] for one in near)) or "—"
            raise typer.BadParameter(say("no_such_indicator", name=name, nearest=nearest))
        found.append(canonical)
    return tuple(dict.fromkeys(found))


def _facts(
    database: Database,
    names: Sequence[str] | None,
    cards: dict[str, ReportCard],
    wanted: Wanted,
) -> list[Fact]:
    found = database.facts(
        indicators=names, report_ids=cards, labels_containing=wanted.labels or None
    )
    return [fact for fact in found if not wanted.kinds or fact.kind in wanted.kinds]


def _cluster_record(cluster: Cluster, cards: dict[str, ReportCard]) -> Record:
    examples = [
        {"source": cards[one.report_id].source, "report_id": one.report_id, "quote": one.quote}
        for one in cluster.examples
    ]
    return {
        "label": cluster.name,
        "unit": cluster.unit,
        "reports": cluster.reports,
        "figures": cluster.figures,
        "labels": list(cluster.labels),
        "examples": examples,
    }


def _print(
    records: Sequence[Record],
    keys: Sequence[str],
    columns: Sequence[str],
    form: Format,
    say: Messages,
) -> None:
    if form == "json":
        write_json(records, sys.stdout)
    elif form == "csv":
        write_csv(records, keys, sys.stdout)
    elif form == "xlsx":
        write_xlsx(records, keys, sys.stdout.buffer, say)
    else:
        write_table(records, columns, sys.stdout, say)


def _print_matrix(headings: Sequence[str], rows: Sequence[Sequence[object]], say: Messages) -> None:
    """Tables of a few indicators each, every one with the towns and years in front."""
    places, indicators = 6, headings[6:]
    for start in range(0, len(indicators), COLUMNS_AT_ONCE):
        chosen = range(places + start, min(places + start + COLUMNS_AT_ONCE, len(headings)))
        shown = (0, 4, *chosen)  # town and year, then the figures
        write_rows(
            [headings[n] for n in shown], [[row[n] for n in shown] for row in rows], sys.stdout
        )
    if not indicators:
        typer.echo(say("no_reports"), err=True)
