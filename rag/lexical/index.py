"""The word index: BM25 over words, and every paragraph that holds a phrase (tantivy)."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import tantivy
from tantivy import Occur, Query

from rag.errors import StoreUnavailable
from rag.lexical.fields import document_of, pairs, plain, reading_order, schema
from rag.models import Paragraph
from rag.words import words

HEADING_WEIGHT = 0.4  # of a word in the title or a heading, against 1 in the paragraph
WAIT = 30.0  # seconds for another process to finish writing
WRITER_BYTES = 50_000_000


class LexicalIndex:
    """A folder of tantivy. Any number of readers, in all processes; one writer at a time.

    What is written is found, here and by others, once it is committed.
    """

    def __init__(self, index: tantivy.Index, path: Path, wait: float) -> None:
        self._index = index
        self._path = path
        self._wait = wait
        self._writer: tantivy.IndexWriter | None = None
        self._writing = threading.RLock()

    @classmethod
    def open(cls, path: Path, *, wait: float = WAIT, anew: bool = False) -> Self:
        """The index in that folder, made there if it is empty.

        With `anew`, what lies there is thrown away first.

        Raises:
            StoreUnavailable: the folder cannot be used, or holds something else.
        """
        try:
            if anew and path.exists():
                shutil.rmtree(path)
            path.mkdir(parents=True, exist_ok=True)
            index = tantivy.Index(schema(), str(path))
        except (OSError, ValueError) as error:
            raise StoreUnavailable(
                f"the word index in {path} cannot be opened: {error}; see that the folder can "
                "be written; if it is damaged, delete it and run `fazhi check --repair`, which makes "
                "it again from the database"
            ) from error
        index.config_reader("manual")
        return cls(index, path, wait)

    @classmethod
    def in_memory(cls) -> Self:
        """An empty index that nobody else sees."""
        index = tantivy.Index(schema())
        index.config_reader("manual")
        return cls(index, Path(), WAIT)

    def replace(
        self, report_id: str, paragraphs: Iterable[Paragraph], *, title: str | None = None
    ) -> None:
        """Put these paragraphs in the place of all the report has; commit() makes it so.

        Raises:
            StoreUnavailable: another process kept writing for longer than the wait.
        """
        with self._writing:
            writer = self._open_writer()
            with self._told():
                writer.delete_documents_by_term("report_id", report_id)
                for paragraph in paragraphs:
                    writer.add_document(document_of(paragraph, title))

    def remove(self, report_id: str) -> None:
        """Take the report out; commit() makes it so."""
        self.replace(report_id, ())

    def commit(self) -> None:
        """Make what was replaced and removed last, and let others write."""
        with self._writing:
            if self._writer is not None:
                with self._told():
                    self._writer.commit()
                    self._close_writer()

    def rollback(self) -> None:
        """Forget what was replaced and removed since the last commit, and let others write."""
        with self._writing:
            if self._writer is not None:
                self._writer.rollback()
                self._close_writer()

    def search(
        self,
        query: str,
        *,
        k: int,
        paragraph_ids: Collection[str] | None = None,
        report_ids: Collection[str] | None = None,
    ) -> tuple[tuple[str, float], ...]:
        """The k best paragraph ids with their BM25 scores (above 0, no upper bound), best first.

        Only paragraphs with a word of the query; of the scope, where one is given.
        """
        terms = list(dict.fromkeys(words(query)))
        if not terms or k < 1:
            return ()
        fields = self._index.schema
        matches = [
            (Occur.Should, Query.boost_query(Query.term_query(fields, field, term), weight))
            for term in terms
            for field, weight in (("words", 1.0), ("headings", HEADING_WEIGHT))
        ]
        scoped = self._within(Query.boolean_query(matches), paragraph_ids, report_ids)
        searcher = self._searcher()
        hits = searcher.search(scoped, limit=k, count=False).hits
        return tuple((searcher.doc(address)["id"][0], float(score)) for score, address in hits)

    def containing(
        self, phrase: str, *, report_ids: Collection[str] | None = None
    ) -> tuple[str, ...]:
        """The ids of all paragraphs in which the phrase stands, by report and reading order.

        Letter for letter after folding (`rag.words.fold`) and without regard to case, in the
        paragraph as printed or as it is understood. None for an empty phrase.
        """
        searched = plain(phrase)
        if not searched:
            return ()
        fields = self._index.schema
        if len(searched) == 1:
            query = Query.term_query(fields, "characters", searched, "basic")
        elif len(searched) == 2:
            query = Query.term_query(fields, "pairs", searched)
        else:
            query = Query.phrase_query(fields, "pairs", list(pairs(searched)))
        return self._all(self._within(query, None, report_ids))

    def paragraph_ids(self) -> set[str]:
        """The ids of all paragraphs in the index."""
        return set(self._all(Query.all_query()))

    def digests(self) -> dict[str, bytes]:
        """By paragraph id, the digest of what was indexed of it; see `digest_of`."""
        searcher = self._searcher()
        query = Query.const_score_query(Query.all_query(), 1.0)
        hits = searcher.search(query, limit=max(searcher.num_docs, 1), count=False).hits
        found = (searcher.doc(address) for _score, address in hits)
        return {document["id"][0]: bytes(document["digest"][0]) for document in found}

    def _all(self, query: Query) -> tuple[str, ...]:
        searcher = self._searcher()
        unscored = Query.const_score_query(query, 1.0)
        hits = searcher.search(unscored, limit=max(searcher.num_docs, 1), count=False).hits
        found = (searcher.doc(address)["id"][0] for _score, address in hits)
        return tuple(sorted(found, key=reading_order))

    def _within(
        self,
        query: Query,
        paragraph_ids: Collection[str] | None,
        report_ids: Collection[str] | None,
    ) -> Query:
        clauses = [(Occur.Must, query)]
        for field, ids in (("id", paragraph_ids), ("report_id", report_ids)):
            if ids is not None:
                scope = Query.term_set_query(self._index.schema, field, list(ids))
                clauses.append((Occur.Must, Query.const_score_query(scope, 0.0)))
        return Query.boolean_query(clauses)

    def _searcher(self) -> tantivy.Searcher:
        self._index.reload()  # a tenth of a millisecond; follows other processes' commits
        return self._index.searcher()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What goes wrong in writing told to the user; what was not committed is forgotten."""
        try:
            yield
        except (OSError, ValueError) as error:
            self._writer = None
            raise self._unwritable(error) from error

    def _unwritable(self, error: Exception) -> StoreUnavailable:
        return StoreUnavailable(
            f"the word index in {self._path} cannot be written: {error}; free some space there or "
            "make the folder writable, then try again: nothing was lost"
        )

    def _open_writer(self) -> tantivy.IndexWriter:
        deadline = time.monotonic() + self._wait
        while self._writer is None:
            try:
                self._writer = self._index.writer(WRITER_BYTES, 1)
                # A process killed in a commit leaves files of the very names that the next
                # commit makes, and tantivy refuses to write over them.
                self._writer.garbage_collect_files()
            except ValueError as error:
                if "LockBusy" not in str(error):
                    raise self._unwritable(error) from error
                if time.monotonic() >= deadline:
                    raise StoreUnavailable(
                        f"another program has been writing to the word index in {self._path} for "
                        f"{self._wait:.0f} seconds; wait until its ingest is done and try again"
                    ) from error
                time.sleep(0.05)
        return self._writer

    def _close_writer(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()  # also gives the lock back
            self._writer = None
