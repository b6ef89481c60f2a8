"""Put checked prose before the rules' answer, its citations numbered in order of first use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.models import Answer, Citation, Finding

_MARK = re.compile(r"\[(\d+)\]")


def with_prose(rules: Answer, prose: str, evidence: Sequence[Citation]) -> Answer:
    """The rules' answer with a model's prose ahead; the writer is the model.

    Args:
        evidence: every citation that the prose may have marks of.
    """
    text = f"{prose}\n\n{rules.text}"
    known = {citation.mark: citation for citation in (*evidence, *rules.citations)}
    used = dict.fromkeys(int(mark) for mark in _MARK.findall(text) if int(mark) in known)
    used |= dict.fromkeys(citation.mark for citation in rules.citations)
    numbers = {mark: number for number, mark in enumerate(used, 1)}
    return replace(
        rules,
        writer="model",
        text=_renumbered(text, numbers),
        findings=tuple(_finding(finding, numbers) for finding in rules.findings),
        citations=tuple(replace(known[mark], mark=number) for mark, number in numbers.items()),
        notes=tuple(_renumbered(note, numbers) for note in rules.notes),
    )


def _renumbered(text: str, numbers: Mapping[int, int]) -> str:
    return _MARK.sub(lambda match: f"[{numbers.get(int(match[1]), int(match[1]))}]", text)


def _finding(finding: Finding, numbers: Mapping[int, int]) -> Finding:
    conditions = tuple(
        replace(condition, citations=tuple(numbers[mark] for mark in condition.citations))
        for condition in finding.conditions
    )
    marks = tuple(numbers[mark] for mark in finding.citations)
    return replace(finding, citations=marks, conditions=conditions)
