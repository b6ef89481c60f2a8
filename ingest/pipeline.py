"""Files into the stores: load, repair, outline, identify, facts, store."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from ingest.check import Disagreement, check, reports_with
from ingest.facts import extract_facts
from ingest.files import FileResult, IngestRun, Verdict, digest, files_under
from ingest.identify import identify
from ingest.load import is_there, load, source_of
from ingest.lock import PATIENCE, sole_writer
from ingest.made_with import made_with
from ingest.manifest import Standing, keep_duplicate, let_go, prune_files, standing_of
from ingest.models import Loaded
from ingest.outline import outline
from ingest.repair import repair
from ingest.store import INDEXES, Progress, bring_up_indexes, forget
from rag.database import Database, FileRecord, StoredText
from rag.errors import FazhiError
from rag.indicators import Register
from rag.models import Paragraph, Report, ReportCard
from rag.stores import Stores


def read_report(
    loaded: Loaded,
    *,
    source: str,
    sha256: str,
    report_id: str,
    register: Register,
    sample: bool = False,
) -> Report:
    """The report that a loaded file holds; the same text always gives the same report."""
    repaired = repair(loaded.text)
    outlined = outline(repaired, report_id=report_id)
    identity = identify(source, repaired, outlined)
    paragraphs = tuple(_on_its_page(found, loaded.pages) for found in outlined.paragraphs)
    facts = extract_facts(
        paragraphs,
        text=loaded.text,
        removals=repaired.removals,
        year=identity.year,
        register=register,
    )
    card = ReportCard(
        id=report_id,
        source=source,
        sha256=sha256,
        title=identity.title,
        type=identity.type,
        place=identity.place,
        year=identity.year,
        year_doubtful=identity.year_doubtful,
        published=identity.published,
        issuers=identity.issuers,
        encoding=loaded.encoding,
        pages=None if loaded.pages is None else len(loaded.pages),
        warnings=(*loaded.warnings, *repaired.warnings, *identity.warnings),
        sections=len(outlined.sections),
        paragraphs=len(paragraphs),
        facts=len(facts),
        sample=sample,
    )
    return Report(card, loaded.text, outlined.sections, paragraphs, facts, repaired.removals)


def ingest_paths(
    paths: Iterable[Path],
    *,
    stores: Stores,
    prune: bool = False,
    sample: bool = False,
    on_progress: Progress | None = None,
    on_wait: Callable[[], None] | None = None,
) -> IngestRun:
    """Take in the files among the paths and in their folders, and bring the indexes up to date.

    A file that cannot be read is a result with verdict "failed" and never stops the rest.

    Args:
        prune: remove the reports whose files are gone from the folders among the paths.
        sample: mark the reports as samples.
        on_progress: called with ("reading" or "indexing", done, of how many).
        on_wait: called when another writer has to finish first.

    Raises:
        StoreUnavailable: another writer does not finish, or a store cannot be opened.
    """
    started = time.perf_counter()
    paths = list(paths)
    with sole_writer(stores.settings.data, on_wait=on_wait):
        run = stores.database.start_run()
        results = list(prune_files(paths, stores.database)) if prune else []
        files = files_under(paths)
        for done, path in enumerate(files):
            if on_progress:
                on_progress("reading", done, len(files))
            results.append(_ingest_file(path, stores, run, sample))
        bring_up_indexes(stores, on_progress)
        stores.database.finish_run(run)
    return IngestRun(tuple(results), round(time.perf_counter() - started, 3))


def remove_reports(
    report_ids: Iterable[str], *, stores: Stores, on_wait: Callable[[], None] | None = None
) -> None:
    """Remove reports from the database and the indexes; raises ReportNotFound."""
    with sole_writer(stores.settings.data, on_wait=on_wait):
        for report_id in report_ids:
            stores.database.remove_report(report_id)
        bring_up_indexes(stores)


def is_current(stores: Stores) -> bool:
    """Whether this program made all rows, and the indexes hold them."""
    return not stores.database.outdated(made_with()) and not any(
        stores.database.pending(index) for index in INDEXES
    )


def bring_up_to_date(
    stores: Stores, *, patience: float = PATIENCE, on_progress: Progress | None = None
) -> int:
    """Make the rows of reports anew that an older program made, and follow with the indexes.

    The stored text is read again, or the file where it is still there and the program
    that loads it changed. Gives the number of reports made anew.

    Raises:
        WriterBusy: another writer did not finish for `patience` seconds.
    """
    with sole_writer(stores.settings.data, patience=patience):
        outdated = stores.database.outdated(made_with())
        for done, report_id in enumerate(outdated):
            if on_progress:
                on_progress("reading", done, len(outdated))
            _read_again(report_id, stores)
        bring_up_indexes(stores, on_progress)
    return len(outdated)


def repair_stores(
    found: Iterable[Disagreement], *, stores: Stores, on_progress: Progress | None = None
) -> tuple[Disagreement, ...]:
    """Mend what `check` found, from the files and the database; gives what still disagrees."""
    found = list(found)
    with sole_writer(stores.settings.data):
        run = stores.database.start_run()
        for report_id in reports_with("rows", found):
            _read_again(report_id, stores)
        for report_id in reports_with("file", found):
            for record in stores.database.file_records(report_id=report_id):
                if is_there(Path(record.path)):
                    _ingest_file(Path(record.path), stores, run, sample=False)
        if any(disagreement.part == "embedder" for disagreement in found):
            stores.renew_vectors()
        for index in INDEXES:
            forget(stores, index, reports_with(index, found))
        bring_up_indexes(stores, on_progress)
        stores.database.finish_run(run)
    return check(stores)


def _ingest_file(path: Path, stores: Stores, run: int, sample: bool) -> FileResult:
    database = stores.database
    sha256: str | None = None
    kept: str | None = None
    try:
        sha256 = digest(path)
        standing = standing_of(path, sha256, database, sample=sample)
        if standing.kind == "duplicate":
            return keep_duplicate(path, sha256, standing, database, run)
        kept = None if standing.kind == "new" else standing.report_id
        if standing.kind == "same" and database.made_with(standing.report_id) == made_with():
            return FileResult.of(source_of(path), "unchanged", database.card(standing.report_id))
        return _store_file(path, sha256, standing, stores, run=run, sample=sample)
    except FazhiError as error:
        if sha256 is not None:
            failed = FileRecord(str(path), sha256, "failed", kept, str(error))
            database.record_file(failed, run=run)
        return FileResult(source_of(path), "failed", report_id=kept, error=str(error))


def _store_file(
    path: Path, sha256: str, standing: Standing, stores: Stores, *, run: int, sample: bool
) -> FileResult:
    loaded = load(path)
    report = read_report(
        loaded,
        source=source_of(path),
        sha256=sha256,
        report_id=standing.report_id,
        register=stores.register,
        sample=sample,
    )
    verdict: Verdict = "added" if standing.kind == "new" else "updated"
    if report.card.type == "other":
        verdict = "other_document"
    stores.database.replace_report(
        report,
        made_with=made_with(),
        loaded=StoredText(loaded.text, loaded.pages, loaded.warnings),
        file=FileRecord(str(path), sha256, verdict, standing.report_id),
        run=run,
    )
    let_go(standing, stores.database)
    return FileResult.of(source_of(path), verdict, report.card)


def _read_again(report_id: str, stores: Stores) -> None:
    database = stores.database
    card = database.card(report_id)
    loaded = _loaded_again(card, database)
    report = read_report(
        loaded,
        source=card.source,
        sha256=card.sha256,
        report_id=card.id,
        register=stores.register,
        sample=card.sample,
    )
    database.replace_report(
        report,
        made_with=made_with(),
        loaded=StoredText(loaded.text, loaded.pages, loaded.warnings),
    )


def _loaded_again(card: ReportCard, database: Database) -> Loaded:
    if database.made_with(card.id).get("load") != made_with()["load"]:
        for record in database.file_records(report_id=card.id, sha256=card.sha256):
            path = Path(record.path)
            if is_there(path) and digest(path) == card.sha256:
                return load(path)
    kept = database.loaded(card.id)
    return Loaded(kept.text, card.encoding, kept.page_starts, kept.warnings)


def _on_its_page(paragraph: Paragraph, pages: tuple[int, ...] | None) -> Paragraph:
    """The paragraph with the number of the page it begins on, from 1."""
    if pages is None:
        return paragraph
    return replace(paragraph, page=bisect_right(pages, paragraph.start))
