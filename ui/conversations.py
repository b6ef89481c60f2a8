"""The conversations kept in a reader's browser: which questions were asked, not the answers.

Opened again, each question is asked again, so that no answer cites a report that is not
stored any more. What a browser gives back may be of an older program or made by hand:
what cannot be read is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ui.asks import Ask, asking

MOST_CONVERSATIONS = 40  # a browser keeps some megabytes for a page
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


def write_kept(conversations: Sequence[Conversation]) -> list[dict[str, Any]]:
    """What a browser is given to keep."""
    return [
        {
            "id": conversation.id,
            "at": conversation.at,
            "title": conversation.title,
            "asks": [ask_record(ask) for ask in conversation.asks],
        }
        for conversation in conversations
    ]


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


def with_conversation(
    kept: Sequence[Conversation], changed: Conversation
) -> tuple[Conversation, ...]:
    """The kept ones with this one put first; its title stays, the oldest may go."""
    before = find(kept, changed.id)
    if before is not None and not changed.title:
        changed = replace(changed, title=before.title)
    changed = replace(changed, asks=changed.asks[-MOST_QUESTIONS:])
    others = [conversation for conversation in kept if conversation.id != changed.id]
    return (changed, *others)[:MOST_CONVERSATIONS]


def renamed(kept: Sequence[Conversation], name: str, title: str) -> tuple[Conversation, ...]:
    """The kept ones, that with this id under another title; an empty title is none."""
    title = " ".join(title.split())[:LONGEST_TITLE]
    return tuple(replace(c, title=title) if c.id == name else c for c in kept)


def without(kept: Sequence[Conversation], name: str) -> tuple[Conversation, ...]:
    """The kept ones but that with this id."""
    return tuple(conversation for conversation in kept if conversation.id != name)


def find(kept: Sequence[Conversation], name: str) -> Conversation | None:
    """The kept one with this id."""
    return next((conversation for conversation in kept if conversation.id == name), None)


def _conversation(entry: Mapping[str, Any]) -> Conversation | None:
    found = (read_ask(ask) for ask in _listed(entry, "asks"))
    asks = tuple(ask for ask in found if ask is not None)
    name, at, title = (entry.get(key) for key in ("id", "at", "title"))
    if not asks or not isinstance(name, str) or not isinstance(at, str):
        return None
    return Conversation(name, at, asks, title if isinstance(title, str) else "")


def _listed(entry: Mapping[str, Any], key: str) -> list[Any]:
    value = entry.get(key)
    return value if isinstance(value, list) else []
