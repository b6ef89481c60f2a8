"""The whole matrix as a file."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict

from rag.models import Language
from rag.stores import Stores
from ui.ledger.matrix import matrix_headings, matrix_of, matrix_rows, stated_indicators
from ui.rooms.indicators.wanted import Wanted
from ui.tables import Sheet, write_csv_rows, write_workbook

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
KEPT = 4  # files of the last exports, so that a second click costs nothing


class Exports:
    """Files of the matrix, made one at a time: each reads every report. Many threads may ask."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._kept: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def file(self, form: str, wanted: Wanted, language: Language) -> bytes:
        """All reports of the place and year against every indicator, or the one charted."""
        with self._lock, self._stores.snapshot() as state:
            generation = state.database.generation()
            key = (generation, form, wanted.place, wanted.year, wanted.indicator, language)
            if key not in self._kept:
                self._kept[key] = _file(form, wanted, language, state)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            return self._kept[key]


def _file(form: str, wanted: Wanted, language: Language, state: Stores) -> bytes:
    cards = [card for card in state.database.cards() if wanted.fits(card)]
    named = [wanted.indicator] if wanted.indicator in state.register else []
    matrix = matrix_of(state, stated_indicators(state, named), cards)
    headings = matrix_headings(matrix, state.register, language)
    rows = matrix_rows(matrix, language)
    if form == "csv":
        text = io.StringIO()
        write_csv_rows(headings, rows, text)
        return text.getvalue().encode("utf-8-sig")  # a spreadsheet then knows the encoding
    whole = io.BytesIO()
    write_workbook((Sheet("fazhi", headings, list(rows)),), whole)
    return whole.getvalue()
