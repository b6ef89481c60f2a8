"""Take down every figure of a report's paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.facts.events import missing_events
from ingest.facts.kinds import Meaning, read_kind
from ingest.facts.labels import Label, find_labels
from ingest.facts.sentences import Span, clause_starts, sentences
from rag.amounts import Amount, read_amounts
from rag.indicators import Register
from rag.models import Fact, Number, Paragraph, Qualifier, Removal, quote_of, stored_offsets

_CLAIM = 200  # characters of a quote, at most


@dataclass(frozen=True)
class _Source:
    """What turns offsets in a paragraph's reading into facts of the stored text."""

    paragraph: Paragraph
    text: str
    removals: Sequence[Removal]
    offsets: tuple[int, ...]
    year: int | None
    register: Register

    def stored(self, start: int, end: int) -> tuple[int, int]:
        return self.offsets[start], self.offsets[end - 1] + 1


def extract_facts(
    paragraphs: Sequence[Paragraph],
    *,
    text: str,
    removals: Sequence[Removal],
    year: int | None,
    register: Register,
) -> tuple[Fact, ...]:
    """The ledger of one report, in reading order.

    Args:
        text: the stored text, to which the facts' offsets belong.
        removals: what repair left out of the paragraphs, sorted and disjoint.
        year: the report's year; a figure of an earlier year is of the previous period.
    """
    facts: list[Fact] = []
    for paragraph in paragraphs:
        offsets = stored_offsets(paragraph.start, paragraph.end, removals)
        source = _Source(paragraph, text, removals, offsets, year, register)
        amounts = read_amounts(paragraph.reading)
        before = Span(0, 0)
        for sentence in sentences(paragraph.reading):
            inside = [a for a in amounts if sentence.start <= a.start < sentence.end]
            found = [*_figures(source, sentence, before, inside)]
            found += list(_events(source, sentence, before, found))
            facts += sorted(found, key=lambda fact: (fact.value_start, fact.start))
            before = sentence
    return tuple(facts)


def _figures(
    source: _Source, sentence: Span, before: Span, amounts: Sequence[Amount]
) -> Iterator[Fact]:
    starts = clause_starts(source.paragraph.reading, sentence)
    reading = source.paragraph.reading
    consumed = sentence.start
    previous: Label | None = None
    whole: int | None = None
    for index, amount in enumerate(amounts):
        clause = max(start for start in starts if start <= amount.start)
        right = amounts[index + 1].start if index + 1 < len(amounts) else sentence.end
        labels = find_labels(reading, max(clause, consumed), right, amount)
        whole = _whole(reading, amounts, index, whole)
        again = amount.unit == "%" and index > 0 and amounts[index - 1].unit == "%"
        meaning = _meaning(source, sentence, clause, amount)
        for named in labels:
            carried = named.rule == "carried" or (again and named.rule == "verb_before")
            label = _carried(named, previous) if carried else named
            subject = label.subject or _subject(source, sentence, before, label.claim_start)
            part_of = None if amount.unit == "%" else whole
            yield _fact(source, sentence, label, amount, meaning, subject=subject, whole=part_of)
        previous = labels[-1] if labels[-1].rule != "carried" else previous
        consumed = max(consumed, amount.end, labels[-1].end)


def _carried(label: Label, previous: Label | None) -> Label:
    if previous is None or label.claim_end - previous.claim_start > _CLAIM:
        return label
    return Label(previous.start, previous.end, previous.claim_start, label.claim_end, "carried")


def _whole(reading: str, amounts: Sequence[Amount], index: int, current: int | None) -> int | None:
    """Offset of the figure that this one is a part of (66宗(其中书面调解27宗,口头调解39宗))."""
    if index == 0:
        return None
    between = reading[amounts[index - 1].end : amounts[index].start]
    if re.search(r"\((?![^()]{1,6}\))|其中", between) and not re.search(r"[)]", between):
        if "(" not in between:  # 案件15件,罚没款2.3万元,其中简易程序3件
            alike = [a.start for a in amounts[:index] if a.unit == amounts[index].unit]
            return alike[-1] if alike else amounts[index - 1].start
        return amounts[index - 1].start
    return None if re.search(r"[)。;]", between) else current


