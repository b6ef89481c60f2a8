"""Numbers an answer prints without support: in no cited quote, in no shown arithmetic."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from eval.metrics.arithmetic import Calculation, read_calculations
from eval.metrics.figures import Figure, counts_reports, read_figures
from eval.metrics.given import (
    MARK,
    AnswerJson,
    asked_figures,
    citations_of,
    findings_of,
    marks_in,
    nameless_lines,
    quote_of_citation,
    report_counts,
)
from eval.metrics.quoted import lines_above, read_quoted
from eval.metrics.recounted import (
    part_counts,
    places_of_order,
    without_places_of_order,
    year_counts,
)

Quote = tuple[str, str]  # the quoted words, and the lines of their table above them


def unsupported_numbers(
    answer: AnswerJson, texts: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """The figures of the text that nothing supports, as "value unit", in order.

    Supported is a figure that stands, with unit and scale, in a quote cited on its line
    (on a line without marks: in any cited quote); that a shown and correct calculation
    from cited numbers yields; that the question states; or that counts reports, those of
    one part of a compound answer or of one year as well, or says at which place of an order one stands
    (both counted again from the findings). Years, dates, list numbers and marks are no figures.

    Args:
        texts: stored text by source, where a quoted row of a table has its units.

    Example: text "成功率99.5%[1]", quote 共414件，调解成功412件: ("99.5%",); with the
    derivation "412÷414=99.5%": ().
    """
    quotes = {item.get("mark"): _quote(item, texts or {}) for item in citations_of(answer)}
    counts = report_counts(answer) | part_counts(answer) | year_counts(answer)
    places = places_of_order(answer)
    everywhere = [*read_figures(str(answer.get("question") or "")), *asked_figures(answer)]
    known = {figure.value for figure in [*_figures(quotes.values()), *everywhere]}
    # 100 makes a percentage, a number of reports divides a mean
    known |= {Decimal(100), *(Decimal(count) for count in counts)}
    everywhere += _results(answer, known)
    found: list[str] = []
    for line in nameless_lines(answer):
        marks = marks_in(line)
        cited = [quote for mark, quote in quotes.items() if not marks or mark in marks]
        support = [*everywhere, *_figures(cited)]
        found += [
            f"{figure.value.normalize():f}{figure.unit}"
            for figure in read_figures(without_places_of_order(_without(line, known), places))
            if not counts_reports(figure, counts)
            and not any(figure.same_as(other, qualified=False) for other in support)
        ]
    return tuple(found)


def _quote(citation: Mapping[str, Any], texts: Mapping[str, str]) -> Quote:
    text, start = texts.get(str(citation.get("source"))), citation.get("start")
    above = lines_above(text, start) if text and isinstance(start, int) else ""
    return quote_of_citation(citation), above


def _figures(quotes: Iterable[Quote]) -> list[Figure]:
    return [figure for quote, above in quotes for figure in read_quoted(quote, above)]


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
    shown += [*nameless_lines(answer), *map(str, answer.get("notes") or ())]
    for line in shown:
        for item in _sound(line, known):
            yield item.result
            if not item.result.unit:
                for unit in ("%", "百分点", "元"):
                    yield replace(item.result, unit=unit)
