"""The conversations kept in a reader's browser: which questions were asked, not the answers.

The page's script keeps them (ui/app/kept.js); what it tells of them may be of an older program
or made by hand, and what cannot be read is passed over. Opened again, each question is asked
again, so that no answer cites a report that is not stored any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ui.asks import Ask, asking

MOST_QUESTIONS = 30  # of one conversation; they fit into the address that exports it
LONGEST_TITLE = 80  # characters


@dataclass(frozen=True)
class Conversation:
    id: str
    at: str  # ISO time of the last question, UTC
    asks: tuple[Ask, ...]
    title: str = ""  # given by the reader; empty: the first question is its title

    @property
    def name(self) -> str:
        return self.title or self.asks[0].question


def read_kept(value: object) -> tuple[Conversation, ...]:
    """The conversations in what a browser gave back, the latest first."""
    entries = value if isinstance(value, list) else []
    found = (_conversation(entry) for entry in entries if isinstance(entry, dict))
    kept = [conversation for conversation in found if conversation is not None]
    return tuple(sorted(kept, key=lambda conversation: conversation.at, reverse=True))


def write_kept(talk: Conversation) -> dict[str, Any]:
    """A conversation as a browser is given it to keep; the title is the browser's own matter."""
    asks = [ask_record(ask) for ask in talk.asks[-MOST_QUESTIONS:]]
    return {"id": talk.id, "at": talk.at, "asks": asks}


def ask_record(ask: Ask) -> dict[str, Any]:
    """An Ask as JSON."""
    return {"question": ask.question, "places": list(ask.places), "years": list(ask.years)}


def read_ask(entry: object) -> Ask | None:
    """An Ask from JSON; None where it is none."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("question"), str):
        return None
    places = [place for place in _listed(entry, "places") if isinstance(place, str)]
    years = [year for year in _listed(entry, "years") if isinstance(year, int)]
    return asking(entry["question"], places, years)


def read_asks(value: object) -> tuple[Ask, ...]:
    """The questions of a conversation in what a browser gave back."""
    found = (read_ask(entry) for entry in (value if isinstance(value, list) else []))
    return tuple(ask for ask in found if ask is not None)[-MOST_QUESTIONS:]


def _conversation(entry: Mapping[str, Any]) -> Conversation | None:
    asks = read_asks(entry.get("asks"))
    name, at, title = (entry.get(key) for key in ("id", "at", "title"))
    if not asks or not isinstance(name, str) or not isinstance(at, str):
        return None
    return Conversation(name, at, asks, title if isinstance(title, str) else "")


def _listed(entry: Mapping[str, Any], key: str) -> list[Any]:
    value = entry.get(key)
    return value if isinstance(value, list) else []
