"""Does the answer give the right figures, and only those?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.dataset import GoldSpan, GoldValue
from eval.metrics.arithmetic import read_calculations
from eval.metrics.figures import Figure, counts_reports, figure_of, read_figures
from eval.metrics.given import (
    MARK,
    AnswerJson,
    asked_figures,
    findings_of,
    marks_of_figure,
    nameless_lines,
    report_counts,
    sources_of_marks,
)
from eval.metrics.quoted import read_quoted
from rag.models import Qualifier

Sources = frozenset[str]  # the reports a figure is given for; empty: not said


@dataclass(frozen=True)
class ValueScore:
    """Each between 0 and 1."""

    precision: float
    recall: float
    missed: tuple[str, ...]  # gold values the answer does not give
    extra: tuple[str, ...]  # figures given that are not gold

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True)
class _Given:
    figure: Figure
    sources: Sources


def score_values(
    answer: AnswerJson, values: Sequence[GoldValue], spans: Sequence[GoldSpan]
) -> ValueScore:
    """Precision and recall of the figures an answer gives, against the gold values.

    Given are the values of the findings in state match and the figures of the text, each
    for the report whose mark follows it (a figure without a mark may be any report's).
    Right is a figure with the value, unit, scale and qualifier of a gold value. Recall: of
    the required gold values, the share given. Precision: of the figures given, the share
    that is gold or stands in a gold span. Not counted: figures of the question, counts of
    reports, operands of a shown calculation (they do count as given for recall), and the
    values of findings that do not match (an account of the other reports is asked for). Of
    no figure given the precision is 1; without required values the recall is 1.

    Example: gold 96% (李河); text "李河镇调处成功率96%[1]，执法检查398次[2]": recall 1/1,
    precision 1/2. Text "李河镇96万件[1]": recall 0/1, precision 0/1.
    """
    found = list(_given_in_findings(answer, ("match",)))
    shown = [*found, *_given_in_text(answer, operands=True)]
    required = [value for value in values if value.required]
    missed = [value for value in required if not any(_is_gold(item, value) for item in shown)]
    others, counts = _others(answer), report_counts(answer)
    asked = [*read_figures(str(answer.get("question") or "")), *asked_figures(answer)]
    right, extra = set[str](), set[str]()
    for item in [*found, *_given_in_text(answer, operands=False)]:
        name = _name(item)
        if any(_is_gold(item, value) for value in values) or _stands_in(item, spans):
            right.add(name)
        elif not (
            counts_reports(item.figure, counts)
            or _is_among(item, others)
            or any(item.figure.same_as(figure, qualified=False) for figure in asked)
        ):
            extra.add(name)
    return ValueScore(
        precision=len(right) / len(right | extra) if right or extra else 1.0,
        recall=1 - len(missed) / len(required) if required else 1.0,
        missed=tuple(f"{item.source or '*'}: {item.value:g}{item.unit}" for item in missed),
        extra=tuple(sorted(extra)),
    )


def _given_in_text(answer: AnswerJson, *, operands: bool) -> Iterator[_Given]:
    for line in nameless_lines(answer):
        for figure in read_figures(line if operands else _without_operands(line)):
            marks = marks_of_figure(line, figure.start)
            yield _Given(figure, sources_of_marks(answer, marks))


def _without_operands(line: str) -> str:
    """The line with the operands of right calculations blanked out, and results without unit."""
    plain = MARK.sub(lambda mark: " " * len(mark.group()), line)
    for item in read_calculations(plain):
        if item.right:
            end = item.equals if item.result.unit else item.end
            line = line[: item.start] + " " * (end - item.start) + line[end:]
    return line


def _given_in_findings(answer: AnswerJson, states: Collection[str]) -> Iterator[_Given]:
    for finding in findings_of(answer):
        if str(finding.get("state")) in states:
            sources = frozenset({str(finding["source"])})
            for part in (finding, *(finding.get("conditions") or ())):
                yield from (_Given(figure, sources) for figure in _figures_of(part))


def _figures_of(part: Mapping[str, Any]) -> Iterator[Figure]:
    unit = str(part.get("unit") or "")
    qualifier: Qualifier = part.get("qualifier") or "exact"
    for key in ("value", "low", "high"):
        if part.get(key) is not None:
            yield figure_of(part[key], unit, qualifier)


def _others(answer: AnswerJson) -> list[_Given]:
    others = ("other_value", "implied", "no_case", "mentioned", "not_reported", "unreadable")
    return list(_given_in_findings(answer, others))


def _is_gold(item: _Given, value: GoldValue) -> bool:
    same_report = value.source is None or not item.sources or value.source in item.sources
    return same_report and item.figure.same_as(figure_of(value.value, value.unit, value.qualifier))


def _stands_in(item: _Given, spans: Sequence[GoldSpan]) -> bool:
    return any(
        item.figure.same_as(figure)
        for span in spans
        if not item.sources or span.source in item.sources
        for figure in read_quoted(span.text.replace("\n", ""))
    )


def _is_among(item: _Given, others: Sequence[_Given]) -> bool:
    return any(
        item.figure.same_as(other.figure)
        and (not item.sources or not other.sources or item.sources & other.sources)
        for other in others
    )


def _name(item: _Given) -> str:
    value = f"{item.figure.value.normalize():f}{item.figure.unit}"
    return f"{'/'.join(sorted(item.sources)) or '*'}: {value}"
