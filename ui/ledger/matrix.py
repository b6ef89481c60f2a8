"""The matrix of reports and indicators as rows of records and of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.census import Matrix, take_matrix
from rag.compose.phrases import figure
from rag.indicators import Register
from rag.judgements import Judgement
from rag.ledger import Ledger
from rag.models import Contradiction, Language, ReportCard
from rag.stores import Stores
from ui.ledger.words import said
from ui.records import Record, place_record

PLACE_KEYS = ("town", "county", "city", "province", "year", "source")


def matrix_of(
    stores: Stores, indicators: Sequence[str], cards: Sequence[ReportCard] | None = None
) -> Matrix:
    """What these reports, or all that answer, state of these indicators."""
    ledger = Ledger(stores.database)
    chosen = ledger.cards() if cards is None else cards
    return take_matrix(
        indicators, chosen, ledger=ledger, lexical=stores.lexical, register=stores.register
    )


def stated_indicators(stores: Stores, wanted: Sequence[str] = ()) -> tuple[str, ...]:
    """The indicators that any report states, in the order of the register; of the wanted, all."""
    if wanted:
        return tuple(dict.fromkeys(wanted))
    stated = stores.database.indicator_names()
    return tuple(one.name for one in stores.register.indicators if one.name in stated)


def heading(name: str, register: Register, language: Language) -> str:
    """An indicator in the reader's language."""
    return name if language == "zh" else register.get(name).en


def cell_words(judgement: Judgement, language: Language, *, flag: bool = True) -> str:
    """A cell in words: the figure as printed, or which gap it is; never 0 for a gap."""
    fact = judgement.fact
    if judgement.state == "implied":
        value = f"{judgement.value}%"
        words = said("gaps", "implied", language)
        shown = words.format(value=value, derivation=judgement.derivation)
    elif judgement.state != "match" or fact is None:
        shown = said("gaps", judgement.state, language)
    elif fact.rule.startswith("no_event"):
        shown = said("gaps", "none", language)
    else:
        shown = figure(fact, language)
    if flag and judgement.contradictions:
        told = contradictions_in_words(judgement.contradictions, language)
        shown += " " + said("signs", "conflict", language).format(what=told)
    return shown


def contradictions_in_words(found: Sequence[Contradiction], language: Language) -> str:
    told = (f"{said('checks', one.check, language)} {one.arithmetic}" for one in found)
    return said("signs", "also", language).join(told)


def place_of(card: ReportCard) -> Record:
    return {**place_record(card.place), "year": card.year, "source": card.source}


def matrix_rows(matrix: Matrix, language: Language) -> Iterator[list[object]]:
    """A line a report: place, year and file, then a cell an indicator."""
    for card in matrix.cards:
        place = place_of(card)
        cells = (cell_words(matrix.cell(card, name), language) for name in matrix.indicators)
        yield [*(place[key] for key in PLACE_KEYS), *cells]


def matrix_headings(matrix: Matrix, register: Register, language: Language) -> list[str]:
    places = [said("columns", key, language) for key in PLACE_KEYS]
    return [*places, *(heading(name, register, language) for name in matrix.indicators)]


def matrix_records(matrix: Matrix) -> Iterator[Record]:
    """The matrix for programs: a record a report, its cells by indicator."""
    for card in matrix.cards:
        cells = {name: _cell_record(matrix.cell(card, name)) for name in matrix.indicators}
        yield {"report_id": card.id, **place_of(card), "cells": cells}


def _cell_record(judgement: Judgement) -> Record:
    fact = judgement.fact if judgement.state == "match" else None
    stated = fact is not None
    computed = judgement.value if judgement.state == "implied" else None
    return {
        "state": "stated" if stated else judgement.state,
        "label": fact.label if fact else None,
        "value": fact.value if fact else computed,
        "low": fact.low if fact else None,
        "high": fact.high if fact else None,
        "unit": fact.unit if fact else ("%" if computed is not None else None),
        "qualifier": fact.qualifier if fact else None,
        "derivation": judgement.derivation,
        "paragraph": fact.paragraph if fact else None,
        "start": fact.start if fact else None,
        "end": fact.end if fact else None,
        "quote": fact.quote if fact else None,
        "contradictions": [one.arithmetic for one in judgement.contradictions],
    }
