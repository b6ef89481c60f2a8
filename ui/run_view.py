"""What `fazhi ingest` prints of a run: files, what changed in the ledger, what is alike."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict

import typer

from ingest.changes import Figure, TownChanges
from ingest.duplicates import Duplicate
from ingest.files import IngestRun
from ui.messages import Messages
from ui.reasons import reason_in
from ui.tables import write_json, write_table

RUN_COLUMNS = (
    "source", "verdict", "encoding", "pages", "sections", "paragraphs", "facts", "warnings",
    "report_id",
)  # fmt: skip
SHOWN = 12  # figures of one kind that are printed of a town; --json has them all
_BOUNDS = {"at_least": "≥", "about": "≈", "less_than": "<"}


def print_run(run: IngestRun, say: Messages, *, as_json: bool) -> None:
    """Print it to standard output, and a line that sums it up to standard error."""
    if as_json:
        write_json(asdict(run), sys.stdout)
        return
    records = [
        asdict(result) | {"verdict": say(f"verdict_{result.verdict}")} for result in run.files
    ]
    if records:
        write_table(records, RUN_COLUMNS, sys.stdout, say)
    else:
        typer.echo(say("nothing_to_ingest"), err=True)
    for result in run.files:
        if result.error:
            typer.echo(reason_in(say.language, result.error))
    pairs = _at_most(tuple(_lines_of_pairs(run.duplicates, say)), say)
    for line in (*_lines_of_changes(run.changes, say), *pairs):
        typer.echo(line)
    if run.skipped:
        typer.echo(say("skipped", count=len(run.skipped)), err=True)
    if run.originals_not_kept:
        typer.echo(say("originals_not_kept", count=run.originals_not_kept), err=True)
    counts = Counter(str(record["verdict"]) for record in records)
    verdicts = ", ".join(f"{verdict} {count}" for verdict, count in counts.items())
    message = say("ingested", files=len(records), seconds=run.seconds, verdicts=verdicts or "—")
    typer.echo(message, err=True)


def _lines_of_changes(changes: Sequence[TownChanges], say: Messages) -> Iterator[str]:
    for town in changes:
        yield say(
            "town_changed",
            town="".join(filter(None, (town.county, town.town))) or "—",
            year=town.year or "—",
            source=town.source or "—",
            appeared=len(town.appeared),
            changed=len(town.changed),
            vanished=len(town.vanished),
        )
        if not town.changed and not town.vanished:
            continue  # a new report: `fazhi facts` shows its figures
        yield from _at_most([f"  + {_said(figure)}" for figure in town.appeared], say)
        pairs = [f"  ~ {_said(one.before)} → {_value(one.after)}" for one in town.changed]
        yield from _at_most(pairs, say)
        yield from _at_most([f"  − {_said(figure)}" for figure in town.vanished], say)


def _lines_of_pairs(pairs: Sequence[Duplicate], say: Messages) -> Iterator[str]:
    for pair in pairs:
        share = "" if pair.likeness is None else f"{pair.likeness:.0%}"
        names = {"source": pair.source, "other": pair.other_source, "share": share}
        answering = {pair.report_id: pair.source, pair.other_id: pair.other_source}
        line = say(f"pair_{pair.kind}", **names)
        if pair.kind != "exact" and pair.answers is not None:
            line += say("pair_answers", source=answering.get(pair.answers, pair.answers))
        yield line


def _at_most(lines: Sequence[str], say: Messages) -> Iterator[str]:
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield say("and_more", count=len(lines) - SHOWN)


def _said(figure: Figure) -> str:
    return f"{figure.label} {_value(figure)}"


def _value(figure: Figure) -> str:
    if figure.value is None:
        return f"{figure.low}–{figure.high}{figure.unit}"
    return f"{_BOUNDS.get(figure.qualifier, '')}{figure.value}{figure.unit}"
