"""What was asked, and the addresses that ask it again.

An address such as `?q=first&q=second&place=马武镇&year=2024` is a conversation: each `q`
a question, the places and years those that it is narrowed to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

LONGEST_QUESTION = 500  # characters; what is longer is no question
MOST_IN_ADDRESS = 12  # questions; browsers and servers cut an address that is too long


@dataclass(frozen=True)
class Ask:
    """A question with the places and years it is narrowed to; empty tuples mean all."""

    question: str
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


def asking(question: str, places: Sequence[str] = (), years: Sequence[int] = ()) -> Ask | None:
    """What somebody typed as an Ask; None where there is no question in it."""
    text = question.strip()[:LONGEST_QUESTION]
    return Ask(text, tuple(places), tuple(years)) if text else None


def asks_query(asks: Sequence[Ask], **more: str) -> str:
    """The address query that asks these again, narrowed as the last one is.

    >>> asks_query([Ask("应诉率？", years=(2024,))], lang="en")
    '?q=%E5%BA%94%E8%AF%89%E7%8E%87%EF%BC%9F&year=2024&lang=en'
    """
    if not asks:
        return "?" + urlencode(more) if more else ""
    pairs: list[tuple[str, str | int]] = [("q", ask.question) for ask in asks[-MOST_IN_ADDRESS:]]
    pairs += [("place", place) for place in asks[-1].places]
    pairs += [("year", year) for year in asks[-1].years]
    return "?" + urlencode([*pairs, *more.items()])


def asks_of(query: str) -> tuple[Ask, ...]:
    """What an address query asks; nothing where it holds no question.

    >>> asks_of("?q=%E7%BD%9A%E6%AC%BE&year=2024&year=x&lang=en")
    (Ask(question='罚款', places=(), years=(2024,)),)
    """
    values = parse_qs(query.removeprefix("?"))
    places = values.get("place", [])
    years = [int(year) for year in values.get("year", []) if year.isascii() and year.isdecimal()]
    found = (asking(question, places, years) for question in values.get("q", []))
    return tuple(ask for ask in found if ask is not None)[-MOST_IN_ADDRESS:]


def value_in(query: str, key: str) -> str:
    """The first value an address query gives for a key; empty where it gives none."""
    return parse_qs(query.removeprefix("?")).get(key, [""])[0]
