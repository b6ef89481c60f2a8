"""What can be asked of the database."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

from sqlalchemy import Connection, Engine, select

from rag.database import counters, indexes, lookalikes, manifest, passage_vectors, read, rows
from rag.database.contradictions import read_contradictions
from rag.database.engine import reading
from rag.database.indexes import Pending
from rag.database.manifest import FileRecord, RunSummary
from rag.database.passage_vectors import PassageVectors
from rag.database.rivals import may_be_one
from rag.database.schema import facts, files, reports, texts
from rag.database.write import StoredText
from rag.errors import ReportNotFound
from rag.models import (
    Contradiction,
    Fact,
    LeftOut,
    Paragraph,
    Removal,
    Report,
    ReportCard,
    ReportType,
    Section,
    SectionRole,
)

ONLY_REPORTS: tuple[ReportType, ...] = ("report",)

T = TypeVar("T")


class Reader:
    """Every report, its parts, and what each file came to.

    Queries without report ids are about the reports that answer questions: those of
    type "report" that no other report of the same town and year supersedes.
    """

    def __init__(self, engine: Engine, snapshot: Connection | None = None) -> None:
        self._engine = engine
        self._snapshot = snapshot

    def _reading(self) -> AbstractContextManager[Connection]:
        return nullcontext(self._snapshot) if self._snapshot else reading(self._engine)

    # --- reports -------------------------------------------------------------------

    def cards(
        self,
        *,
        places: Collection[str] = (),
        years: Collection[int] = (),
        types: Collection[ReportType] = ONLY_REPORTS,
        include_superseded: bool = False,
    ) -> tuple[ReportCard, ...]:
        """The reports of these places and years, by province, city, county, town and year.

        A place is the full name of a town, county, city or province; none means all.
        """
        with self._reading() as connection:
            return read.read_cards(connection, places, years, types, include_superseded)

    def card(self, report_id: str) -> ReportCard:
        """Raises ReportNotFound."""
        with self._reading() as connection:
            return found_or_raise(read.read_card(connection, report_id), report_id)

    def report(self, report_id: str) -> Report:
        """Raises ReportNotFound."""
        with self._reading() as connection:
            return Report(
                card=found_or_raise(read.read_card(connection, report_id), report_id),
                text=found_or_raise(read.read_text(connection, report_id), report_id),
                sections=read.read_sections(connection, report_id),
                paragraphs=read.read_paragraphs(connection, [report_id], None, None),
                facts=read.read_facts(connection, None, [report_id], None),
                removals=read.read_removals(connection, report_id),
                contradictions=read_contradictions(connection, [report_id]).get(report_id, ()),
            )

    def stored_text(self, report_id: str) -> str:
        """Raises ReportNotFound."""
        with self._reading() as connection:
            return found_or_raise(read.read_text(connection, report_id), report_id)

    def loaded(self, report_id: str) -> StoredText:
        """The stored text with what loading found out about it. Raises ReportNotFound."""
        query = select(texts.c.text, texts.c.page_starts, texts.c.load_warnings)
        with self._reading() as connection:
            row = connection.execute(query.where(texts.c.report_id == report_id)).first()
        text, starts, warnings = found_or_raise(row, report_id)
        return StoredText(
            text=text,
            page_starts=None if starts is None else tuple(json.loads(starts)),
            warnings=rows.strings_of(warnings),
        )

    def sections(self, report_id: str) -> tuple[Section, ...]:
        with self._reading() as connection:
            return read.read_sections(connection, report_id)

    def removals(self, report_id: str) -> tuple[Removal, ...]:
        with self._reading() as connection:
            return read.read_removals(connection, report_id)

    def facts(
        self,
        *,
        indicators: Collection[str] | None = None,
        report_ids: Collection[str] | None = None,
        labels_containing: Collection[str] | None = None,
    ) -> tuple[Fact, ...]:
        """Facts by report and position; a label has to contain one of the given parts."""
        if isinstance(labels_containing, str):
            labels_containing = (labels_containing,)
        with self._reading() as connection:
            return read.read_facts(connection, indicators, report_ids, labels_containing)

    def contradictions(
        self, report_ids: Collection[str] | None = None
    ) -> dict[str, tuple[Contradiction, ...]]:
        """By report, where its figures disagree, in order; most reports are missing."""
        with self._reading() as connection:
            return read_contradictions(connection, report_ids)

    def paragraphs(
        self,
        *,
        report_ids: Collection[str] | None = None,
        roles: Collection[SectionRole] | None = None,
        ids: Collection[str] | None = None,
    ) -> tuple[Paragraph, ...]:
        """Paragraphs by report and number; ids that are not stored are passed over."""
        with self._reading() as connection:
            return read.read_paragraphs(connection, report_ids, roles, ids)

    def left_out(self) -> LeftOut:
        with self._reading() as connection:
            return read.read_left_out(connection)

    def indicator_names(self) -> dict[str, int]:
        """The canonical indicators of the facts, each with its number of facts."""
        with self._reading() as connection:
            return read.count_by(connection, facts.c.indicator)

    def labels(self) -> dict[str, int]:
        """The printed labels of the facts, each with its number of facts."""
        with self._reading() as connection:
            return read.count_by(connection, facts.c.label)

    def generation(self) -> int:
        """A number that rises with each committed change of the reports."""
        with self._reading() as connection:
            return counters.counter(connection, counters.GENERATION)

    def made_with(self, report_id: str) -> dict[str, str]:
        """What the report's rows were made with. Raises ReportNotFound."""
        query = select(reports.c.made_with).where(reports.c.id == report_id)
        with self._reading() as connection:
            found = found_or_raise(connection.scalar(query), report_id)
        made: dict[str, str] = json.loads(found)
        return made

    def outdated(self, made_with: Mapping[str, str]) -> tuple[str, ...]:
        """Ids of reports whose rows were made with something else, oldest change first."""
        now = json.dumps(dict(made_with), sort_keys=True)
        query = select(reports.c.id).where(reports.c.made_with != now)
        with self._reading() as connection:
            return tuple(connection.scalars(query.order_by(reports.c.version)))

    def signatures(self) -> dict[str, bytes]:
        """The signature of each report's text, by report id; see `replace_report`."""
        with self._reading() as connection:
            return lookalikes.read_signatures(connection)

    def alike(self, report_id: str) -> dict[str, float]:
        """The reports with nearly the same text, each with the share in common, 0 to 1."""
        with self._reading() as connection:
            return lookalikes.alike(connection, report_id)

    def rivals(self, card: ReportCard) -> tuple[ReportCard, ...]:
        """The reports of the card's town and year, itself among them if it is stored."""
        if card.type != "report" or card.place.town is None or card.year is None:
            return ()
        found = self.cards(places=[card.place.town], years=[card.year], include_superseded=True)
        return tuple(one for one in found if may_be_one(one.place, card.place))

    def samples_removed(self) -> bool:
        """Whether a sample was ever removed, so that none is taken in unasked again."""
        with self._reading() as connection:
            return counters.value_of(connection, counters.SAMPLES_REMOVED) is not None

    def file_records(
        self, *, path: str | None = None, sha256: str | None = None, report_id: str | None = None
    ) -> tuple[FileRecord, ...]:
        """What came of the files that agree with all that is given, by path."""
        given = ((files.c.path, path), (files.c.sha256, sha256), (files.c.report_id, report_id))
        conditions = (column == value for column, value in given if value is not None)
        with self._reading() as connection:
            return manifest.read_files(connection, *conditions)

    def is_run_unfinished(self) -> bool:
        """Whether a run of the ingester is going on, or was killed and left something to do."""
        with self._reading() as connection:
            return manifest.is_run_unfinished(connection)

    def run_summary(self) -> RunSummary:
        """How many runs of the ingester there were, and when the last ended."""
        with self._reading() as connection:
            return manifest.read_run_summary(connection)

    def verdicts(self) -> dict[str, int]:
        """How many files came to each verdict the last time they were ingested."""
        with self._reading() as connection:
            return manifest.count_verdicts(connection)

    def pending(self, index: str) -> tuple[Pending, ...]:
        """The reports that this index does not hold as they are here, removals first."""
        with self._reading() as connection:
            return indexes.read_pending(connection, index)

    def held(self, index: str) -> dict[str, int]:
        """The version of each report that this index holds."""
        with self._reading() as connection:
            return indexes.read_held(connection, index)

    def index_made_with(self, index: str) -> str | None:
        """What made the index; None where that was never taken down."""
        with self._reading() as connection:
            return indexes.read_made_with(connection, index)

    def vectors(self, report_ids: Collection[str]) -> tuple[PassageVectors, ...]:
        """The copies of these reports' vectors, by report id; none of an older version."""
        with self._reading() as connection:
            return passage_vectors.read_vectors(connection, report_ids)

    def uncopied(self, index: str) -> dict[str, int]:
        """The reports of whose vectors in the index there is no copy here, with their version."""
        with self._reading() as connection:
            return passage_vectors.read_uncopied(connection, index)

    def indexes_generation(self) -> int:
        """A number that rises with each change of a derived index."""
        with self._reading() as connection:
            return counters.counter(connection, counters.INDEXES)


def found_or_raise(value: T | None, report_id: str) -> T:
    if value is None:
        raise ReportNotFound(
            f"no stored report has the id {report_id}; `fazhi reports list` shows those there are"
        )
    return value
