"""What the store knows of files, read once, so that an unchanged file costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from ingest.files import FileResult
from ingest.load import source_of
from rag.database import Database, FileRecord
from rag.models import ReportCard

_BROUGHT_IN = ("added", "updated", "other_document")


class Known:
    """The files and reports as they were when it was made; made again when files change places."""

    def __init__(self, database: Database, made_with: Mapping[str, str]) -> None:
        self._database = database
        self._made_with = made_with

    def unchanged(self, path: Path, state: tuple[int, int] | None) -> FileResult | None:
        """The result of a file that is as it was and whose rows this program made; else None.

        Args:
            state: its size and time of change now, where they can be relied on.
        """
        record = self._records.get(str(path))
        if record is None or state is None or (record.size, record.changed_ns) != state:
            return None
        card = self._cards.get(record.report_id or "")
        if record.verdict not in _BROUGHT_IN or card is None or card.id in self._outdated:
            return None
        return FileResult.of(source_of(path), "unchanged", card)

    @cached_property
    def _records(self) -> dict[str, FileRecord]:
        return {record.path: record for record in self._database.file_records()}

    @cached_property
    def _cards(self) -> dict[str, ReportCard]:
        cards = self._database.cards(types=("report", "other"), include_superseded=True)
        return {card.id: card for card in cards}

    @cached_property
    def _outdated(self) -> frozenset[str]:
        return frozenset(self._database.outdated(self._made_with))
