"""Take down every figure of a report's paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.facts.events import denied_under, missing_events
from ingest.facts.figures import meaning_of, sentence_figures
from ingest.facts.forms import Wording
from ingest.facts.labels import Label
from ingest.facts.ledger import Source, write_fact
from ingest.facts.naming import name_of
from ingest.facts.outlook import Outlook
from ingest.facts.rows import Rows
from ingest.facts.sentences import Span, clause_starts, sentences
from ingest.facts.subjects import heading_subject
from ingest.facts.topics import Topics
from rag.amounts import Amount, read_amounts
from rag.indicators import Register
from rag.models import Fact, Paragraph, Removal, stored_offsets


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
    topics, outlook, rows = Topics(), Outlook(), Rows()
    for paragraph in paragraphs:
        offsets = stored_offsets(paragraph.start, paragraph.end, removals)
        source = Source(paragraph, text, removals, offsets, year, register, paragraph.role)
        amounts = read_amounts(paragraph.reading)
        topics.enter(paragraph)
        before = Span(0, 0)
        for sentence in sentences(paragraph.reading):
            words = paragraph.reading[sentence.start : sentence.end]
            source = replace(source, role=outlook.role_of(paragraph, words, year))
            found = rows.facts(source, topics, sentence)
            if found is None:
                inside = [a for a in amounts if sentence.start <= a.start < sentence.end]
                found = _sentence(source, topics, sentence, before, inside)
            facts += found
            before = sentence
    return tuple(facts)


def _sentence(
    source: Source, topics: Topics, sentence: Span, before: Span, amounts: Sequence[Amount]
) -> tuple[Fact, ...]:
    found = list(sentence_figures(source, topics, sentence, before, amounts))
    found += _events(source, topics, sentence, before, amounts)
    return tuple(sorted(found, key=lambda fact: (fact.value_start, fact.start)))


def _events(
    source: Source, topics: Topics, sentence: Span, before: Span, amounts: Sequence[Amount]
) -> Iterator[Fact]:
    reading = source.reading
    heading = heading_subject(topics)
    bare = denied_under(heading, reading, sentence.start, sentence.end)
    events = [bare] if bare else missing_events(reading, sentence.start, sentence.end)
    for event in events:
        if any(event.start <= amount.start < event.end for amount in amounts):
            continue
        label = Label(event.label_start, event.label_end, event.start, event.end, "no_event")
        amount = Amount(event.start, event.end, 0, None, None, event.unit, "exact")
        clause = max(s for s in clause_starts(reading, sentence) if s <= event.start)
        indicator = None
        if not event.some:
            words = heading if bare else reading[event.label_start : event.label_end]
            contexts = topics.contexts(reading, sentence, before, event.start)
            indicator = name_of(source.register, Wording(words, event.unit, contexts))
        said = replace(amount, start=event.end) if event.intended(reading) else amount
        meaning = meaning_of(source, sentence, clause, said)
        named = heading if bare else ""
        yield write_fact(source, sentence, label, amount, meaning, indicator=indicator, named=named)
