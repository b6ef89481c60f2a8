"""Addresses within the room, as its links name them.

Gradio's pages take relative addresses from the chat's; so a link names its room too.
"""

from __future__ import annotations

from urllib.parse import urlencode

from ui.source_view import SourceLink, link_query

ROOM = "./reports"


def room_link(query: str) -> str:
    """The address of the room with this query; "" or "?" is the whole list.

    >>> room_link("?page=2"), room_link("?")
    ('./reports?page=2', './reports')
    """
    return ROOM + (query if query != "?" else "")


def report_link(report_id: str) -> str:
    """The address of a report read as a whole.

    >>> report_link("a1 b")
    './reports?report=a1+b'
    """
    return room_link("?" + urlencode({"report": report_id}))


def place_link(place: SourceLink) -> str:
    """The address of a place in a report that is read as a whole."""
    return room_link(link_query(place))
