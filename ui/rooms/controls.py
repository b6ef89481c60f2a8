"""Controls that the search forms of several rooms have."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape


def select(name: str, label: str, options: Sequence[tuple[str, str]], chosen: str) -> str:
    """A choice among (value, words), as HTML; its id is by-NAME."""
    items = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{escape(text)}</option>"
        for value, text in options
    )
    return f'<select name="{name}" id="by-{name}" aria-label="{escape(label)}">{items}</select>'
