"""The facts of tables that stand in plain text: rows under their header."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.forms import Wording
from ingest.facts.kinds import Meaning
from ingest.facts.labels import Label
from ingest.facts.ledger import Source, write_fact
from ingest.facts.naming import name_of
from ingest.facts.sentences import Span
from ingest.facts.tables import (
    Cell,
    RowFigure,
    is_change,
    is_done,
    is_earlier,
    is_header,
    is_rule,
    is_target,
    row_cells,
    row_figures,
    year_of,
)
from ingest.facts.topics import Topics
from rag.models import Fact, FactKind

_CAPTION_UNIT = re.compile(r"单位:\s*([\u4e00-\u9fff%‰]{1,4})")
_CAPTION = 40  # characters of the line above a table that may say what it is about, at most


class Rows:
    """Goes through a report's lines in order and keeps the header that rows stand under."""

    def __init__(self) -> None:
        self._header: tuple[Cell, ...] = ()
        self._unit = ""
        self._caption = ""  # the line above the table, where it is short

    def facts(self, source: Source, topics: Topics, line: Span) -> tuple[Fact, ...] | None:
        """The facts of a line; None where it is no row of a table."""
        reading = source.reading[line.start : line.end].rstrip("\n。")
        printed = source.paragraph.text[line.start : line.start + len(reading)]
        cells = row_cells(printed, reading, line.start)
        caption = _CAPTION_UNIT.search(reading)
        self._unit = caption[1] if caption else self._unit
        if not cells:
            self._caption = reading if len(reading) <= _CAPTION else ""
            if not caption:
                self._header, self._unit = (), ""
            return None
        if is_rule(cells):
            return ()
        if is_header(cells):
            self._header = cells
            return ()
        return tuple(self._row(source, topics, line, cells))

    def _row(
        self, source: Source, topics: Topics, line: Span, cells: tuple[Cell, ...]
    ) -> Iterator[Fact]:
        for figure in row_figures(cells, self._header, self._unit):
            yield _fact(source, topics, line, figure, self._caption)


def _fact(source: Source, topics: Topics, line: Span, figure: RowFigure, caption: str) -> Fact:
    amount, label = figure.amount, figure.label
    if is_change(figure.column):
        meaning = Meaning("change", None, None, "row")
    elif is_earlier(figure.column, source.year):
        meaning = Meaning("previous_period", None, None, "row")
    else:
        meaning = _reached(source, figure)
    counted = "" if meaning.kind == "change" else amount.unit  # a change is of what has changed
    wording = Wording(figure.named, counted, (caption, f"{caption};{topics.topic}"))
    indicator = name_of(source.register, wording)
    named = figure.counted if indicator is None else ""
    start = min(label.start, amount.start)
    end = max(label.end, amount.end)
    words = Label(label.start, label.end, start, end, "row")
    return write_fact(source, line, words, amount, meaning, indicator=indicator, named=named)


def _reached(source: Source, figure: RowFigure) -> Meaning:
    """What a figure of no earlier time stands for: reached, aimed at, or a village's."""
    done = is_done(figure.column, source.year)
    target = is_target(figure.column) or (source.role == "plans" and not done)
    kind: FactKind = "target" if target else "other_actor" if figure.village else "achieved"
    period = year_of(figure.column) or (str(source.year) if source.year else None)
    return Meaning(kind, figure.village, period, "row")
