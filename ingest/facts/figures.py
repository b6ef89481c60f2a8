"""The figures of one sentence, each with its label, its indicator and its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.facts.carrying import (
    carried_on,
    counted_among,
    dwellers,
    fulfils,
    goes_right_on,
    label_to_come,
    listed_first,
    measured_with,
    of_each,
    of_the_last,
    remainder,
)
from ingest.facts.coordination import run_length
from ingest.facts.kinds import Meaning, moves_by, read_kind
from ingest.facts.known import Known, outside_brackets
from ingest.facts.labels import Label, find_labels
from ingest.facts.ledger import Source, write_fact
from ingest.facts.naming import name_of, name_of_sum
from ingest.facts.sentences import Span, clause_starts
from ingest.facts.topics import Topics
from ingest.facts.wholes import alike, is_total, of_the_year, whole_of
from ingest.facts.wordings import Around, Figure, wording_of
from rag.amounts import Amount
from rag.models import Fact

_BOUND_ONLY = re.compile(r"(?:不少于|不低于|不超过|至少|[\s约共达近超为])*")
_EVERY = re.compile(r"每(?:半)?(?:年|季度?|月|学期|周)[^,。;\d]{0,14}$")
_OFTEN = frozenset("次 场 场次 期 学时 课时".split())
_PICKS = re.compile(r"以[上下]的[\u4e00-\u9fff]{1,6}(?:有|共|达|为|是|:|\d)")


def sentence_figures(
    source: Source, topics: Topics, sentence: Span, before: Span, amounts: Sequence[Amount]
) -> Iterator[Fact]:
    """The facts of a sentence's amounts, in order; `before` is the sentence before it."""
    starts = clause_starts(source.reading, sentence)
    consumed = sentence.start
    known: list[Known] = []  # the labels so far, without those that were carried on
    listed: list[Label] = []  # of the figures to come in a list that names its labels first
    labels: tuple[Label, ...] = ()
    whole: Amount | None = None
    opening = dict(topics.last)
    meaning: Meaning | None = None
    found: list[Fact] = []
    for index, amount in enumerate(amounts):
        clause = max(start for start in starts if start <= amount.start)
        right = amounts[index + 1].start if index + 1 < len(amounts) else sentence.end
        if not listed:
            left = max(_before_mark(source.reading, starts, clause, amount), consumed)
            labels = of_the_last(source.reading, amounts, index) or find_labels(
                source.reading, left, right, amount
            )
            listed = listed_first(source.reading, clause, amounts, index, labels, known)
            labels = label_to_come(source.reading, amounts, index, labels[0], known) or labels
            labels = measured_with(source.reading, sentence, amounts, index, labels[0]) or labels
        if listed:
            labels, listed = (listed[0],), listed[1:]
        whole = whole_of(source.reading, amounts, index, whole)
        entire = whole or of_the_year(source.reading, sentence.start, amounts, index)
        meaning = _meaning(source, sentence, clause, amounts, index, labels, meaning)
        for named in labels:
            label, base = _named(source, amounts, index, clause, named, known, meaning)
            part_of = entire.start if entire and alike(entire.unit, amount.unit) else None
            figure = Figure(label, amount, meaning, base, part_of)
            around = Around(before, sentence, known, opening)
            parts = [fact.indicator for fact in found if fact.unit == amount.unit]
            found.append(_fact(source, topics, around, figure, parts))
            yield found[-1]
        known += [
            Known(label, amount.unit, meaning.kind, amount.start, amount.value)
            for label in labels
            if label.rule != "carried" and source.reading[label.start : label.end] != meaning.actor
        ]
        consumed = max(
            consumed, amount.end, *(label.end for label in labels if label.rule != "to_come")
        )


