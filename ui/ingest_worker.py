"""One piece of work on the stores, in a process of its own, so that the chat keeps its pace.

`python -m ui.ingest_worker` is ordered and tells as `ui.worker_processes` has it. It ends when
its input is closed: what it was doing is then as after a kill, and the next run resumes it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from ingest.changes import Figure, TownChanges
from ingest.files import FileResult, IngestRun
from ingest.pipeline import ingest_paths
from ingest.upkeep import remove_reports
from rag.errors import FazhiError, ReportNotFound
from rag.settings import Settings
from rag.stores import Stores, open_stores
from ui.worker_processes import Tell, take_order

MOST_FIGURES = 20  # of one kind that are told of a town
MOST_TOWNS = 300


def main() -> int:
    """Do what standard input orders; 0 when it is done, 1 where it could not be."""
    order, tell = take_order()
    settings = Settings.model_validate(order["settings"])
    try:
        with open_stores(settings) as stores:
            if order["kind"] == "remove":
                _remove(order, stores, tell)
            else:
                _take_in([Path(path) for path in order["paths"]], order["kind"], stores, tell)
    except FazhiError as error:
        tell(error=str(error))
        return 1
    return 0


def uploads_of(settings: Settings) -> Path:
    """The folder of a data folder where uploaded files are kept."""
    return settings.data.resolve() / "uploads"


def settings_record(settings: Settings) -> dict[str, Any]:
    """The settings as the order holds them; secrets are none of the work's business."""
    secret = {name for name, value in settings if isinstance(value, SecretStr)}
    return settings.model_dump(mode="json", exclude=secret)


def _take_in(paths: Sequence[Path], kind: str, stores: Stores, tell: Tell) -> None:
    run = ingest_paths(
        paths,
        stores=stores,
        on_progress=lambda stage, done, total: tell(stage=stage, done=done, total=total),
        on_file=lambda result: tell(file=file_record(result)),
        on_wait=lambda: tell(stage="waiting", done=0, total=0),
    )
    if kind == "upload":
        _drop_repeats(paths, stores)
    tell(**run_record(run))


def _drop_repeats(paths: Sequence[Path], stores: Stores) -> None:
    """Delete uploaded files that repeat what is stored, and forget that they were there."""
    for path in paths:
        for record in stores.database.file_records(path=str(path)):
            if record.verdict == "duplicate":
                stores.database.forget_file(record.path)
                _discard(path, uploads_of(stores.settings))


def _discard(path: Path, uploads: Path) -> None:
    """Delete a file that was uploaded; another file is left alone."""
    if path.parent.parent != uploads:
        return
    path.unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()  # where it was the last one in it


def _remove(order: dict[str, Any], stores: Stores, tell: Tell) -> None:
    """Remove the reports that are there, and forget the files that failed."""
    cards = []
    for report_id in order["report_ids"]:
        try:
            cards.append(stores.database.card(report_id))
        except ReportNotFound:
            continue  # somebody else was quicker
    uploaded = [
        Path(record.path)
        for card in cards
        for record in stores.database.file_records(report_id=card.id)
    ]
    tell(stage="removing", done=0, total=len(cards))
    remove_reports(
        [card.id for card in cards],
        stores=stores,
        on_wait=lambda: tell(stage="waiting", done=0, total=0),
    )
    for path in order["paths"]:
        stores.database.forget_file(path)
        tell(file={"source": Path(path).name, "verdict": "removed"})
    for card in cards:
        tell(file=file_record(FileResult.of(card.source, "removed", card)))
    for path in [*uploaded, *map(Path, order["paths"])]:
        _discard(path, uploads_of(stores.settings))


def file_record(result: FileResult) -> dict[str, Any]:
    """What is told of a file."""
    kept = ("source", "verdict", "type", "report_id", "paragraphs", "facts", "warnings", "error")
    whole = asdict(result)
    return {key: whole[key] for key in kept}


def run_record(run: IngestRun) -> dict[str, Any]:
    """What is told of a whole run beside its files."""
    return {
        "seconds": run.seconds,
        "skipped": len(run.skipped),
        "towns": len(run.changes),
        "changes": [_town_record(town) for town in run.changes[:MOST_TOWNS]],
    }


def _town_record(town: TownChanges) -> dict[str, Any]:
    return {
        "town": "".join(filter(None, (town.county, town.town))) or None,
        "year": town.year,
        "report_id": town.report_id,
        "source": town.source,
        "counts": [len(town.appeared), len(town.changed), len(town.vanished)],
        "appeared": [_said(figure) for figure in town.appeared[:MOST_FIGURES]],
        "changed": [[_said(one.before), _said(one.after)] for one in town.changed[:MOST_FIGURES]],
        "vanished": [_said(figure) for figure in town.vanished[:MOST_FIGURES]],
    }


def _said(figure: Figure) -> dict[str, Any]:
    kept = ("label", "value", "low", "high", "unit", "qualifier", "kind")
    whole = asdict(figure)
    return {key: whole[key] for key in kept}


if __name__ == "__main__":
    sys.exit(main())
