"""One sentence of a chat model with what it cites: what every check reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rag.blanking import blank_matches
from rag.models import Citation, Finding, Language
from rag.words import fold

MARK = re.compile(r"\[(\d+)\]")
_MARK_ROW = re.compile(r"\[\d+\](?:\s*\[\d+\])*")


@dataclass(frozen=True)
class Claim:
    """A sentence, its marks, and the words of the reports that they stand for."""

    sentence: str
    language: Language
    citations: Mapping[int, Citation]  # all there are, by mark
    findings: tuple[Finding, ...] = ()

    @cached_property
    def marks(self) -> tuple[int, ...]:
        return tuple(int(mark) for mark in MARK.findall(self.sentence))

    @cached_property
    def cited(self) -> tuple[Citation, ...]:
        return tuple(self.citations[mark] for mark in self.marks if mark in self.citations)

    @cached_property
    def rows(self) -> tuple[tuple[int, int, frozenset[str]], ...]:
        """Start and end of each row of marks, with the ids of the reports it cites."""
        return tuple(
            (match.start(), match.end(), frozenset(
                self.citations[int(mark)].report_id
                for mark in MARK.findall(match[0]) if int(mark) in self.citations
            ))
            for match in _MARK_ROW.finditer(self.sentence)
        )  # fmt: skip

    @cached_property
    def plain(self) -> str:
        """The sentence folded, its marks blanked: the same length."""
        return blank_matches(MARK, fold(self.sentence))

    @cached_property
    def quotes(self) -> tuple[str, ...]:
        """The cited quotes, folded."""
        return tuple(fold(citation.quote) for citation in self.cited)

    @cached_property
    def words(self) -> str:
        """All that the marks stand for, folded: quotes, and the headings and titles above them."""
        parts = (f"{' '.join(c.section)} {c.title or ''}" for c in self.cited)
        return " ".join((*self.quotes, *map(fold, parts)))

    @cached_property
    def places(self) -> frozenset[str]:
        """The towns of the cited reports, and the counties, cities and provinces they lie in."""
        ids = {citation.report_id for citation in self.cited}
        uppers = (
            name
            for finding in self.findings
            if finding.report_id in ids
            for name in (finding.county, finding.city, finding.province)
        )
        return frozenset(name for name in (*(c.town for c in self.cited), *uppers) if name)
