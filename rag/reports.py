"""The reports that a question is about, and what is made of all of them once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from rag.models import ReportCard

T = TypeVar("T")


class Reports(tuple[ReportCard, ...]):
    """Cards in order. While nothing changes the same ones are given for the same scope.

    What an answer needs of thousands of reports, such as an index of their names, is made
    of them once and shared by all answers about them.
    """

    scope: Hashable = None  # the places and years that these are all reports of, if they are

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(card.id for card in self)

    @cached_property
    def by_id(self) -> Mapping[str, ReportCard]:
        return {card.id: card for card in self}

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """By id, which of these reports it is, from 0."""
        return {card.id: position for position, card in enumerate(self)}

    @cached_property
    def shared_towns(self) -> frozenset[str]:
        """The names that several towns of these reports bear."""
        places = {card.place for card in self}
        counties = {(p.town, p.county or p.city or p.province) for p in places if p.town}
        times = Counter(town for town, _ in counties)
        return frozenset(town for town, count in times.items() if town and count > 1)

    @cached_property
    def years(self) -> frozenset[int]:
        return frozenset(card.year for card in self if card.year)

    @cached_property
    def doubtful(self) -> tuple[int, ...]:
        """The positions of those whose printed year is doubtful."""
        return tuple(n for n, card in enumerate(self) if card.year_doubtful)

    def once(self, make: Callable[[Reports], T]) -> T:
        """What a function makes of these reports, made when it is first asked for."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found

    @cached_property
    def _made(self) -> dict[Callable[[Reports], Any], Any]:
        return {}

    def numbers_of(self, some: Reports) -> NDArray[np.int64]:
        """Which of these reports the ones of a scope are, in their order."""
        if some is self:
            return np.arange(len(self))
        positions = self.positions
        return np.array([positions[card.id] for card in some], dtype=np.int64)
