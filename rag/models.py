"""The nouns of the project: frozen, without I/O, shared by every package.

Offsets are half-open character offsets into a report's stored text: the text
that `ingest.load` got out of the file, never changed afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

SectionRole = Literal["achievements", "duties", "shortcomings", "plans", "other"]
ReportType = Literal["report", "other"]
FactKind = Literal["achieved", "target", "requirement", "previous_period", "other_actor", "change"]
Qualifier = Literal["exact", "at_least", "about", "less_than", "range"]
State = Literal[
    "match",
    "other_value",
    "implied",
    "no_case",
    "mentioned",
    "not_reported",
    "unreadable",
]
STATES: tuple[State, ...] = (
    "match",
    "other_value",
    "implied",
    "no_case",
    "mentioned",
    "not_reported",
    "unreadable",
)
PlanKind = Literal[
    "census",
    "lookup",
    "compare",
    "rank",
    "aggregate",
    "trend",
    "describe",
    "yes_no",
    "corpus",
]
Operator = Literal["==", ">=", ">", "<=", "<", "between", "mentions", "no_case"]
Language = Literal["zh", "en"]
Number = int | float


# --- what a report is made of -------------------------------------------------


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

    `start`/`end` span the clause from the label to the value, at most about 200
    characters; `value_start`/`value_end` the printed figure with its unit. An
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


# --- what a question is made of ------------------------------------------------


@dataclass(frozen=True)
class Turn:
    """One earlier question of the conversation."""

    question: str


@dataclass(frozen=True)
class Condition:
    indicator: str
    op: Operator
    value: Number | None = None
    value2: Number | None = None
    unit: str | None = None  # of "mentions": the indicator is reported, or the phrase stands there


@dataclass(frozen=True)
class Plan:
    """What a question asks: a kind, conditions, and a scope of places and years."""

    kind: PlanKind
    indicators: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    join: Literal["and", "or", "and_not"] = "and"
    order: Literal["desc", "asc"] | None = None
    top: int | None = None
    measure: Literal["sum", "mean", "count"] | None = None  # of an aggregate
    places: tuple[str, ...] = ()  # as understood: 马武镇, 石柱土家族自治县, 重庆市 …
    years: tuple[int, ...] = ()
    roles: tuple[SectionRole, ...] = ()  # of a describe question
    topic: str = ""  # what is left of the question: the phrase that it is about
    unknown_places: tuple[str, ...] = ()  # named in the question, not stored
    left_out_places: tuple[str, ...] = ()  # named to be left out: 除了马武镇
    out_of_scope: bool = False
    parts: tuple[Plan, ...] = ()


@dataclass(frozen=True)
class Scope:
    """Which stored reports a question is about; empty tuples mean all."""

    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


# --- what an answer is made of --------------------------------------------------


@dataclass(frozen=True)
class ConditionResult:
    """How one condition of several came out for one report."""

    indicator: str
    label: str | None
    value: Number | None
    unit: str | None
    qualifier: Qualifier | None
    kind: FactKind | None
    holds: bool
    citations: tuple[int, ...]


@dataclass(frozen=True)
class Finding:
    """One report's state for the question."""

    report_id: str
    source: str
    town: str | None
    county: str | None
    city: str | None
    province: str | None
    year: int | None
    state: State
    indicator: str | None = None
    label: str | None = None
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: str | None = None
    qualifier: Qualifier | None = None
    kind: FactKind | None = None
    derivation: str | None = None  # the arithmetic of a computed value
    conflict: bool = False
    conditions: tuple[ConditionResult, ...] = ()
    citations: tuple[int, ...] = ()  # marks


@dataclass(frozen=True)
class Census:
    """How many reports in scope are in each state; the states sum to in_scope."""

    in_scope: int = 0
    match: int = 0
    other_value: int = 0
    implied: int = 0
    no_case: int = 0
    mentioned: int = 0
    not_reported: int = 0
    unreadable: int = 0


@dataclass(frozen=True)
class LeftOut:
    """Stored or tried files that are outside every census."""

    other_documents: int = 0
    superseded: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Citation:
    mark: int  # from 1, in order of first use in the text
    report_id: str
    source: str
    title: str | None
    town: str | None
    year: int | None
    section: tuple[str, ...]
    paragraph: int
    page: int | None
    start: int
    end: int
    raw: str
    quote: str


@dataclass(frozen=True)
class Answer:
    """What leaves the program; `dataclasses.asdict` of it is the JSON contract."""

    question: str
    language: Language
    status: Literal["answered", "not_found", "out_of_scope"]
    writer: Literal["rules", "model"]
    text: str  # markdown, claims marked [1]
    plan: Plan
    census: Census
    left_out: LeftOut
    findings: tuple[Finding, ...] = ()
    citations: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
    id: str | None = None
