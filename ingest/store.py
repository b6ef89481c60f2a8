"""Bring the derived indexes up to what the database says they should hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from rag.database import Pending
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

    What is done is taken down in the database after each batch, so that a process that is
    killed here leaves work and nothing else. To be called by the sole writer.
    """
    for batch in _in_batches(stores.database.pending(LEXICAL)):
        _index_words(batch, stores)
        stores.mark_indexed(LEXICAL, batch)
    pending = stores.database.pending(VECTORS)
    done = 0
    for batch in _index_vectors(pending, stores):
        stores.mark_indexed(VECTORS, batch)
        done += len(batch)
        if on_progress:
            on_progress("indexing", done, len(pending))


def forget(stores: Stores, index: Index, report_ids: Sequence[str]) -> None:
    """Take reports out of an index, so that those which belong there are put in anew."""
    gone = [Pending(report_id, None) for report_id in report_ids]
    if index == LEXICAL:
        _index_words(gone, stores)
    else:
        for report_id in report_ids:
            stores.vectors.remove(report_id)
    stores.mark_indexed(index, gone)


def _in_batches(pending: Sequence[Pending]) -> Iterator[Sequence[Pending]]:
    for start in range(0, len(pending), REPORTS_AT_ONCE):
        yield pending[start : start + REPORTS_AT_ONCE]


def _index_words(batch: Sequence[Pending], stores: Stores) -> None:
    for report_id, version in batch:
        if version is None:
            stores.lexical.remove(report_id)
            continue
        paragraphs = stores.database.paragraphs(report_ids=[report_id])
        title = stores.database.card(report_id).title
        stores.lexical.replace(report_id, paragraphs, title=title)
    stores.lexical.commit()


def _index_vectors(pending: Sequence[Pending], stores: Stores) -> Iterator[Sequence[Pending]]:
    """Puts reports in and takes them out, and gives what is done batch by batch."""
    if not pending:
        return
    vectors = stores.vectors
    there = {passage_id.partition("#")[0] for passage_id in vectors.ids()}
    waiting: list[Pending] = []
    passages: list[Passage] = []
    for item in pending:
        if item.version is None:
            vectors.remove(item.report_id)
            yield [item]
        elif item.report_id in there:
            vectors.replace(item.report_id, _passages(item.report_id, stores))
            yield [item]
        else:  # passages of many new reports together are embedded fastest
            waiting.append(item)
            passages += _passages(item.report_id, stores)
            if len(passages) >= PASSAGES_AT_ONCE:
                vectors.add(passages)
                yield waiting
                waiting, passages = [], []
    if waiting:
        vectors.add(passages)
        yield waiting


def _passages(report_id: str, stores: Stores) -> tuple[Passage, ...]:
    return passages_of(
        stores.database.card(report_id).title,
        stores.database.paragraphs(report_ids=[report_id]),
        count_tokens=stores.embedder.token_count,
        window=stores.embedder.window,
    )