def _named(
    source: Source,
    amounts: Sequence[Amount],
    index: int,
    clause: int,
    label: Label,
    known: Sequence[Known],
    meaning: Meaning,
) -> tuple[Label, str]:
    """The label of a figure, its own or an earlier one's, and the unit of what is counted."""
    reading, amount = source.reading, amounts[index]
    again = amount.unit == "%" and index > 0 and amounts[index - 1].unit == "%"
    carried = label.rule == "carried" or (again and label.rule == "verb_before")
    carried = carried or fulfils(reading[label.start : label.end], amount, known)
    total = is_total(reading, clause, amounts, index) if carried else None
    if total:
        return replace(label, start=total.start, end=total.end, rule="total"), amount.unit
    if carried:
        of_people = dwellers(reading, amounts, index, label, known)
        if of_people:
            return of_people, amount.unit
        goes_on = goes_right_on(reading, amounts, index)
        each = of_each(reading, amounts, index, known)
        known = outside_brackets(reading, known, amount.start)
        if index and amounts[index - 1].end == amount.start and meaning.kind != "change":
            known = known[-1:]  # 接待群众412人次,其中集体访8批96人次
        return carried_on(label, known, amount, meaning, goes_on=goes_on, each=each)
    by_share = amount.unit in ("%", "‰") or amount.unit.endswith("点")
    moves = meaning.kind == "change" or moves_by(reading[clause : amount.start])
    return label, "" if moves and by_share else amount.unit


def _before_mark(reading: str, starts: Sequence[int], clause: int, amount: Amount) -> int:
    """Where the words that name an amount begin, when only a mark parts them from it.

    A colon (行政检查:120次), a closed bracket (调解员(含专职调解员)112人) and one that holds
    nothing else (噪音(132件)、占道(97件)) do.
    """
    while clause > starts[0] and _BOUND_ONLY.fullmatch(reading, clause, amount.start):
        mark = reading[clause - 1]
        if mark == ":":
            clause = max(start for start in starts if start < clause)
        elif mark == ")":
            opened = reading.rfind("(", starts[0], clause)
            clause = max((start for start in starts if start <= opened), default=starts[0])
        elif mark == "(" and reading[amount.end : amount.end + 1] == ")":
            clause = max(start for start in starts if start < clause)
        else:
            break
    return clause


def _meaning(
    source: Source,
    sentence: Span,
    clause: int,
    amounts: Sequence[Amount],
    index: int,
    labels: Sequence[Label],
    last: Meaning | None,
) -> Meaning:
    """What is said of a figure; of one joined to a change, the same: 减少18批、46人次."""
    joined = index > 0 and run_length(source.reading, amounts[: index + 1], index - 1) > 1
    if last and last.kind == "change" and joined and labels[0].rule == "carried":
        return last
    if source.reading[clause - 1 : clause] == "(" and last is not None:
        starts = clause_starts(source.reading, sentence)
        clause = _before_mark(source.reading, starts, clause, amounts[index])
    return meaning_of(source, sentence, clause, amounts[index])


def meaning_of(source: Source, sentence: Span, clause: int, amount: Amount) -> Meaning:
    """What the words around an amount say of it."""
    reading = source.reading
    meaning = read_kind(
        reading[sentence.start : amount.start],
        reading[amount.end : sentence.end],
        clause=reading[clause : amount.start],
        role=source.role,
        year=source.year,
        unit=amount.unit,
    )
    bound = reading[amount.start : amount.end].endswith("以上") and amount.unit in _OFTEN
    if meaning.kind == "achieved" and bound and _EVERY.search(reading, clause, amount.start):
        return replace(meaning, kind="requirement", rule="norm")  # 每年集中学法2次以上
    return meaning


def _fact(
    source: Source,
    topics: Topics,
    around: Around,
    figure: Figure,
    parts: Sequence[str | None],
) -> Fact:
    """A figure as a fact; `parts` are the names of the sentence's figures of its unit so far."""
    label, reading = figure.label, source.reading
    wording = wording_of(source, topics, around, figure)
    picks = _PICKS.match(reading, figure.amount.end - 2)  # 总量100件以上的中队有3个
    indicator = None if picks else name_of(source.register, wording)
    if label.rule == "total" and any(parts):
        indicator = name_of_sum(source.register, parts)
    if not wording.bare:
        topics.last[figure.amount.unit] = reading[label.start : label.end]
    unnamed = wording.bare or label.start == label.end
    named = wording.subject if unnamed and indicator is None else ""
    if indicator is None:
        said = remainder(reading, around.sentence, label, figure.amount)
        named = named or counted_among(reading, label, figure.amount.unit, around.known)
        named, label = (named + reading[label.start : label.end], said) if said else (named, label)
    return write_fact(
        source,
        around.sentence,
        label,
        figure.amount,
        figure.meaning,
        indicator=indicator,
        named=named,
        whole=figure.whole,
    )
