"""Reports that are stored: removed, or made anew by a newer program."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ingest.load import load_bytes
from ingest.lock import PATIENCE, sole_writer
from ingest.made_with import made_with
from ingest.models import Loaded
from ingest.pipeline import WORDS_AT_ONCE, read_report
from ingest.renewing import are_indexes_current
from ingest.running import Run
from ingest.store import INDEXES, Progress, bring_up_indexes, bring_up_words, drop_unused_originals
from rag.database import StoredText
from rag.errors import UnreadableFile
from rag.stores import Stores


def remove_reports(
    report_ids: Iterable[str], *, stores: Stores, on_wait: Callable[[], None] | None = None
) -> None:
    """Remove reports from the database, the indexes and the kept files; raises ReportNotFound."""
    with sole_writer(stores.settings.data, on_wait=on_wait):
        run = stores.database.start_run()
        for report_id in report_ids:
            stores.database.remove_report(report_id)
        bring_up_indexes(stores)
        drop_unused_originals(stores)
        stores.database.finish_run(run)


def is_current(stores: Stores) -> bool:
    """Whether this program made all rows, and the indexes hold them."""
    return (
        not stores.database.outdated(made_with(stores.settings.indicators_file))
        and not any(stores.database.pending(index) for index in INDEXES)
        and are_indexes_current(stores)
    )


def bring_up_to_date(
    stores: Stores, *, patience: float = PATIENCE, on_progress: Progress | None = None
) -> int:
    """Make the rows of reports anew that an older program made, and follow with the indexes.

    The stored text is read again, or the kept file where the program that loads it has
    changed. Gives the number of reports made anew.

    Raises:
        WriterBusy: another writer did not finish for `patience` seconds.
    """
    with sole_writer(stores.settings.data, patience=patience):
        run = Run(stores)
        outdated = stores.database.outdated(made_with(stores.settings.indicators_file))
        for done, report_id in enumerate(outdated):
            if on_progress:
                on_progress("reading", done, len(outdated))
            read_again(report_id, run)
            if done % WORDS_AT_ONCE == WORDS_AT_ONCE - 1:
                bring_up_words(stores)
        bring_up_indexes(stores, on_progress)
        drop_unused_originals(stores)
        stores.database.finish_run(run.number)
    return len(outdated)


def read_again(report_id: str, run: Run) -> None:
    """Make the rows of a stored report anew from its text, or from its kept file.

    The file is read where the program that loads it has changed; if the newer program
    cannot read it, the stored text remains.
    """
    database = run.stores.database
    card = database.card(report_id)
    loaded = run.stores.database.loaded(report_id)
    again = Loaded(loaded.text, card.encoding, loaded.page_starts, loaded.warnings)
    if database.made_with(report_id).get("load") != run.made_with["load"]:
        data = run.original_of(card)
        try:
            again = load_bytes(data, card.source) if data is not None else again
        except UnreadableFile:
            run.unreadable_again.append(report_id)
    report = (
        database.report(report_id)
        if card.unreadable and not again.text
        else read_report(
            again,
            source=card.source,
            sha256=card.sha256,
            report_id=card.id,
            register=run.stores.register,
            sample=card.sample,
        )
    )
    database.replace_report(
        report,
        made_with=run.made_with,
        loaded=StoredText(again.text, again.pages, again.warnings),
        likeness=run.likeness(report),
    )
