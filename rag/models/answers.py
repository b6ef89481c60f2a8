"""What an answer is made of: findings, census, citations and the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rag.models.kinds import FactKind, Language, Number, Qualifier, State
from rag.models.later import Later
from rag.models.questions import Plan


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
    """What leaves the program; `dataclasses.asdict` of it is the JSON contract.

    The findings of thousands of reports, and the citations that only they have, are made
    when they are first read.
    """

    question: str
    language: Language
    status: Literal["answered", "not_found", "out_of_scope"]
    writer: Literal["rules", "model"]
    text: str  # markdown, claims marked [1]
    plan: Plan
    census: Census
    left_out: LeftOut
    findings: Later[tuple[Finding, ...]] = Later(())  # noqa: RUF009  a descriptor
    citations: Later[tuple[Citation, ...]] = Later(())  # noqa: RUF009
    notes: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
    id: str | None = None
