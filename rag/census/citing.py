"""What a table's findings may cite: its words with their quotes, and where they stand."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from rag.census.indicator_columns import Column, Figures
from rag.census.mentions import Texts
from rag.judgements import Citable, Judgement, Placed, Span
from rag.models import Fact, quote_of
from rag.reports import Reports


def with_quotes(spans: Iterable[Span], ledger: Figures) -> dict[Span, Span]:
    """The spans that came without their words, each with them."""
    bare: dict[str, list[Span]] = {}
    for span in spans:
        if not span.raw:
            bare.setdefault(span.report_id, []).append(span)
    read = {}
    for report_id, text, removals in ledger.sources(bare) if bare else ():
        for span in bare[report_id]:
            quote = quote_of(text, span.start, span.end, removals)
            read[span] = replace(span, raw=text[span.start : span.end], quote=quote)
    return read


def placed(words: Iterable[Fact | Span], reports: Reports, texts: Texts) -> Placed:
    """Section and page of the words that stand in reports with pages."""
    paged = {card.id for card in reports if card.pages}
    names = {f"{one.report_id}#{one.paragraph}" for one in words if one.report_id in paged}
    found = texts.paragraphs(ids=names) if names else ()
    return {paragraph.id: (paragraph.section, paragraph.page) for paragraph in found}


def quoted(column: Column, ledger: Figures) -> Column:
    """The judgements of a column, their spans with the words that were not known yet."""
    read = with_quotes((span for one in column.values() for span in one.spans), ledger)
    if not read:
        return column
    return {
        report_id: replace(one, spans=tuple(read.get(span, span) for span in one.spans))
        if one.spans
        else one
        for report_id, one in column.items()
    }


def citable_of(column: Column, key: Hashable, reports: Reports, ledger: Figures) -> Citable:
    """What the findings of a column may cite.

    Args:
        key: names all that the column depends on.
    """
    words = partial(_words, column)
    places = ledger.once(("placed", key), lambda: placed(words(), reports, ledger))
    return Citable(key, words, places)


def _words(column: Mapping[str, Judgement]) -> Iterator[Fact | Span]:
    for judgement in column.values():
        if judgement.fact is not None:
            yield judgement.fact
        yield from judgement.others
        yield from judgement.beside
        yield from judgement.spans
