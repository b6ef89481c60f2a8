"""Buttons of an answer as HTML: they send an address query, which the page's script passes on."""

from __future__ import annotations

from html import escape


def button(label: str, do: str, key: str, *, classes: str = "", attributes: str = "") -> str:
    """A button that does `do`; `label` is HTML, `key` its id, by which it keeps the focus.

    >>> button("Again", "?do=again", "a1-again")
    '<button type="button" id="a1-again" data-do="?do=again">Again</button>'
    """
    named = f' class="{classes}"' if classes else ""
    more = f" {attributes}" if attributes else ""
    return (
        f'<button type="button" id="{escape(key)}"{named} data-do="{escape(do)}"{more}>'
        f"{label}</button>"
    )
