"""Prove that database, indexes and source files agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.files import digest
from ingest.load import is_there
from ingest.store import INDEXES, LEXICAL, VECTORS, Index
from rag.errors import EmbedderMismatch
from rag.models import Report, quote_of
from rag.stores import Stores


@dataclass(frozen=True)
class Disagreement:
    part: Literal["rows", "file", "lexical", "vectors", "embedder"]
    report_id: str | None
    what: str  # what is wrong, naming the report or file


def check(stores: Stores) -> tuple[Disagreement, ...]:
    """Where the rows disagree with the stored text, the indexes with the rows, files with both.

    Raises:
        StoreUnavailable: a store cannot be opened at all.
    """
    return (*_rows(stores), *_files(stores), *_indexes(stores))


def reports_with(part: str, found: Iterable[Disagreement]) -> list[str]:
    """The reports with a disagreement in this part, each once."""
    named = (item.report_id for item in found if item.part == part and item.report_id)
    return list(dict.fromkeys(named))


def _rows(stores: Stores) -> Iterator[Disagreement]:
    database = stores.database
    for card in database.cards(types=("report", "other"), include_superseded=True):
        wrong = next(_wrong_spans(database.report(card.id)), None)
        if wrong is not None:
            what = f"{card.source} ({card.id}): {wrong} is not what the stored text says"
            yield Disagreement("rows", card.id, what)


def _wrong_spans(report: Report) -> Iterator[str]:
    card, text = report.card, report.text
    counted = (len(report.sections), len(report.paragraphs), len(report.facts))
    if counted != (card.sections, card.paragraphs, card.facts):
        yield "the number of sections, paragraphs or facts"
    for paragraph in report.paragraphs:
        quote = quote_of(text, paragraph.start, paragraph.end, report.removals)
        if paragraph.text != quote or len(paragraph.reading) != len(quote):
            yield f"paragraph {paragraph.number}"
    for fact in report.facts:
        quote = quote_of(text, fact.start, fact.end, report.removals)
        if fact.raw != text[fact.start : fact.end] or fact.quote != quote:
            yield f"the figure {fact.label} at {fact.value_start}"


def _files(stores: Stores) -> Iterator[Disagreement]:
    for record in stores.database.file_records():
        if record.report_id is None or record.verdict in ("duplicate", "failed"):
            continue
        path = Path(record.path)
        if not is_there(path):
            what = f"{path}: the file is gone; `fazhi ingest --prune` removes its report"
            yield Disagreement("file", record.report_id, what)
        elif digest(path) != record.sha256:
            what = f"{path}: the file has changed since it was ingested"
            yield Disagreement("file", record.report_id, what)


def _indexes(stores: Stores) -> Iterator[Disagreement]:
    for index in INDEXES:
        for report_id, version in stores.database.pending(index):
            missing = "is not in the index" if version else "is still in the index"
            yield Disagreement(index, report_id, f"{report_id} {missing} as the database has it")
    yield from _compared(LEXICAL, stores.lexical.paragraph_ids(), stores)
    try:
        passages = stores.vectors.ids()
    except EmbedderMismatch as error:
        yield Disagreement("embedder", None, str(error))
        return
    yield from _compared(VECTORS, _whole_paragraphs(passages), stores)


def _compared(index: Index, found: set[str], stores: Stores) -> Iterator[Disagreement]:
    """Paragraphs that only the index or only the database holds, a line a report."""
    held = stores.database.held(index)
    stored = {paragraph.id for paragraph in stores.database.paragraphs(report_ids=held)}
    for report_id in sorted({_report_of(paragraph) for paragraph in stored - found}):
        yield Disagreement(index, report_id, f"{report_id}: paragraphs are missing in the index")
    for report_id in sorted({_report_of(paragraph) for paragraph in found - stored}):
        what = f"{report_id}: the index holds paragraphs that are not stored"
        yield Disagreement(index, report_id, what)


def _whole_paragraphs(passage_ids: Iterable[str]) -> set[str]:
    """The paragraphs all of whose passages are there, numbered from 0 without a gap."""
    pieces: dict[str, set[int]] = {}
    for passage_id in passage_ids:
        paragraph_id, _, piece = passage_id.rpartition(".")
        pieces.setdefault(paragraph_id, set()).add(int(piece))
    return {name for name, numbers in pieces.items() if max(numbers) + 1 == len(numbers)}


def _report_of(paragraph_id: str) -> str:
    return paragraph_id.rpartition("#")[0]
