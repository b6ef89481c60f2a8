"""The word index: BM25 over words, and every paragraph that holds a phrase (tantivy)."""

from __future__ import annotations

import hashlib
import shutil
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import tantivy
from tantivy import Occur, Query

from rag.errors import StoreUnavailable
from rag.models import Paragraph
from rag.words import fold, words

VERSION = 2  # of what is indexed; raise it when fields or what goes into them change
HEADING_WEIGHT = 0.4  # of a word in the title or a heading, against 1 in the paragraph
WAIT = 30.0  # seconds for another process to finish writing
WRITER_BYTES = 50_000_000
_BETWEEN = "\uffff"  # between the two readings of a paragraph; no phrase has it
_SPACE = "\u2423"  # stands for a space, at which tantivy would divide


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
            index = tantivy.Index(_schema(), str(path))
        except (OSError, ValueError) as error:
            raise StoreUnavailable(
                f"the word index in {path} cannot be opened: {error}; delete that folder and "
                "run `fazhi check --repair`, which makes it again from the database"
            ) from error
        index.config_reader("manual")
        return cls(index, path, wait)

    @classmethod
    def in_memory(cls) -> Self:
        """An empty index that nobody else sees."""
        index = tantivy.Index(_schema())
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
                    writer.add_document(_document(paragraph, title))

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
        schema = self._index.schema
        matches = [
            (Occur.Should, Query.boost_query(Query.term_query(schema, field, term), weight))
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
        plain = _plain(phrase)
        if not plain:
            return ()
        schema = self._index.schema
        if len(plain) == 1:
            query = Query.term_query(schema, "characters", plain, "basic")
        elif len(plain) == 2:
            query = Query.term_query(schema, "pairs", plain)
        else:
            query = Query.phrase_query(schema, "pairs", list(_pairs(plain)))
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
        return tuple(sorted(found, key=_reading_order))

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


def digest_of(paragraph: Paragraph, title: str | None) -> bytes:
    """16 bytes that are others where anything that is indexed is."""
    indexed = (title or "", *paragraph.section, paragraph.reading, paragraph.text)
    return hashlib.blake2b("\n\0".join(indexed).encode(), digest_size=16).digest()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("digest", stored=True)
    builder.add_text_field("report_id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("headings", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("characters", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
    return builder.build()


def _document(paragraph: Paragraph, title: str | None) -> tantivy.Document:
    plain = _plain(paragraph.reading)
    printed = _plain(paragraph.text)
    if printed != plain:
        plain += _BETWEEN + printed
    document = tantivy.Document()
    document.add_text("id", paragraph.id)
    document.add_bytes("digest", digest_of(paragraph, title))
    document.add_text("report_id", paragraph.report_id)
    document.add_text("words", " ".join(words(paragraph.reading)))
    document.add_text("headings", " ".join(words("\n".join((title or "", *paragraph.section)))))
    document.add_text("characters", " ".join(sorted(set(plain))))
    document.add_text("pairs", " ".join(_pairs(plain)))
    return document


def _plain(text: str) -> str:
    """The text as phrases are compared: folded, without case, spaces and line breaks visible."""
    return "".join(_SPACE if c.isspace() else c for c in fold(text).casefold())


def _pairs(plain: str) -> Sequence[str]:
    """All pairs of neighbours: a phrase of them in a row is the substring.

    >>> _pairs("应诉率")
    ['应诉', '诉率']
    """
    return [plain[i : i + 2] for i in range(len(plain) - 1)]


def _reading_order(paragraph_id: str) -> tuple[str, int]:
    report_id, _, number = paragraph_id.rpartition("#")
    return report_id, int(number)
