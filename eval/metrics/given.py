"""What an answer in the JSON form gives: any program's, so a missing key reads as empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from eval.metrics.figures import Figure, figure_of

AnswerJson = Mapping[str, Any]
MARK = re.compile(r"\[(\d+)\]")
_NUMERAL = re.compile(r"[\d一二两三四五六七八九十百千万]")
_MARKS_IN_ROW = re.compile(r"\[\d+\](?:\s*\[\d+\])*")


def findings_of(answer: AnswerJson) -> list[Mapping[str, Any]]:
    return list(answer.get("findings") or ())


def citations_of(answer: AnswerJson) -> list[Mapping[str, Any]]:
    return list(answer.get("citations") or ())


def text_of(answer: AnswerJson) -> str:
    return str(answer.get("text") or "")


def nameless_lines(answer: AnswerJson) -> list[str]:
    """The lines of the text with the names of its reports blanked out, at equal length.

    五家镇 and 00451.docx hold digits that are no figures.

    >>> nameless_lines({"text": "五家镇 3件[1]", "findings": [{"source": "a", "town": "五家镇"}]})
    ['\\x00\\x00\\x00 3件[1]']
    """
    text = text_of(answer)
    named = {str(item.get(key) or "") for item in findings_of(answer) for key in ("source", "town")}
    for name in sorted(filter(_NUMERAL.search, named), key=len, reverse=True):
        text = text.replace(name, "\0" * len(name))
    return text.split("\n")


def matched_sources(answer: AnswerJson) -> frozenset[str]:
    """The file names of the reports the answer says match."""
    matched = (item for item in findings_of(answer) if item.get("state") == "match")
    return frozenset(str(item["source"]) for item in matched)


def report_counts(answer: AnswerJson) -> frozenset[int]:
    """The numbers of reports the answer may speak of: its counts, and sums of states.

    >>> sorted(report_counts({"census": {"in_scope": 5, "match": 2, "not_reported": 3}}))
    [0, 2, 3, 5]
    """
    census = answer.get("census") or {}
    sums = sums_of(int(count) for state, count in census.items() if state != "in_scope")
    left_out = (answer.get("left_out") or {}).values()
    return frozenset({*sums, int(census.get("in_scope", 0)), *map(int, left_out)})


def sums_of(counts: Iterable[int]) -> frozenset[int]:
    """What some of these counts add up to, none of them included.

    >>> sorted(sums_of([2, 3]))
    [0, 2, 3, 5]
    """
    sums = {0}
    for count in counts:
        sums |= {total + count for total in sums}
    return frozenset(sums)


def quote_of_citation(citation: Mapping[str, Any]) -> str:
    return str(citation.get("quote") or citation.get("raw") or "")


def asked_figures(answer: AnswerJson) -> list[Figure]:
    """The figures that the conditions of the answer's plan are held against.

    They are the question's own, also where it says 2000 yuan or leans on the one before it.

    >>> asked_figures({"plan": {"conditions": [{"op": "<", "value": 2000, "unit": "元"}]}})[0].value
    Decimal('2000')
    """
    plan = answer.get("plan") or {}
    conditions = [
        c for one in (plan, *(plan.get("parts") or ())) for c in one.get("conditions") or ()
    ]
    return [
        figure_of(condition[key], str(condition.get("unit") or ""))
        for condition in conditions
        for key in ("value", "value2")
        if condition.get(key) is not None
    ]


def marks_in(line: str) -> frozenset[int]:
    return frozenset(int(mark) for mark in MARK.findall(line))


def marks_of_figure(line: str, start: int) -> frozenset[int]:
    """The marks a figure of a line stands under: the next row of marks, else the last one.

    >>> marks_of_figure("李河镇96%[1]，小江镇100%[2][3]", 14)
    frozenset({2, 3})
    """
    rows = list(_MARKS_IN_ROW.finditer(line))
    following = [row for row in rows if row.start() >= start]
    row = following[0] if following else (rows[-1] if rows else None)
    return marks_in(row.group()) if row else frozenset()


def sources_of_marks(answer: AnswerJson, marks: Iterable[int]) -> frozenset[str]:
    wanted = set(marks)
    return frozenset(
        str(item.get("source")) for item in citations_of(answer) if item.get("mark") in wanted
    )
