"""What the page knows of an answer it shows, and the addresses that its controls send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from ui.asks import Ask, asks_query
from ui.findings_table import AS_AT_FIRST, TableView, view_values
from ui.source_view import DOWNLOADS


@dataclass(frozen=True)
class Shown:
    """An answer on the page: its id, what was asked (it comes last), how its table is wanted."""

    id: str
    asks: tuple[Ask, ...]
    view: TableView = AS_AT_FIRST
    thumb: str = ""  # up | down, what its reader thought of it

    def act(self, do: str, values: Mapping[str, str] | None = None) -> str:
        """The address query by which a control of the answer says what it does."""
        return "?" + urlencode({"answer": self.id, "do": do, **(values or {})})

    def turn(self, view: TableView) -> str:
        """The address query by which a control of the table asks for another view."""
        return self.act("table", view_values(view))

    @property
    def link(self) -> str:
        """The address that asks this again, to be shared."""
        return asks_query(self.asks)

    def download(self, form: str) -> str:
        """The address of the answer as a file, its table sorted and narrowed as it is shown."""
        view = {key: value for key, value in view_values(self.view).items() if key != "page"}
        return f"{DOWNLOADS}answer.{form}{asks_query(self.asks, **view)}"
