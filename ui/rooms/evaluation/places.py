"""Where what a run cites and expects stands in the stored reports, as links to the chat's source."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from rag.database import Database
from ui.source_view import SourceLink, link_query


class Places:
    """Looks up places in one state of the database; for one page, which keeps what it read."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._texts: dict[str, str] = {}

    def of_citation(self, citation: Mapping[str, Any]) -> str:
        """The address of a citation; "" where its report is not stored.

        A report's id is of its bytes, so that the same file has the same id in every store.
        """
        report_id = str(citation.get("report_id"))
        if report_id not in self._by_id:
            return ""
        start, end = int(citation["start"]), int(citation["end"])
        return _address(SourceLink(report_id, int(citation["paragraph"]), start, end))

    def of_span(self, span: Mapping[str, Any]) -> str:
        """The address of a gold span; "" where it does not stand in a stored report."""
        report_id = self._by_source.get(str(span.get("source")))
        if report_id is None:
            return ""
        if report_id not in self._texts:
            self._texts[report_id] = self._database.stored_text(report_id)
        start = -1
        for _ in range(int(span.get("occurrence") or 1)):
            start = self._texts[report_id].find(str(span["text"]), start + 1)
        if start < 0:
            return ""
        paragraphs = self._database.paragraphs(report_ids=[report_id])
        number = next((p.number for p in paragraphs if p.start <= start < p.end), 0)
        return _address(SourceLink(report_id, number, start, start + len(str(span["text"]))))

    @cached_property
    def _by_id(self) -> frozenset[str]:
        return frozenset(self._by_source.values())

    @cached_property
    def _by_source(self) -> dict[str, str]:
        return {card.source: card.id for card in self._database.cards()}


def _address(link: SourceLink) -> str:
    """Relative to the rooms: the chat opens it in its source panel."""
    return "./" + link_query(link)
