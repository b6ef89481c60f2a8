"""What the command line prints of reports and figures: rows, headings, warnings."""

from __future__ import annotations

import io
from dataclasses import replace

from rag.stores import Stores
from ui.messages import Messages
from ui.records import FACT_KEYS, card_record
from ui.tables import write_csv, write_table


def test_a_cell_that_a_spreadsheet_would_compute_is_made_text() -> None:
    out = io.StringIO()
    write_csv([{"label": "=1+1", "value": -5}], ("label", "value"), out)
    assert out.getvalue() == "label,value\r\n'=1+1,-5\r\n"


def test_a_table_has_headings_in_the_readers_language() -> None:
    for language, heading in (("zh", "镇"), ("en", "town")):
        out = io.StringIO()
        write_table([{"town": "马武镇"}], ("town",), out, Messages(language))  # type: ignore[arg-type]
        assert out.getvalue().split() == [heading, "─" * len(out.getvalue().split()[1]), "马武镇"]


def test_records_of_superseded_and_unreadable_reports_say_so(sample_stores: Stores) -> None:
    card = replace(sample_stores.database.cards()[0], superseded_by="other", unreadable=True)
    codes = [warning.partition(":")[0] for warning in card_record(card)["warnings"]]
    assert codes[-2:] == ["superseded", "unreadable"]


def test_every_column_and_message_is_said_in_both_languages() -> None:
    chinese, english = Messages("zh"), Messages("en")
    for key in (*FACT_KEYS, "verdict", "error"):
        assert chinese(f"column_{key}") != english(f"column_{key}")
