"""One run of the ingester: what it has seen and done so far, for its steps to go by."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path

from ingest.changes import Ledgers
from ingest.duplicates import Duplicate, among, exact
from ingest.files import IngestRun, digest
from ingest.known import Known
from ingest.likeness import Signatures
from ingest.load import is_there, read
from ingest.made_with import made_with
from ingest.manifest import Standing
from rag.database import Likeness
from rag.models import Report, ReportCard
from rag.stores import Stores


class Run:
    """To be made by the sole writer, and told of each change before it is made."""

    def __init__(self, stores: Stores, *, sample: bool = False) -> None:
        self.stores = stores
        self.sample = sample
        self.resumes = stores.database.is_run_unfinished()  # one before was killed
        self.number = stores.database.start_run()
        self.ledgers = Ledgers(stores.database)
        self.waits_for_words = 0  # reports that the word index does not hold yet
        self.unreadable_again: list[str] = []  # ids of reports whose kept file no longer loads
        self.made_with = made_with(stores.settings.indicators_file)
        self._started_at = stores.database.generation()
        self._taken_in: list[str] = []
        self._repeats: list[Duplicate] = []
        self._not_kept = 0

    @cached_property
    def known(self) -> Known:
        return Known(self.stores.database, self.made_with)

    @cached_property
    def _signatures(self) -> Signatures:
        return Signatures(self.stores.database.signatures())

    def has_changed_reports(self) -> bool:
        return self.stores.database.generation() != self._started_at

    def before(self, card: ReportCard, standing: Standing) -> None:
        """To be called before a file's report goes into the database with this card."""
        if standing.kind != "new":
            self.ledgers.note(self.stores.database.card(standing.report_id))
        self.ledgers.note(card)
        self.abandons(standing.abandoned)
        if standing.replaces is not None:
            self._forget_known()
        self._taken_in.append(card.id)

    def abandons(self, report_id: str | None) -> None:
        """To be called before a report is removed because its file holds another one now."""
        if report_id is not None:
            self.ledgers.note(self.stores.database.card(report_id))
            self._signatures.forget(report_id)
            self._forget_known()

    def repeats(self, source: str, report_id: str) -> None:
        """A file has the bytes of this report."""
        self._repeats.append(exact(source, self.stores.database.card(report_id)))

    def likeness(self, report: Report) -> Likeness:
        """The signature of the report's text, and the stored reports that are alike."""
        return self._signatures.likeness(report.card.id, report.text)

    def keep_original(self, sha256: str, data: bytes) -> None:
        self._not_kept += not self.stores.originals.keep(sha256, data)

    def original_of(self, card: ReportCard) -> bytes | None:
        """The bytes that a report was read from: kept, or still at their place; else None."""
        if self.stores.originals.holds(card.sha256):
            return self.stores.originals.path(card.sha256).read_bytes()
        records = self.stores.database.file_records(report_id=card.id, sha256=card.sha256)
        for path in (Path(record.path) for record in records):
            if is_there(path) and digest(path) == card.sha256:
                data = read(path)
                self.keep_original(card.sha256, data)
                return data
        return None

    def remember_state(self, path: Path, state: tuple[int, int] | None) -> None:
        """Take down the state of a file whose bytes are as they were."""
        for record in self.stores.database.file_records(path=str(path)):
            if state is not None and (record.size, record.changed_ns) != state:
                seen = replace(record, size=state[0], changed_ns=state[1])
                self.stores.database.record_file(seen, run=self.number)

    def told(self, run: IngestRun) -> IngestRun:
        """The run with what it changed in the ledger, and the reports that are alike."""
        return replace(
            run,
            changes=self.ledgers.changes(),
            duplicates=(*self._repeats, *among(self._taken_in, self.stores.database)),
            originals_not_kept=self._not_kept,
        )

    def _forget_known(self) -> None:
        self.__dict__.pop("known", None)
