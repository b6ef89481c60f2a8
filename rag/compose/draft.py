"""An answer while it is being written: lines of text, marks, and what they cite."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Protocol

from rag.compose.phrases import romanised
from rag.judgements import Placed, Span
from rag.models import (
    Citation,
    Contradiction,
    Fact,
    Language,
    Paragraph,
    Removal,
    ReportCard,
    Section,
    quote_of,
)
from rag.reports import Reports

_ONE = re.compile(r"(?<![\d.])(1|\*\*1\*\*) reports\b")


class Sources(Protocol):
    """Where the cited words are read (`rag.ledger.Ledger`)."""

    def sources(
        self, report_ids: Collection[str]
    ) -> Iterable[tuple[str, str, tuple[Removal, ...]]]: ...

    def removals(self, report_ids: Collection[str]) -> Mapping[str, tuple[Removal, ...]]: ...

    def paragraphs(
        self, *, report_ids: Collection[str] | None = None, ids: Collection[str] | None = None
    ) -> tuple[Paragraph, ...]: ...

    def sections(self, report_id: str) -> tuple[Section, ...]: ...


@dataclass
class Draft:
    """Collects the lines of one answer; each cited span gets one mark, in order of first use."""

    language: Language
    sources: Sources
    reports: Reports  # in scope
    others: Mapping[str, ReportCard] = field(default_factory=dict)  # that may be cited as well
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)  # cited, that of mark 1 first
    _marks: dict[tuple[str, int, int], int] = field(default_factory=dict)
    placed: Placed = field(default_factory=dict)  # where section and page are known
    told: set[Contradiction] = field(default_factory=set)  # those that have their line
    _looked_up: dict[str, tuple[tuple[str, ...], int | None]] = field(default_factory=dict)
    _named: set[str] = field(default_factory=set)

    def town(self, card: ReportCard) -> str:
        """The town as a reader knows it; in English with its pinyin at first mention.

        Towns of one name are told apart by their county. A report whose town is unknown
        goes by its file name.
        """
        town = card.place.town
        if town is None:
            return card.source
        upper = card.place.county or card.place.city or card.place.province or ""
        shown = f"{upper}{town}" if town in self._shared_names else town
        if self.language == "zh" or shown in self._named:
            return shown
        self._named.add(shown)
        spelt = romanised(town) if shown == town else f"{romanised(town)}, {romanised(upper)}"
        return f"{shown} ({spelt})"

    @cached_property
    def cards(self) -> Mapping[str, ReportCard]:
        """Every report that may be cited, by id."""
        return (
            ChainMap({**self.others}, {**self.reports.by_id}) if self.others else self.reports.by_id
        )

    @cached_property
    def _shared_names(self) -> frozenset[str]:
        """The names that several towns of these reports bear."""
        if not self.others:
            return self.reports.shared_towns
        return Reports((*self.reports, *self.others.values())).shared_towns

    def aside(self) -> Draft:
        """This draft to go on citing with, of which it is told nothing."""
        return replace(self, spans=list(self.spans), _marks=dict(self._marks))

    def line(self, text: str = "") -> None:
        self.lines.append(_ONE.sub(r"\1 report", text) if self.language == "en" else text)

    def cite_fact(self, fact: Fact) -> int:
        """The mark of a figure's clause."""
        section = None if self.cards[fact.report_id].pages else fact.section
        return self.cite(
            Span(
                fact.report_id,
                fact.paragraph,
                fact.start,
                fact.end,
                section,
                fact.raw,
                fact.quote,
            )
        )

    def cite(self, span: Span) -> int:
        """The mark of a span; the same span has the same mark throughout an answer."""
        key = (span.report_id, span.start, span.end)
        mark = self._marks.get(key)
        if mark is None:
            self.spans.append(span)
            mark = self._marks[key] = len(self.spans)
        return mark

    def marks(self, facts: Sequence[Fact]) -> str:
        """The marks of several figures, as they stand in the text: [1][2]."""
        return "".join(f"[{mark}]" for mark in dict.fromkeys(self.cite_fact(f) for f in facts))

    def citations(self) -> tuple[Citation, ...]:
        """What was cited, by mark."""
        self._read_quotes()
        placed = self._placed()
        citations = []
        for mark, span in enumerate(self.spans, 1):
            card = self.cards[span.report_id]
            section, page = placed.get(mark) or (span.section or (), None)
            citations.append(
                Citation(
                    mark=mark,
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
                    raw=span.raw,
                    quote=span.quote,
                )
            )
        return tuple(citations)

    def quote(self, span: Span) -> str:
        """The words of a cited span."""
        mark = self.cite(span)
        if not self.spans[mark - 1].raw:
            self._read_quotes()
        return self.spans[mark - 1].quote

    def _read_quotes(self) -> None:
        """Read the words of the spans that came without them."""
        unread: dict[str, list[int]] = {}
        for number, span in enumerate(self.spans):
            if not span.raw:
                unread.setdefault(span.report_id, []).append(number)
        for report_id, text, removals in self.sources.sources(unread) if unread else ():
            for number in unread[report_id]:
                span = self.spans[number]
                raw = text[span.start : span.end]
                quote = quote_of(text, span.start, span.end, removals)
                self.spans[number] = replace(span, raw=raw, quote=quote)

    def _placed(self) -> dict[int, tuple[tuple[str, ...], int | None]]:
        """By mark, section and page of the spans whose section is not known."""
        names = {
            mark: f"{span.report_id}#{span.paragraph}"
            for mark, span in enumerate(self.spans, 1)
            if span.section is None
        }
        unknown = {n for n in names.values() if n not in self.placed and n not in self._looked_up}
        for paragraph in self.sources.paragraphs(ids=unknown) if unknown else ():
            self._looked_up[paragraph.id] = (paragraph.section, paragraph.page)
        found = {
            name: self.placed.get(name) or self._looked_up.get(name) for name in names.values()
        }
        return {mark: place for mark, name in names.items() if (place := found[name])}
