"""The figures of one sentence, each with its label, its indicator and its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.coordination import run_length
from ingest.facts.kinds import Meaning, read_kind
from ingest.facts.labels import Label, find_labels
from ingest.facts.ledger import CLAIM, Source, write_fact
from ingest.facts.naming import name_of
from ingest.facts.sentences import Span, clause_starts
from ingest.facts.topics import Topics
from ingest.facts.wholes import alike, is_total, whole_of
from ingest.facts.wordings import Around, Figure, Known, wording_of
from rag.amounts import Amount
from rag.models import Fact

_OF_THE_LAST = re.compile(r"者|的(?:人|人员|干部)?|及?以上(?:者|的)")  # 90分以上者76人


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
    for index, amount in enumerate(amounts):
        clause = max(start for start in starts if start <= amount.start)
        right = amounts[index + 1].start if index + 1 < len(amounts) else sentence.end
        if not listed:
            left = max(_before_mark(source.reading, starts, clause, amount), consumed)
            labels = find_labels(source.reading, left, right, amount)
            if index and _OF_THE_LAST.fullmatch(
                source.reading, amounts[index - 1].end, amount.start
            ):
                start = amounts[index - 1].start
                labels = (Label(start, amount.start, start, amount.end, "label_before"),)
            listed = _listed(source.reading, clause, amounts, index, labels, known)
        if listed:
            labels, listed = (listed[0],), listed[1:]
        whole = whole_of(source.reading, amounts, index, whole)
        meaning = meaning_of(source, sentence, clause, amount)
        again = amount.unit == "%" and index > 0 and amounts[index - 1].unit == "%"
        total = is_total(source.reading, clause, amounts, index)
        for named in labels:
            carried = named.rule == "carried" or (again and named.rule == "verb_before")
            label, base = (named, "" if meaning.kind == "change" else amount.unit)
            if carried and not total:
                label, base = _carried(named, known, amount, meaning)
            part_of = whole.start if whole and alike(whole.unit, amount.unit) else None
            figure = Figure(label, amount, meaning, base, part_of)
            yield _fact(source, topics, Around(before, sentence, known, opening), figure)
        known += [Known(label, amount.unit) for label in labels if label.rule != "carried"]
        consumed = max(consumed, amount.end, labels[-1].end)


def _before_mark(reading: str, starts: Sequence[int], clause: int, amount: Amount) -> int:
    """Where the words that name an amount begin, when only a mark parts them from it.

    A colon (行政检查:120次) and a closed bracket (调解员(含专职调解员)112人) do.
    """
    while clause > starts[0] and not reading[clause : amount.start].strip(" 约共达近超为"):
        mark = reading[clause - 1]
        if mark == ":":
            clause = max(start for start in starts if start < clause)
        elif mark == ")":
            opened = reading.rfind("(", starts[0], clause)
            clause = max((start for start in starts if start <= opened), default=starts[0])
        else:
            break
    return clause


def meaning_of(source: Source, sentence: Span, clause: int, amount: Amount) -> Meaning:
    """What the words around an amount say of it."""
    reading = source.reading
    return read_kind(
        reading[sentence.start : amount.start],
        reading[amount.end : sentence.end],
        clause=reading[clause : amount.start],
        role=source.role,
        year=source.year,
        unit=amount.unit,
    )


def _fact(source: Source, topics: Topics, around: Around, figure: Figure) -> Fact:
    label, reading = figure.label, source.reading
    wording = wording_of(source, topics, around, figure)
    indicator = name_of(source.register, wording)
    if not wording.bare:
        topics.last[figure.amount.unit] = reading[label.start : label.end]
    return write_fact(
        source,
        around.sentence,
        label,
        figure.amount,
        figure.meaning,
        indicator=indicator,
        named=wording.subject if wording.bare and indicator is None else "",
        whole=figure.whole,
    )


def _listed(
    reading: str,
    clause: int,
    amounts: Sequence[Amount],
    index: int,
    labels: Sequence[Label],
    known: Sequence[Known],
) -> list[Label]:
    """The labels of figures listed side by side, one each: A率、B率分别为90%、80%."""
    length = run_length(reading, amounts, index)
    if length < 2 or "分别" not in reading[clause : amounts[index].start]:
        return []
    if len(labels) == length:
        each = list(labels)
    elif labels[0].rule != "label_before" and len(known) >= length:
        each = [one.label for one in known[-length:]]
    else:
        return []
    return [
        Label(label.start, label.end, label.claim_start, amount.end, "respective", label.subject)
        for label, amount in zip(each, amounts[index : index + length], strict=True)
    ]


def _carried(
    label: Label, known: Sequence[Known], amount: Amount, meaning: Meaning
) -> tuple[Label, str]:
    """The label of an earlier figure for one that has none, and that figure's unit.

    A rate goes on from the rate before it; by how much something changed, from anything.
    """
    same = [one for one in known if (one.unit == "%") == (amount.unit == "%")]
    found = known if meaning.kind == "change" or not same else same
    found = (
        [one for one in found if one.unit == amount.unit]
        or [one for one in found if alike(one.unit, amount.unit)]
        or found
    )
    if not found or label.claim_end - found[-1].label.claim_start > CLAIM:
        return label, amount.unit
    last, unit = found[-1].label, found[-1].unit
    carried = Label(last.start, last.end, last.claim_start, label.claim_end, "carried")
    return carried, unit if meaning.kind == "change" else amount.unit
