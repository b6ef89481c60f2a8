"""Mend what `check` finds, from the database and the files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ingest.check import Disagreement, check, reports_with
from ingest.load import is_there
from ingest.lock import sole_writer
from ingest.pipeline import ingest_again
from ingest.running import Run
from ingest.store import INDEXES, Progress, bring_up_indexes, drop_unused_originals, forget
from ingest.upkeep import read_again
from rag.models import ReportCard
from rag.stores import Stores


def repair_stores(
    found: Iterable[Disagreement], *, stores: Stores, on_progress: Progress | None = None
) -> tuple[Disagreement, ...]:
    """Mend what `check` found; gives what still disagrees."""
    found = list(found)
    with sole_writer(stores.settings.data):
        run = Run(stores)
        for report_id in reports_with("rows", found):
            read_again(report_id, run)
        for report_id in reports_with("file", found):
            for record in stores.database.file_records(report_id=report_id):
                if is_there(Path(record.path)):
                    ingest_again(Path(record.path), run)
        for report_id in reports_with("record", found):
            for record in stores.database.file_records(report_id=report_id):
                stores.database.forget_file(record.path)
        for report_id in reports_with("original", found):
            _keep_again(stores.database.card(report_id), run)
        if any(disagreement.part in ("embedder", "damage") for disagreement in found):
            stores.renew_vectors()
        for index in INDEXES:
            forget(stores, index, reports_with(index, found))
        bring_up_indexes(stores, on_progress)
        drop_unused_originals(stores)
        stores.database.finish_run(run.number)
    return check(stores)


def _keep_again(card: ReportCard, run: Run) -> None:
    """Keep the original of a report anew from its file; an altered one goes in any case."""
    run.stores.originals.discard(card.sha256)
    run.original_of(card)
