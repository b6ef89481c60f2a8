"""Join the answers to the parts of a compound question into one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.models import STATES, Answer, Census, Citation, ConditionResult, Finding, Plan

_SETS = ("census", "rank")  # kinds that pick reports
_MARK = re.compile(r"\[(\d+)\]")


def join_answers(question: str, plan: Plan, answers: Sequence[Answer]) -> Answer:
    """One answer with the parts' texts in order and their marks renumbered.

    Each report of any part is one finding: a match where a part found one, with what every
    part found for it as a condition.
    """
    citations: list[Citation] = []
    marks: dict[tuple[str, int, int], int] = {}
    texts = []
    renumbered = {}
    for answer in answers:
        mapping = {}
        for citation in answer.citations:
            key = (citation.report_id, citation.start, citation.end)
            if key not in marks:
                marks[key] = len(marks) + 1
                citations.append(replace(citation, mark=marks[key]))
            mapping[citation.mark] = marks[key]
        texts.append(_MARK.sub(lambda m, to=mapping: f"[{to[int(m[1])]}]", answer.text))  # type: ignore[misc]
        renumbered[id(answer)] = mapping
    chosen = next((a for a in answers if a.status == "answered"), answers[0])
    findings = _merged(answers, renumbered)
    states = [finding.state for finding in findings]
    return replace(
        chosen,
        question=question,
        plan=plan,
        text="\n\n".join(texts),
        findings=findings,
        census=Census(len(findings), *(states.count(state) for state in STATES)),
        citations=tuple(citations),
        notes=tuple(dict.fromkeys(note for answer in answers for note in answer.notes)),
    )


def _merged(
    answers: Sequence[Answer], renumbered: dict[int, dict[int, int]]
) -> tuple[Finding, ...]:
    by_report: dict[str, list[tuple[Answer, Finding]]] = {}
    for answer in answers:
        for finding in answer.findings:
            by_report.setdefault(finding.report_id, []).append((answer, finding))
    merged = []
    for found in by_report.values():
        narrow = [(a, f) for a, f in found if a.plan.kind in _SETS and _covers(a, answers)]
        finding = next(
            (f for _, f in narrow or found if f.state == "match"), (narrow or found)[0][1]
        )
        results: list[ConditionResult] = []
        marks: list[int] = []
        for answer, part in found:
            to = renumbered[id(answer)]
            marks += [to[mark] for mark in part.citations]
            results += [_renumbered(result, to) for result in part.conditions or _as_result(part)]
        merged.append(
            replace(finding, citations=tuple(dict.fromkeys(marks)), conditions=tuple(results))
        )
    return tuple(merged)


def _covers(answer: Answer, answers: Sequence[Answer]) -> bool:
    """Whether the other parts only ask for the values that this one picks reports by.

    Not where they name the towns: the values of each are asked for, whichever is picked then.
    """
    if any(len(other.plan.places) > 1 for other in answers if other.plan.kind not in _SETS):
        return False
    asked = {name for other in answers for name in other.plan.indicators}
    return asked == {*answer.plan.indicators} and bool(asked)


def _renumbered(result: ConditionResult, to: dict[int, int]) -> ConditionResult:
    return replace(result, citations=tuple(to[mark] for mark in result.citations))


def _as_result(finding: Finding) -> tuple[ConditionResult, ...]:
    """A finding of one part as one condition of the whole question."""
    if finding.indicator is None:
        return ()
    return (
        ConditionResult(
            indicator=finding.indicator,
            label=finding.label,
            value=finding.value,
            unit=finding.unit,
            qualifier=finding.qualifier,
            kind=finding.kind,
            holds=finding.state == "match",
            citations=finding.citations,
        ),
    )
