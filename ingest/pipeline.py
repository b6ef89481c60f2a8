"""Files into the stores: load, repair, outline, identify, facts, store."""

from __future__ import annotations

import hashlib
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from ingest.contradictions import find_contradictions
from ingest.facts import extract_facts
from ingest.files import FileResult, IngestRun, Verdict, digest, find_files, state_of
from ingest.identify import identify
from ingest.load import load_bytes, read, source_of
from ingest.lock import sole_writer
from ingest.manifest import Standing, keep_duplicate, let_go, prune_files, standing_of
from ingest.models import Loaded
from ingest.outline import outline
from ingest.repair import repair
from ingest.running import Run
from ingest.store import Progress, bring_up_indexes, bring_up_words, drop_unused_originals
from ingest.unread import known_by_name
from rag.database import FileRecord, StoredText
from rag.errors import FazhiError, StoreUnavailable, UnreadableFile
from rag.indicators import Register
from rag.models import Paragraph, Report, ReportCard
from rag.stores import Stores

WORDS_AT_ONCE = 20  # reports taken in before the word index follows: what a question looks up


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
    return Report(
        card,
        loaded.text,
        outlined.sections,
        paragraphs,
        facts,
        repaired.removals,
        find_contradictions(facts, text=loaded.text, register=register),
    )


def ingest_paths(
    paths: Iterable[Path],
    *,
    stores: Stores,
    prune: bool = False,
    sample: bool = False,
    on_progress: Progress | None = None,
    on_file: Callable[[FileResult], None] | None = None,
    on_wait: Callable[[], None] | None = None,
) -> IngestRun:
    """Take in the files among the paths and in their folders, and bring the indexes up to date.

    A file that cannot be read is a result with verdict "failed" and never stops the rest.

    Args:
        prune: remove the reports whose files are gone from the folders among the paths.
        sample: mark the reports as samples.
        on_progress: called with ("reading" or "indexing", done, of how many).
        on_file: called with what came of each file, as soon as that is known.
        on_wait: called when another writer has to finish first.

    Raises:
        StoreUnavailable: another writer does not finish, or a store cannot be opened or
            written; what was taken in until then is kept, and the next run does the rest.
    """
    started = time.perf_counter()
    paths = list(paths)
    with sole_writer(stores.settings.data, on_wait=on_wait):
        run = Run(stores, sample=sample)
        results: list[FileResult] = []
        found = find_files(paths, besides=stores.settings.data)
        for done, path in enumerate(found.files):
            if on_progress:
                on_progress("reading", done, len(found.files))
            results.append(_ingest_file(path, run))
            if on_file:
                on_file(results[-1])
            if run.waits_for_words >= WORDS_AT_ONCE:
                bring_up_words(stores)
                run.waits_for_words = 0
        if prune:  # after the files were seen: one that was renamed is not gone
            results += prune_files(paths, stores.database, before=run.ledgers.note)
        bring_up_indexes(stores, on_progress)
        if run.resumes or run.has_changed_reports():
            drop_unused_originals(stores)
        stores.database.finish_run(run.number)
        skipped = tuple(str(path) for path in found.skipped)
        seconds = round(time.perf_counter() - started, 3)
        return run.told(IngestRun(tuple(results), seconds, skipped=skipped))


def ingest_again(path: Path, run: Run) -> FileResult:
    """What comes of a file whose record is not to be believed."""
    return _take_in(path, run)


def _ingest_file(path: Path, run: Run) -> FileResult:
    return run.known.unchanged(path, state_of(path)) or _take_in(path, run)


def _take_in(path: Path, run: Run) -> FileResult:
    database = run.stores.database
    sha256: str | None = None
    kept: str | None = None
    state = state_of(path)
    try:
        sha256 = digest(path)
        standing = standing_of(path, sha256, database, sample=run.sample)
        if standing.kind == "duplicate":
            run.abandons(standing.abandoned)
            result = keep_duplicate(path, sha256, standing, database, run.number)
            run.repeats(source_of(path), standing.report_id)
            return result
        kept = None if standing.kind == "new" else standing.report_id
        if standing.kind == "same" and database.made_with(standing.report_id) == run.made_with:
            run.remember_state(path, state)
            return FileResult.of(source_of(path), "unchanged", database.card(standing.report_id))
        return _store_file(path, sha256, state, standing, run)
    except StoreUnavailable:
        raise  # it is not the file's fault, and the next file would fare no better
    except FazhiError as error:
        if sha256 is not None:
            failed = FileRecord(str(path), sha256, "failed", kept, str(error))
            database.record_file(failed, run=run.number)
        return FileResult(source_of(path), "failed", report_id=kept, error=str(error))


def _store_file(
    path: Path, sha256: str, state: tuple[int, int] | None, standing: Standing, run: Run
) -> FileResult:
    data = read(path)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise UnreadableFile(f"{path}: is being written; ingest it again when that is done")
    try:
        loaded = load_bytes(data, source_of(path))
    except UnreadableFile as error:
        return _store_unreadable(path, data, sha256, standing, run, error)
    report = read_report(
        loaded,
        source=source_of(path),
        sha256=sha256,
        report_id=standing.report_id,
        register=run.stores.register,
        sample=run.sample,
    )
    verdict: Verdict = "added" if standing.kind == "new" else "updated"
    if report.card.type == "other":
        verdict = "other_document"
    run.keep_original(sha256, data)
    run.before(report.card, standing)
    size, changed_ns = state or (None, None)
    run.stores.database.replace_report(
        report,
        made_with=run.made_with,
        loaded=StoredText(loaded.text, loaded.pages, loaded.warnings),
        likeness=run.likeness(report),
        file=FileRecord(str(path), sha256, verdict, standing.report_id, None, size, changed_ns),
        run=run.number,
        **let_go(standing),
    )
    run.waits_for_words += 1
    return FileResult.of(source_of(path), verdict, report.card)


def _store_unreadable(
    path: Path, data: bytes, sha256: str, standing: Standing, run: Run, error: UnreadableFile
) -> FileResult:
    """What comes of a report that is known by its file's name only; else raises the error.

    A report that was read before keeps its text.
    """
    database = run.stores.database
    source = source_of(path)
    report = known_by_name(
        source, error, sha256=sha256, report_id=standing.report_id, sample=run.sample
    )
    if report is None or (
        standing.kind != "new" and not database.card(standing.report_id).unreadable
    ):
        raise error
    run.keep_original(sha256, data)
    run.before(report.card, standing)
    database.replace_report(
        report,
        made_with=run.made_with,
        file=FileRecord(str(path), sha256, "failed", standing.report_id, str(error)),
        run=run.number,
        **let_go(standing),
    )
    failed = FileResult.of(source, "failed", report.card)
    return replace(failed, error=str(error))


def _on_its_page(paragraph: Paragraph, pages: tuple[int, ...] | None) -> Paragraph:
    """The paragraph with the number of the page it begins on, from 1."""
    if pages is None:
        return paragraph
    return replace(paragraph, page=bisect_right(pages, paragraph.start))
