"""Check an answer before it leaves: quotes re-read, marks resolve, numbers supported, sums hold."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.amounts import read_amounts
from rag.models import STATES, Answer, Citation, Removal, quote_of
from rag.words import fold

log = logging.getLogger(__name__)
_MARK = re.compile(r"\[(\d+)\]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DERIVATION = re.compile(r"[^（(、，。;；]*(?:[÷×−+]|≈|=)[^）)、。;；]*")

ReadSource = Callable[[str], tuple[str, tuple[Removal, ...]]]


class BrokenCitation(AssertionError):  # noqa: N818
    """A citation whose words are not the stored text at its offsets: a bug, never shown."""


def verify(answer: Answer, *, read_source: ReadSource) -> Answer:
    """The answer without the lines whose marks or numbers nothing supports.

    A number of a line is supported when it stands in a quote the line cites, in an
    arithmetic the line shows, in the question's own plan, in the census, or in the year
    or title of a cited report. An answer that loses its first line becomes not_found.

    Args:
        read_source: gives a report's stored text and removals by id.

    Raises:
        BrokenCitation: a citation does not re-read.
    """
    _reread(answer.citations, read_source)
    _check_sums(answer)
    by_mark = {citation.mark: citation for citation in answer.citations}
    general = _general_numbers(answer)
    kept: list[str] = []
    dropped: list[str] = []
    for line in answer.text.split("\n"):
        (kept if _supported(line, by_mark, general) else dropped).append(line)
    if not dropped:
        return answer
    for line in dropped:
        log.warning("dropped an unsupported claim: %s", line)
    lost = answer.text.split("\n")[0] in dropped
    return replace(
        answer,
        text="\n".join(kept).strip(),
        status="not_found" if lost else answer.status,
        notes=(*answer.notes, _dropped_note(answer, len(dropped))),
    )


def _reread(citations: Sequence[Citation], read_source: ReadSource) -> None:
    for citation in citations:
        text, removals = read_source(citation.report_id)
        raw = text[citation.start : citation.end]
        quote = quote_of(text, citation.start, citation.end, removals)
        if not raw or raw != citation.raw or quote != citation.quote:
            raise BrokenCitation(f"{citation.source} {citation.start}-{citation.end}")


def _check_sums(answer: Answer) -> None:
    total = sum(getattr(answer.census, state) for state in STATES)
    if total != answer.census.in_scope:
        raise AssertionError(f"census states sum to {total}, in scope {answer.census.in_scope}")


def _general_numbers(answer: Answer) -> set[str]:
    """Numbers any line may hold: of the census, the plan, and the reports' years."""
    census = answer.census
    numbers = {str(getattr(census, state)) for state in (*STATES, "in_scope")}
    plan = answer.plan
    for part in (plan, *plan.parts):
        for condition in part.conditions:
            numbers |= _numbers(f"{condition.value} {condition.value2} {condition.indicator}")
        numbers |= {str(year) for year in part.years} | {str(part.top)}
        numbers |= _numbers(part.topic)
    numbers |= {str(finding.year) for finding in answer.findings}
    stated = sum(finding.value is not None for finding in answer.findings)
    numbers |= {str(stated), str(census.in_scope - stated)}
    if plan.kind == "corpus":
        places = {(finding.province, finding.county, finding.town) for finding in answer.findings}
        numbers |= {str(len(places))}
    return numbers


def _numbers(text: str) -> set[str]:
    """The numbers in a text, Chinese numerals and 万 written out as well."""
    folded = fold(text)
    found = set(_NUMBER.findall(folded.replace(",", "")))
    for amount in read_amounts(folded):
        found |= {str(value) for value in (amount.value, amount.low, amount.high)}
    return found


def _supported(line: str, by_mark: dict[int, Citation], general: set[str]) -> bool:
    marks = [int(mark) for mark in _MARK.findall(line)]
    if any(mark not in by_mark for mark in marks):
        return False
    bare = re.sub(r"^\s*\d+\. ", "", _MARK.sub("", line))
    bare = re.sub(r"《[^》]*》", "", bare)
    quotes = " ".join(
        f"{by_mark[mark].quote} {by_mark[mark].year} {by_mark[mark].source}" for mark in marks
    )
    quotes += " ".join("".join(by_mark[mark].section) for mark in marks)
    allowed = general | _numbers(quotes) | _computed(bare)
    return all(number in allowed for number in _NUMBER.findall(fold(bare)))


def _computed(line: str) -> set[str]:
    """Numbers of an arithmetic that a line shows and that comes out."""
    found: set[str] = set()
    for match in _DERIVATION.finditer(line):
        found |= set(_NUMBER.findall(match[0]))
    return found


def _dropped_note(answer: Answer, count: int) -> str:
    if answer.language == "zh":
        return f"有{count}处说法没有通过核对，已删去。"
    return f"{count} claims did not pass verification and were dropped."
