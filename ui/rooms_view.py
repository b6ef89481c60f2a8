"""The navigation between the rooms of the page, as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from ui.texts import Texts


@dataclass(frozen=True)
class Doorway:
    """A room as the others name it."""

    path: str  # below the page's own address; "" is the chat
    name: str  # key of texts.yaml
    kept: bool = False  # for administrators only (ui.access)


DOORWAYS = (
    Doorway("", "room_chat"),
    Doorway("reports", "room_reports", kept=True),
    Doorway("indicators", "room_indicators"),
    Doorway("evaluation", "room_evaluation"),
)


def render_rooms(current: str, texts: Texts, *, admin: bool) -> str:
    """Links to the rooms; what is kept for administrators is named to them only.

    The links are relative, so that they hold below whatever path a proxy puts the page.
    """
    links = "".join(
        _link(door, door.path == current, texts)
        for door in DOORWAYS
        if admin or not door.kept or door.path == current
    )
    return f'<nav aria-label="{escape(texts("rooms"))}"><ul>{links}</ul></nav>'


def _link(door: Doorway, here: bool, texts: Texts) -> str:
    current = ' aria-current="page"' if here else ""
    return f'<li><a href="./{escape(door.path)}"{current}>{escape(texts(door.name))}</a></li>'
