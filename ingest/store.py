"""Bring the derived indexes up to what the database says they should hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from ingest.renewing import renew_indexes
from rag.database import PassageVectors, Pending
from rag.passages import Passage, passages_of
from rag.stores import Stores

Index = Literal["vectors", "lexical"]
VECTORS: Index = "vectors"
LEXICAL: Index = "lexical"
INDEXES = (VECTORS, LEXICAL)
PASSAGES_AT_ONCE = 512  # embedded together, and lost at most when the process is killed
REPORTS_AT_ONCE = 200  # between two commits of the word index

Progress = Callable[[str, int, int], None]  # "reading" or "indexing", done, of how many


def bring_up_indexes(stores: Stores, on_progress: Progress | None = None) -> None:
    """Make both indexes hold the reports that answer, as the database has them.

    What is done is taken down in the database around each batch, so that a process that is
    killed here leaves work and nothing else. To be called by the sole writer.
    """
    bring_up_words(stores)
    _copy(stores.database.uncopied(VECTORS), stores)
    pending = stores.database.pending(VECTORS)
    done = 0
    for batch in _index_vectors(pending, stores):
        done += batch
        if on_progress:
            on_progress("indexing", done, len(pending))


def bring_up_words(stores: Stores) -> None:
    """Make the word index hold the reports that answer. To be called by the sole writer."""
    renew_indexes(stores)
    pending = stores.database.pending(LEXICAL)
    for start in range(0, len(pending), REPORTS_AT_ONCE):
        _index_words(pending[start : start + REPORTS_AT_ONCE], stores)


def forget(stores: Stores, index: Index, report_ids: Sequence[str]) -> None:
    """Take reports out of an index, so that those which belong there are put in anew."""
    gone = [Pending(report_id, None) for report_id in report_ids]
    if index == LEXICAL:
        _index_words(gone, stores)
        return
    with stores.changing(VECTORS, gone):
        for report_id in report_ids:
            _remove(report_id, stores)


def drop_unused_originals(stores: Stores) -> None:
    """Discard kept files that no report was read from. To be called by the sole writer."""
    cards = stores.database.cards(types=("report", "other"), include_superseded=True)
    stores.originals.sweep({card.sha256 for card in cards})


def _index_words(batch: Sequence[Pending], stores: Stores) -> None:
    with stores.changing(LEXICAL, batch):
        for report_id, version in batch:
            if version is None:
                stores.lexical.remove(report_id)
                continue
            paragraphs = stores.database.paragraphs(report_ids=[report_id])
            title = stores.database.card(report_id).title
            stores.lexical.replace(report_id, paragraphs, title=title)
        stores.lexical.commit()


def _index_vectors(pending: Sequence[Pending], stores: Stores) -> Iterator[int]:
    """Puts reports in and takes them out, and tells batch by batch how many are done."""
    held = stores.database.held(VECTORS) if pending else {}
    waiting: list[Pending] = []
    passages: list[Passage] = []
    for item in pending:
        if item.version is None:
            with stores.changing(VECTORS, [item]):
                _remove(item.report_id, stores)
            yield 1
        elif item.report_id in held:
            with stores.changing(VECTORS, [item]):
                stores.vectors.replace(item.report_id, _passages(item.report_id, stores))
                _copy({item.report_id: item.version}, stores)
            yield 1
        else:  # passages of many new reports together are embedded fastest
            waiting.append(item)
            passages += _passages(item.report_id, stores)
            if len(passages) >= PASSAGES_AT_ONCE:
                yield _add(waiting, passages, stores)
                waiting, passages = [], []
    if waiting:
        yield _add(waiting, passages, stores)


def _add(batch: Sequence[Pending], passages: Sequence[Passage], stores: Stores) -> int:
    with stores.changing(VECTORS, batch):
        stores.vectors.add(passages)
        _copy({report_id: version for report_id, version in batch if version}, stores)
    return len(batch)


def _copy(versions: Mapping[str, int], stores: Stores) -> None:
    """Keep what the index holds of reports in these versions beside their rows."""
    ordered = sorted(versions)
    for start in range(0, len(ordered), REPORTS_AT_ONCE):
        batch = ordered[start : start + REPORTS_AT_ONCE]
        found = {one.report_id: one for one in stores.vectors.vectors(batch)}
        copies = [found.get(name, PassageVectors(name, (), b"")) for name in batch]
        stores.database.put_vectors(copies, versions)


def _remove(report_id: str, stores: Stores) -> None:
    stores.vectors.remove(report_id)
    stores.database.drop_vectors([report_id])


def _passages(report_id: str, stores: Stores) -> tuple[Passage, ...]:
    return passages_of(
        stores.database.card(report_id).title,
        stores.database.paragraphs(report_ids=[report_id]),
        count_tokens=stores.embedder.token_count,
        window=stores.embedder.window,
    )
