"""Check an answer before it leaves: quotes re-read, claims supported, sums hold."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Hashable, Iterable
from functools import partial
from typing import Protocol, TypeVar

from rag.judgements import Citable, Grounds, Span
from rag.models import (
    STATES,
    Answer,
    Census,
    Citation,
    Fact,
    Finding,
    Removal,
    altered,
    quote_of,
)
from rag.verify.claims import check_text
from rag.verify.evidence import Evidence

log = logging.getLogger(__name__)

T = TypeVar("T")

Source = tuple[str, str, tuple[Removal, ...]]  # report id, stored text, what repair removed
ReadSources = Callable[[Collection[str]], Iterable[Source]]


class BrokenCitation(AssertionError):
    """A citation whose words are not the stored text at its offsets: a bug, never shown."""


def verify(answer: Answer, *, read_sources: ReadSources, grounds: Grounds | None = None) -> Answer:
    """The answer without the lines whose marks, figures, years or towns nothing supports.

    An answer that loses its first line, or all that it cites, becomes not_found.

    Args:
        read_sources: gives the stored texts and removals of reports by their ids.
        grounds: what the text rests on, where the findings are made later; what only they
            cite is read again by `reread`.

    Raises:
        BrokenCitation: a citation does not re-read.
    """
    reread((*grounds.citations, *grounds.beside) if grounds else answer.citations, read_sources)
    _check_sums(answer)
    checked = check_text(answer.text, Evidence.of(answer, grounds))
    if not checked.dropped:
        return answer
    for claim in checked.dropped:
        log.warning(
            "dropped an unsupported claim (%s): %s", claim.reason, claim.text, extra={"dropped": 1}
        )
    notes = (*answer.notes, _dropped_note(answer, len(checked.dropped)))
    claims = [line for line in checked.kept.split("\n") if "[" in line]
    if answer.text.split("\n")[0] == checked.dropped[0].text or not claims:
        return _without_claims(answer, notes)
    return altered(answer, text=checked.kept.strip(), notes=notes)


def _without_claims(answer: Answer, notes: tuple[str, ...]) -> Answer:
    """An answer that lost its substance: not found, and nothing matches any more."""
    none = Census(in_scope=answer.census.in_scope, not_reported=answer.census.in_scope)
    findings = tuple(
        Finding(f.report_id, f.source, f.town, f.county, f.city, f.province, f.year, "not_reported")
        for f in answer.findings
    )
    return altered(
        answer,
        status="not_found",
        text=notes[-1],
        notes=notes,
        census=none,
        findings=findings,
        citations=(),
    )


def reread(words: Iterable[Citation | Fact | Span], read_sources: ReadSources) -> None:
    """Nothing where all these words are the stored text at their offsets.

    Raises:
        BrokenCitation: some are not.
    """
    by_report: dict[str, list[Citation | Fact | Span]] = {}
    for one in words:
        by_report.setdefault(one.report_id, []).append(one)
    unread = set(by_report)
    for report_id, text, removals in read_sources(by_report) if by_report else ():
        unread.discard(report_id)
        for one in by_report[report_id]:
            raw = text[one.start : one.end]
            quote = quote_of(text, one.start, one.end, removals) if removals else raw
            if not raw or raw != one.raw or quote != one.quote:
                named = one.source if isinstance(one, Citation) else report_id
                raise BrokenCitation(f"{named} {one.start}-{one.end}")
    if unread:
        raise BrokenCitation(f"{', '.join(sorted(unread))}: no such report")


class Stored(Protocol):
    """The stored texts while nothing changes (`rag.ledger.Ledger`)."""

    def sources(self, report_ids: Collection[str]) -> Iterable[Source]: ...

    def once(self, key: Hashable, make: Callable[[], T]) -> T: ...


def reread_citable(found: Iterable[Citable], stored: Stored) -> None:
    """Nothing where all that findings may cite is the stored text, held against it once.

    Raises:
        BrokenCitation: some of it is not.
    """
    for citable in found:
        hold = partial(_hold, citable, stored)
        stored.once(("reread", citable.key), hold)


def _hold(citable: Citable, stored: Stored) -> bool:
    reread(citable.words(), stored.sources)
    return True


def _check_sums(answer: Answer) -> None:
    total = sum(getattr(answer.census, state) for state in STATES)
    if total != answer.census.in_scope:
        raise AssertionError(f"census states sum to {total}, in scope {answer.census.in_scope}")


def _dropped_note(answer: Answer, count: int) -> str:
    if answer.language == "zh":
        return f"有{count}处说法没有通过核对，已删去。"
    return f"{count} claims did not pass verification and were dropped."