def _meaning(source: _Source, sentence: Span, clause: int, amount: Amount) -> Meaning:
    reading = source.paragraph.reading
    return read_kind(
        reading[sentence.start : amount.start],
        reading[amount.end : sentence.end],
        clause=reading[clause : amount.start],
        role=source.paragraph.role,
        year=source.year,
        unit=amount.unit,
    )


def _subject(source: _Source, sentence: Span, before: Span, start: int) -> str:
    """What the sentence said before the label, behind the heading that it stands under.

    Where the label opens its sentence, the sentence before it as well.
    """
    reading = source.paragraph.reading
    subject = reading[max(sentence.start, start - 80) : start]
    if len(subject.strip()) < 4:
        subject = reading[max(before.start, before.end - 80) : before.end] + subject
    return subject


def _events(source: _Source, sentence: Span, before: Span, found: Sequence[Fact]) -> Iterator[Fact]:
    reading = source.paragraph.reading
    for event in missing_events(reading, sentence.start, sentence.end):
        label = Label(event.label_start, event.label_end, event.start, event.end, "no_event")
        amount = Amount(event.start, event.end, 0, None, None, "件", "exact")
        start, _ = source.stored(event.start, event.end)
        if any(fact.start <= start < fact.end for fact in found):
            continue
        clause = max(s for s in clause_starts(reading, sentence) if s <= event.start)
        meaning = _meaning(source, sentence, clause, amount)
        subject = _subject(source, sentence, before, event.start)
        fact = _fact(source, sentence, label, amount, meaning, subject=subject, whole=None)
        yield replace(fact, indicator=None) if event.some else fact


def _claim_start(reading: str, label: Label, meaning: Meaning) -> int:
    """Where the quote begins: with the clause, where that says that it was not achieved."""
    if meaning.kind == "achieved":
        return label.claim_start
    starts = clause_starts(reading, Span(0, label.claim_start + 1))
    sentence = [s.start for s in sentences(reading) if s.start <= label.claim_start]
    start = max(*starts, *sentence)
    return start + len(reading[start:]) - len(reading[start:].lstrip())


def _fact(
    source: _Source,
    sentence: Span,
    label: Label,
    amount: Amount,
    meaning: Meaning,
    *,
    subject: str,
    whole: int | None,
) -> Fact:
    paragraph = source.paragraph
    claim_start = max(_claim_start(paragraph.reading, label, meaning), label.claim_end - _CLAIM)
    start, end = source.stored(claim_start, label.claim_end)
    value_start, value_end = source.stored(amount.start, amount.end)
    named = label.claim_start if label.rule == "label_before" else label.start
    read_label = paragraph.reading[named : label.end]
    indicator = None
    if label.rule == "coordinated":  # its own words first: 出庭应诉率和胜诉率均为100%
        indicator = source.register.recognise(read_label, unit=amount.unit)
    if indicator is None:
        indicator = source.register.recognise(read_label, subject=subject, unit=amount.unit)
    if indicator is None and amount.unit != "%" and paragraph.section:
        heading = f"{paragraph.section[-1]};{subject}"  # 七、法治宣传。开展宣传44场
        indicator = source.register.recognise(read_label, subject=heading, unit=amount.unit)
    value: Number | None = amount.value
    qualifier: Qualifier = amount.qualifier
    return Fact(
        report_id=paragraph.report_id,
        paragraph=paragraph.number,
        section=paragraph.section,
        indicator=indicator.name if indicator else None,
        label=paragraph.text[label.start : label.end],
        value=value,
        low=amount.low,
        high=amount.high,
        unit=amount.unit,
        qualifier=qualifier,
        kind=meaning.kind,
        actor=meaning.actor,
        period=meaning.period,
        start=start,
        end=end,
        value_start=value_start,
        value_end=value_end,
        raw=source.text[start:end],
        quote=quote_of(source.text, start, end, source.removals),
        sentence=paragraph.reading[sentence.start : sentence.end].strip(),
        whole=source.stored(whole, whole + 1)[0] if whole is not None else None,
        rule=f"{label.rule}/{meaning.rule}",
    )
