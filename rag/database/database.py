"""The database as the rest of the program sees it; only this package knows SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection

from rag.database import counters, indexes, manifest, passage_vectors, read, write
from rag.database.dump import Row, dump_rows, put_back
from rag.database.engine import open_engine, reading, writing
from rag.database.indexes import Pending
from rag.database.lookalikes import Likeness
from rag.database.manifest import FileRecord
from rag.database.passage_vectors import PassageVectors
from rag.database.reader import Reader, found_or_raise
from rag.database.upkeep import bring_tables_up
from rag.database.write import StoredText
from rag.errors import StoreUnavailable
from rag.models import Report


class Database(Reader):
    """The store of reports, facts and files, to read and to write. Many threads may use it."""

    @classmethod
    def open(cls, url: str) -> Database:
        """The database at a SQLAlchemy URL, with its tables made where they are missing.

        Raises:
            StoreUnavailable: it cannot be opened; the message names it and the remedy.
        """
        engine = open_engine(url)
        try:
            bring_tables_up(engine)
        except StoreUnavailable:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def snapshot(self) -> Iterator[Database]:
        """This database as it is now, whatever others write; for one thread at a time."""
        with reading(self._engine) as connection:
            counters.counter(connection, counters.GENERATION)  # the first read fixes the state
            yield Database(self._engine, connection)

    def replace_report(
        self,
        report: Report,
        *,
        made_with: Mapping[str, str],
        loaded: StoredText | None = None,
        likeness: Likeness | None = None,
        file: FileRecord | None = None,
        run: int | None = None,
        instead_of: Sequence[str] = (),
        forget: Sequence[str] = (),
    ) -> int:
        """Add or replace the report, and the record of its file, in one transaction.

        Returns the report's new version. Which report of a town and year answers is
        decided anew; `superseded_by` of the given card is not looked at.

        Args:
            instead_of: ids of reports that are removed in the same transaction.
            forget: paths of files that are forgotten in it.
        """
        kept = loaded or StoredText(report.text, None, ())
        with writing(self._engine) as connection:
            version = write.put_report(connection, report, kept, made_with, likeness)
            for path in forget:
                manifest.forget_file(connection, path)
            if file is not None:
                manifest.put_file(connection, file, run)
            for report_id in instead_of:
                self._drop(connection, report_id)
        return version

    def remove_report(self, report_id: str) -> None:
        """Raises ReportNotFound."""
        with writing(self._engine) as connection:
            self._drop(connection, report_id)

    def _drop(self, connection: Connection, report_id: str) -> None:
        card = found_or_raise(read.read_card(connection, report_id), report_id)
        write.drop_report(connection, card)

    # --- files ---------------------------------------------------------------------

    def start_run(self) -> int:
        with writing(self._engine) as connection:
            return manifest.start_run(connection)

    def finish_run(self, run: int) -> None:
        with writing(self._engine) as connection:
            manifest.finish_run(connection, run)

    def record_file(
        self,
        record: FileRecord,
        *,
        run: int | None = None,
        instead_of: Sequence[str] = (),
        forget: Sequence[str] = (),
    ) -> None:
        """Take down what came of a file; `instead_of` and `forget` as in replace_report()."""
        with writing(self._engine) as connection:
            for path in forget:
                manifest.forget_file(connection, path)
            manifest.put_file(connection, record, run)
            for report_id in instead_of:
                self._drop(connection, report_id)

    def forget_file(self, path: str) -> None:
        with writing(self._engine) as connection:
            manifest.forget_file(connection, path)

    # --- all of it -------------------------------------------------------------------

    def dump(self) -> Iterator[Row]:
        """Every row, as of one moment; the generator is to be read to its end or closed."""
        with self._reading() as connection:
            counters.counter(connection, counters.GENERATION)  # the first read fixes the state
            yield from dump_rows(connection)

    def put_back(self, dumped: Iterable[Row], *, without: Collection[str] = ()) -> None:
        """Put what dump() gave, of this or another database, in the place of all rows.

        In one transaction: readers see all of the old or all of the new.

        Args:
            without: derived tables whose rows are passed over, to be made from the texts.
        """
        with writing(self._engine) as connection:
            put_back(connection, dumped, without)

    # --- derived indexes -------------------------------------------------------------

    def mark_changing(self, index: str, report_ids: Iterable[str]) -> None:
        """Take down that the index is about to change what it holds of these reports.

        A process that is killed before mark_indexed() so leaves them to be done again.
        """
        with writing(self._engine) as connection:
            indexes.put_changing(connection, index, report_ids)

    def mark_indexed(self, index: str, items: Iterable[Pending]) -> None:
        """Take down that the index now holds these versions, or no longer these reports."""
        with writing(self._engine) as connection:
            indexes.put_held(connection, index, items)

    def mark_made_with(self, index: str, made_with: str) -> None:
        """Take down what made the index; see `index_made_with`."""
        with writing(self._engine) as connection:
            indexes.put_made_with(connection, index, made_with)

    def forget_indexed(self, index: str) -> None:
        """Take down that the index holds nothing, so that everything is pending."""
        with writing(self._engine) as connection:
            indexes.forget_held(connection, index)

    def put_vectors(self, found: Collection[PassageVectors], versions: Mapping[str, int]) -> None:
        """Keep copies of vectors beside the rows, made of these versions of their reports."""
        with writing(self._engine) as connection:
            passage_vectors.put_vectors(connection, found, versions)

    def drop_vectors(self, report_ids: Collection[str] | None = None) -> None:
        """Drop the copies of these reports' vectors; of all without any given."""
        with writing(self._engine) as connection:
            passage_vectors.drop_vectors(connection, report_ids)
