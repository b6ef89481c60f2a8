"""Join the answers to the parts of a compound question into one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.models import Answer, Citation, Plan

_MARK = re.compile(r"\[(\d+)\]")


def join_answers(question: str, plan: Plan, answers: Sequence[Answer]) -> Answer:
    """One answer with the parts' texts in order and their marks renumbered.

    Census and findings are those of the first part that is answered.
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
    mapping = renumbered[id(chosen)]
    return replace(
        chosen,
        question=question,
        plan=plan,
        text="\n\n".join(texts),
        findings=tuple(
            replace(
                finding,
                citations=tuple(mapping[mark] for mark in finding.citations),
                conditions=tuple(
                    replace(result, citations=tuple(mapping[mark] for mark in result.citations))
                    for result in finding.conditions
                ),
            )
            for finding in chosen.findings
        ),
        citations=tuple(citations),
        notes=tuple(dict.fromkeys(note for answer in answers for note in answer.notes)),
    )
