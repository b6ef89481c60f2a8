"""Prove that database, indexes and source files agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.files import digest
from ingest.load import is_there
from ingest.store import INDEXES, LEXICAL, VECTORS, Index
from rag.errors import EmbedderMismatch, StoreUnavailable
from rag.lexical import digest_of
from rag.models import Report, ReportCard, quote_of
from rag.stores import Stores


@dataclass(frozen=True)
class Disagreement:
    part: Literal["rows", "file", "record", "original", "lexical", "vectors", "embedder", "damage"]
    report_id: str | None
    what: str  # what is wrong, naming the report or file


def check(stores: Stores) -> tuple[Disagreement, ...]:
    """Where the rows disagree with the stored text, the indexes with the rows, files with both.

    Raises:
        StoreUnavailable: a store cannot be opened at all.
    """
    return (*_rows(stores), *_files(stores), *_originals(stores), *_indexes(stores))


def reports_with(part: str, found: Iterable[Disagreement]) -> list[str]:
    """The reports with a disagreement in this part, each once."""
    named = (item.report_id for item in found if item.part == part and item.report_id)
    return list(dict.fromkeys(named))


def _rows(stores: Stores) -> Iterator[Disagreement]:
    database = stores.database
    cards = _all_cards(stores)
    stored = {card.id for card in cards}
    for card in cards:
        wrong = next(_wrong_spans(database.report(card.id)), None)
        if wrong is not None:
            what = f"{card.source} ({card.id}): {wrong} is not what the stored text says"
            yield Disagreement("rows", card.id, what)
        elif card.superseded_by is not None and card.superseded_by not in stored:
            what = f"{card.source} ({card.id}) is said to be superseded by a report that is gone"
            yield Disagreement("rows", card.id, what)


def _all_cards(stores: Stores) -> tuple[ReportCard, ...]:
    return stores.database.cards(types=("report", "other"), include_superseded=True)


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
    stored = {card.id for card in _all_cards(stores)}
    for record in stores.database.file_records():
        if record.report_id is None:
            continue
        path = Path(record.path)
        if record.report_id not in stored:
            what = f"{path}: its report {record.report_id} is not stored"
            yield Disagreement("record", record.report_id, what)
        elif record.verdict in ("duplicate", "failed"):
            continue
        elif not is_there(path):
            what = f"{path}: the file is gone; `fazhi ingest --prune` removes its report"
            yield Disagreement("file", record.report_id, what)
        elif digest(path) != record.sha256:
            what = f"{path}: the file has changed since it was ingested"
            yield Disagreement("file", record.report_id, what)


def _originals(stores: Stores) -> Iterator[Disagreement]:
    """Kept files that are not what they should be, or that a report could have and lacks."""
    cards = {card.sha256: card for card in _all_cards(stores)}
    kept = stores.originals.digests()
    for sha256 in sorted(kept):
        path, card = stores.originals.path(sha256), cards.get(sha256)
        if card is None:
            yield Disagreement("original", None, f"{path}: no report was read from this file")
        elif digest(path) != sha256:
            what = f"{path}: the kept original of {card.source} has been altered"
            yield Disagreement("original", card.id, what)
    for record in stores.database.file_records() if stores.settings.originals else ():
        lacks = record.sha256 in cards and record.sha256 not in kept
        if lacks and is_there(Path(record.path)) and digest(Path(record.path)) == record.sha256:
            what = f"{record.path}: its original is not kept"
            yield Disagreement("original", record.report_id, what)


def _indexes(stores: Stores) -> Iterator[Disagreement]:
    for index in INDEXES:
        for report_id, version in stores.database.pending(index):
            missing = "is not in the index" if version else "is still in the index"
            yield Disagreement(index, report_id, f"{report_id} {missing} as the database has it")
    yield from _words(stores)
    try:
        passages = stores.vectors.texts()
    except EmbedderMismatch as error:
        yield Disagreement("embedder", None, str(error))
        return
    yield from _compared(VECTORS, _whole_paragraphs(passages), stores)
    yield from _other_passages(passages, stores)
    yield from _other_vectors(stores)


def _words(stores: Stores) -> Iterator[Disagreement]:
    """Reports of which the word index holds other paragraphs, or other words, than are stored."""
    found = stores.lexical.digests()
    yield from _compared(LEXICAL, set(found), stores)
    held = stores.database.held(LEXICAL)
    titles = {card.id: card.title for card in _all_cards(stores)}
    other = {
        paragraph.report_id
        for paragraph in stores.database.paragraphs(report_ids=held)
        if found.get(paragraph.id, b"")
        not in (b"", digest_of(paragraph, titles[paragraph.report_id]))
    }
    for report_id in sorted(other):
        what = f"{report_id}: the index holds other words than are stored"
        yield Disagreement(LEXICAL, report_id, what)


def _other_passages(passages: Mapping[str, str], stores: Stores) -> Iterator[Disagreement]:
    """Reports of which a vector was made of another text than is stored, a line each."""
    held = stores.database.held(VECTORS)
    readings = {one.id: one.reading for one in stores.database.paragraphs(report_ids=held)}
    other = {
        _report_of(passage_id)
        for passage_id, text in passages.items()
        if not _holds(readings.get(passage_id.rpartition(".")[0]), text)
    }
    for report_id in sorted(other & held.keys()):
        what = f"{report_id}: a vector was made of other text than is stored"
        yield Disagreement(VECTORS, report_id, what)


def _other_vectors(stores: Stores) -> Iterator[Disagreement]:
    """Reports whose copies of the vectors are not what the index holds, a line each."""
    from rag.vectors import are_alike  # noqa: PLC0415  loads Chroma, on first use

    for report_id in stores.database.uncopied(VECTORS):
        yield Disagreement(VECTORS, report_id, f"{report_id}: there are no copies of its vectors")
    copies = {one.report_id: one for one in stores.database.vectors(stores.database.held(VECTORS))}
    try:
        held = list(stores.vectors.vectors(copies))
    except StoreUnavailable as error:  # its texts could be read: what is found by is damaged
        yield Disagreement("damage", None, f"some vectors can no longer be read: {error}")
        return
    for found in held:
        if not are_alike(copies[found.report_id], found):
            what = f"{found.report_id}: the copies of its vectors are not what the index holds"
            yield Disagreement(VECTORS, found.report_id, what)


def _holds(reading: str | None, passage: str) -> bool:
    """Whether the last line of a passage, its piece of a paragraph, stands in the paragraph."""
    return reading is not None and passage.rpartition("\n")[2] in reading


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
