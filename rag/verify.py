"""Check an answer before it leaves: quotes re-read, marks resolve, numbers supported, sums hold."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.amounts import MONEY, read_amounts
from rag.arithmetic import computed_numbers
from rag.models import STATES, Answer, Census, Citation, Finding, Number, Removal, quote_of
from rag.words import fold

log = logging.getLogger(__name__)
_MARK = re.compile(r"\[(\d+)\]")
# Counts of reports in a line that makes claims, in one that makes none, and of what is left out.
_COUNT = re.compile(r"\**(\d+)\**(?= ?(?:份报告|个乡镇|reports?\b|townships))")
_STATE = re.compile(
    r"(\d+)(?=份| ?(?:match|with (?:another|no)|only by|mention|do not|unreadable))"
)
_LEFT_OUT = re.compile(r"另有\d+条未列出|\(\d+ more points|有\d+处说法|^\d+ claims")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

ReadSource = Callable[[str], tuple[str, tuple[Removal, ...]]]


class BrokenCitation(AssertionError):
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
    general, counts = _general_numbers(answer), _counts(answer)
    asked = {
        (value, condition.unit or "")
        for part in (answer.plan, *answer.plan.parts)
        for condition in part.conditions
        for value in (condition.value, condition.value2)
    }
    kept: list[str] = []
    dropped: list[str] = []
    for line in answer.text.split("\n"):
        (kept if _supported(line, by_mark, general, counts, asked) else dropped).append(line)
    if not dropped:
        return answer
    for line in dropped:
        log.warning("dropped an unsupported claim: %s", line)
    notes = (*answer.notes, _dropped_note(answer, len(dropped)))
    if answer.text.split("\n")[0] in dropped:
        return _without_claims(answer, notes)
    return replace(answer, text="\n".join(kept).strip(), notes=notes)


def _without_claims(answer: Answer, notes: tuple[str, ...]) -> Answer:
    """An answer that lost its substance: not found, and nothing matches any more."""
    none = Census(in_scope=answer.census.in_scope, not_reported=answer.census.in_scope)
    findings = tuple(
        Finding(f.report_id, f.source, f.town, f.county, f.city, f.province, f.year, "not_reported")
        for f in answer.findings
    )
    return replace(
        answer,
        status="not_found",
        text=notes[-1],
        notes=notes,
        census=none,
        findings=findings,
        citations=(),
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
    """Numbers any line may hold: of the plan, and the years of the reports in scope."""
    plan = answer.plan
    numbers: set[str] = set()
    for part in (plan, *plan.parts):
        for condition in part.conditions:
            numbers |= _numbers(f"{condition.value} {condition.value2} {condition.indicator}")
        numbers |= {str(year) for year in part.years} | {str(part.top)}
        numbers |= _numbers(part.topic)
    for finding in answer.findings:
        numbers |= {str(finding.year)} | (set() if finding.town else _numbers(finding.source))
    return numbers


def _counts(answer: Answer) -> set[str]:
    """How many reports and towns there are of each kind."""
    numbers = {str(getattr(answer.census, state)) for state in (*STATES, "in_scope")}
    stated = sum(finding.value is not None for finding in answer.findings)
    places = {(finding.province, finding.county, finding.town) for finding in answer.findings}
    return numbers | {str(stated), str(answer.census.in_scope - stated), str(len(places))}


def _numbers(text: str) -> set[str]:
    """The numbers in a text, Chinese numerals and 万 written out as well."""
    folded = fold(text)
    found = set(_NUMBER.findall(folded.replace(",", "")))
    for amount in read_amounts(folded):
        values = (amount.value, amount.low, amount.high)
        found |= {str(value) for value in values if value is not None}
    return found


def _supported(
    line: str,
    by_mark: dict[int, Citation],
    general: set[str],
    counts: set[str],
    asked: set[tuple[Number | None, str]],
) -> bool:
    """Whether the marks of a line resolve and something supports each of its numbers."""
    marks = [int(mark) for mark in _MARK.findall(line)]
    if any(mark not in by_mark for mark in marks):
        return False
    bare = fold(re.sub(r"^\s*\d+\. |《[^》]*》", "", _MARK.sub("", line)))
    for pattern in (_COUNT,) if marks else (_COUNT, _STATE):
        bare = pattern.sub(lambda match: "" if match[1] in counts else match[0], bare)
    bare = _LEFT_OUT.sub("", bare)
    cited = [by_mark[mark] for mark in marks]
    quoted: set[str] = set()
    for citation in cited:
        quoted |= _numbers(citation.quote) | _numbers("".join(citation.section))
        quoted |= {str(citation.year)} | _numbers(citation.source)
    computed = computed_numbers(bare, quoted)
    if not computed and not _same_sums(bare, cited, asked):
        return False
    return all(number in general | quoted | computed for number in _NUMBER.findall(bare))


def _same_sums(line: str, cited: Sequence[Citation], asked: set[tuple[Number | None, str]]) -> bool:
    """Whether each sum of money of a line stands with its unit (元, 万元, 亿元) in a cited quote.

    Args:
        asked: the sums that the question names.
    """
    stated = asked | {(a.value, a.unit) for c in cited for a in read_amounts(fold(c.quote))}
    sums = [a for a in read_amounts(line) if a.unit in MONEY]
    return not cited or all((amount.value, amount.unit) in stated for amount in sums)


def _dropped_note(answer: Answer, count: int) -> str:
    if answer.language == "zh":
        return f"有{count}处说法没有通过核对，已删去。"
    return f"{count} claims did not pass verification and were dropped."
