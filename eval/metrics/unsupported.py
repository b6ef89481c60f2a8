"""Numbers an answer prints without support: in no cited quote, in no shown arithmetic."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from eval.metrics.arithmetic import Calculation, read_calculations
from eval.metrics.figures import Figure, counts_reports, read_figures
from eval.metrics.given import (
    MARK,
    AnswerJson,
    citations_of,
    findings_of,
    marks_in,
    quote_of_citation,
    report_counts,
    text_of,
)


def unsupported_numbers(answer: AnswerJson) -> tuple[str, ...]:
    """The figures of the text that nothing supports, as "value unit", in order.

    Supported is a figure that stands, with unit and scale, in a quote cited on its line
    (on a line without marks: in any cited quote); that a shown and correct calculation
    from cited numbers yields; that the question states; or that counts reports. Years,
    dates, list numbers and marks are no figures.

    Example: text "成功率99.5%[1]", quote 共414件，调解成功412件: ("99.5%",); with the
    derivation "412÷414=99.5%": ().
    """
    quotes = {item.get("mark"): quote_of_citation(item) for item in citations_of(answer)}
    counts = report_counts(answer)
    everywhere = list(read_figures(str(answer.get("question") or "")))
    known = {figure.value for figure in [*_figures(quotes.values()), *everywhere]}
    # 100 makes a percentage, a number of reports divides a mean
    known |= {Decimal(100), *(Decimal(count) for count in counts)}
    everywhere += _results(answer, known)
    found: list[str] = []
    for line in text_of(answer).split("\n"):
        marks = marks_in(line)
        cited = [quote for mark, quote in quotes.items() if not marks or mark in marks]
        support = [*everywhere, *_figures(cited)]
        found += [
            f"{figure.value.normalize():f}{figure.unit}"
            for figure in read_figures(_without(line, known))
            if not counts_reports(figure, counts)
            and not any(figure.same_as(other, qualified=False) for other in support)
        ]
    return tuple(found)


def _figures(quotes: Iterable[str]) -> list[Figure]:
    return [figure for quote in quotes for figure in read_figures(quote)]


def _sound(line: str, known: Collection[Decimal]) -> list[Calculation]:
    """The calculations of a line that are right and made of known numbers."""
    plain = MARK.sub(lambda mark: " " * len(mark.group()), line)
    found = read_calculations(plain)
    return [item for item in found if item.right and set(item.operands) <= set(known)]


def _without(line: str, known: Collection[Decimal]) -> str:
    """The line with its sound calculations blanked out, marks kept."""
    for item in _sound(line, known):
        line = line[: item.start] + " " * (item.end - item.start) + line[item.end :]
    return line


def _results(answer: AnswerJson, known: Collection[Decimal]) -> Iterator[Figure]:
    """What the sound calculations of text, notes and derivations come to.

    A result printed without a unit (100 − 96 = 4) is the one with the unit as well.
    """
    findings = findings_of(answer)
    shown = [str(item["derivation"]) for item in findings if item.get("derivation")]
    shown += [*text_of(answer).split("\n"), *map(str, answer.get("notes") or ())]
    for line in shown:
        for item in _sound(line, known):
            yield item.result
            if not item.result.unit:
                for unit in ("%", "百分点", "元"):
                    yield replace(item.result, unit=unit)
