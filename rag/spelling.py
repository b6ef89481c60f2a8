"""The known word that a misspelt English word stands for."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST = 6  # letters of a word that is looked at; from ten on, two may be wrong


def nearest_word(word: str, known: Iterable[str]) -> str | None:
    """The one known word within a letter of this one (two from ten letters on), or None.

    A letter may be wrong, missing, too many, or changed places with its neighbour.

    >>> nearest_word("litgation", ["litigation", "mediation"])
    'litigation'
    """
    if len(word) < SHORTEST:
        return None
    allowed = 2 if len(word) >= 10 else 1
    first, low, high = word[0], len(word) - allowed, len(word) + allowed
    close = [
        other
        for other in known
        if low <= len(other) <= high and other[0] == first and within(word, other, allowed)
    ]
    nearest = [other for other in close if within(word, other, 1)] or close
    return nearest[0] if len(nearest) == 1 else None


def within(one: str, other: str, allowed: int) -> bool:
    """Whether at most so many letters have to be changed to make one word of the other."""
    if abs(len(one) - len(other)) > allowed:
        return False
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != against))
            swapped = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against
            row.append(min(cost, before[j - 2] + 1) if swapped else cost)
        if min(row) > allowed:
            return False
        before, last = last, row
    return last[-1] <= allowed
