"""An answer while it is being written: lines of text, marks, and what they cite."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rag.compose.phrases import romanised
from rag.judgements import Span
from rag.models import Citation, Fact, Language, Paragraph, Removal, ReportCard, Section, quote_of

_ONE = re.compile(r"(?<![\d.])(1|\*\*1\*\*) reports\b")


class Sources(Protocol):
    """Where the cited words are read (the database)."""

    def card(self, report_id: str) -> ReportCard: ...

    def stored_text(self, report_id: str) -> str: ...

    def removals(self, report_id: str) -> tuple[Removal, ...]: ...

    def paragraphs(
        self, *, report_ids: Collection[str] | None = None, ids: Collection[str] | None = None
    ) -> tuple[Paragraph, ...]: ...

    def sections(self, report_id: str) -> tuple[Section, ...]: ...


@dataclass
class Draft:
    """Collects the lines of one answer; each cited span gets one mark, in order of first use."""

    language: Language
    sources: Sources
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    _marks: dict[tuple[str, int, int], int] = field(default_factory=dict)
    _named: set[str] = field(default_factory=set)
    _texts: dict[str, tuple[ReportCard, str, tuple[Removal, ...]]] = field(default_factory=dict)

    def town(self, card: ReportCard) -> str:
        """The town as a reader knows it; in English with its pinyin at first mention.

        A report whose town is unknown goes by its file name.
        """
        town = card.place.town
        if town is None:
            return card.source
        if self.language == "zh" or town in self._named:
            return town
        self._named.add(town)
        return f"{town} ({romanised(town)})"

    def line(self, text: str = "") -> None:
        self.lines.append(_ONE.sub(r"\1 report", text) if self.language == "en" else text)

    def cite_fact(self, fact: Fact) -> int:
        """The mark of a figure's clause."""
        return self.cite(Span(fact.report_id, fact.paragraph, fact.start, fact.end), fact.section)

    def cite(self, span: Span, section: tuple[str, ...] | None = None) -> int:
        """The mark of a span; the same span has the same mark throughout an answer."""
        key = (span.report_id, span.start, span.end)
        if key not in self._marks:
            self._marks[key] = len(self.citations) + 1
            self.citations.append(self._citation(span, section))
        return self._marks[key]

    def marks(self, facts: Sequence[Fact]) -> str:
        """The marks of several figures, as they stand in the text: [1][2]."""
        return "".join(f"[{mark}]" for mark in dict.fromkeys(self.cite_fact(f) for f in facts))

    def _citation(self, span: Span, section: tuple[str, ...] | None) -> Citation:
        card, text, removals = self._report(span.report_id)
        page = None
        if section is None or card.pages:
            paragraph = self.sources.paragraphs(ids=[f"{span.report_id}#{span.paragraph}"])[0]
            section, page = paragraph.section, paragraph.page
        return Citation(
            mark=self._marks[(span.report_id, span.start, span.end)],
            report_id=span.report_id,
            source=card.source,
            title=card.title,
            town=card.place.town,
            year=card.year,
            section=section,
            paragraph=span.paragraph,
            page=page,
            start=span.start,
            end=span.end,
            raw=text[span.start : span.end],
            quote=quote_of(text, span.start, span.end, removals),
        )

    def _report(self, report_id: str) -> tuple[ReportCard, str, tuple[Removal, ...]]:
        if report_id not in self._texts:
            self._texts[report_id] = (
                self.sources.card(report_id),
                self.sources.stored_text(report_id),
                self.sources.removals(report_id),
            )
        return self._texts[report_id]
