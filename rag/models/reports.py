"""What a report is made of: place, sections, paragraphs, facts and what repair removed.

Offsets are half-open character offsets into a report's stored text: the text
that `ingest.load` got out of the file, never changed afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.models.kinds import Check, FactKind, Number, Qualifier, ReportType, SectionRole


@dataclass(frozen=True)
class Place:
    """Where a report comes from; a part the report does not determine is None."""

    town: str | None = None
    county: str | None = None
    city: str | None = None
    province: str | None = None
    code: str | None = None  # national statistical code of the town, 9 digits


@dataclass(frozen=True)
class Removal:
    """A span of the stored text that repair leaves out of paragraphs and quotes."""

    start: int
    end: int
    reason: str  # line_break | page_mark | bookmark | space | title_repeat | boilerplate


@dataclass(frozen=True)
class Section:
    id: str  # "<report id>/<number>"
    report_id: str
    number: int  # from 0, in reading order
    headings: tuple[str, ...]  # outermost first, as printed
    role: SectionRole
    start: int
    end: int


@dataclass(frozen=True)
class Paragraph:
    id: str  # "<report id>#<number>", stable across re-ingests of unchanged text
    report_id: str
    number: int  # from 0, in reading order
    section: tuple[str, ...]  # headings, outermost first
    role: SectionRole
    text: str  # stored[start:end] without what repair removed; what a reader is shown
    reading: str  # text as it is understood: same length, widths folded, swapped words undone
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True)
class Fact:
    """One figure of one report.

    `start`/`end` span the clause from the label to the value, with the clause before it
    that names what it is of, at most about 200 characters; `value_start`/`value_end` the printed figure with its unit. An
    event that did not happen (无行政诉讼案件) is a figure of 0 under rule "no_event".
    """

    report_id: str
    paragraph: int  # number of its paragraph
    section: tuple[str, ...]
    indicator: str | None  # canonical zh name; None for an open label
    label: str  # the noun phrase as printed
    value: Number | None  # in the printed unit; None for a range
    low: Number | None  # bounds of a range
    high: Number | None
    unit: str
    qualifier: Qualifier
    kind: FactKind
    actor: str | None  # None: the report's own place
    period: str | None  # a year as digits, where known
    start: int
    end: int
    value_start: int
    value_end: int
    raw: str
    quote: str
    sentence: str  # the sentence it stands in, as it is understood (see Paragraph.reading)
    whole: int | None = None  # value_start of the figure this one is a part of
    rule: str = ""  # the rule that fired

    @property
    def printed(self) -> str:
        """The figure as printed, with the words around it that bound it: 超过20余件."""
        begin, end = self.value_start - self.start, self.value_end - self.start
        return self.raw[max(0, begin - 4) : max(0, end) + 3]

    @property
    def clause(self) -> str:
        """The quote without the clause before, that says what the figure is of."""
        at = self.quote.find(self.label)
        return self.quote[max(self.quote.rfind(mark, 0, max(at, 0)) for mark in "，,；;：:") + 1 :]


@dataclass(frozen=True)
class Contradiction:
    """Figures of one report that cannot all be right; it does not say which is wrong."""

    report_id: str
    check: Check
    facts: tuple[Fact, ...]  # those that disagree: a whole or a rate first
    arithmetic: str  # in which way: 27 + 39 = 66 ≠ 60


@dataclass(frozen=True)
class ReportCard:
    """A stored report without its text."""

    id: str
    source: str  # file name
    sha256: str  # of the file's bytes
    title: str | None
    type: ReportType
    place: Place
    year: int | None
    year_doubtful: bool
    published: str | None  # ISO date
    issuers: tuple[str, ...]
    encoding: str
    pages: int | None
    warnings: tuple[str, ...]  # "<code>: <what and where>"
    sections: int
    paragraphs: int
    facts: int
    sample: bool = False
    superseded_by: str | None = None  # id of the report that answers instead
    unreadable: bool = False


@dataclass(frozen=True)
class Report:
    """A report as ingest hands it to the store, and as the source view reads it."""

    card: ReportCard
    text: str  # the stored text
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    facts: tuple[Fact, ...]
    removals: tuple[Removal, ...]  # sorted, disjoint
    contradictions: tuple[Contradiction, ...] = ()


def quote_of(text: str, start: int, end: int, removals: Sequence[Removal]) -> str:
    """The stored text from start to end without what repair removed inside it.

    >>> quote_of("处罚\\n\\n权共299项", 0, 10, [Removal(2, 4, "line_break")])
    '处罚权共299项'
    """
    parts: list[str] = []
    position = start
    for removal in removals:
        if removal.end <= position or removal.start >= end:
            continue
        parts.append(text[position : max(position, removal.start)])
        position = min(removal.end, end)
    parts.append(text[position:end])
    return "".join(parts)


def stored_offsets(start: int, end: int, removals: Sequence[Removal]) -> tuple[int, ...]:
    """Where each character of `quote_of(text, start, end, removals)` stands in the stored text.

    >>> stored_offsets(0, 6, [Removal(2, 4, "line_break")])
    (0, 1, 4, 5)
    """
    offsets: list[int] = []
    position = start
    for removal in removals:
        if removal.end <= position or removal.start >= end:
            continue
        offsets.extend(range(position, max(position, removal.start)))
        position = min(removal.end, end)
    offsets.extend(range(position, end))
    return tuple(offsets)
