"""Judge a report when it is read, with all that is shown beside its figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np

from rag.census.citing import placed
from rag.census.disagreeing import with_contradictions
from rag.census.indicator_columns import Figures
from rag.census.neighbours import read_neighbours, with_neighbours
from rag.census.outcome import Outcome, unreadable
from rag.indicators import Indicator
from rag.judgements import Citable, Judgement, StateNumbers
from rag.models import STATES, Contradiction, Fact, LeftOut
from rag.reports import Reports

_SHOWN_BESIDE = 60  # reports whose neighbouring figures are looked up for one answer


class Ledger(Figures, Protocol):
    """What a census reads (`rag.ledger.Ledger`)."""

    def left_out(self) -> LeftOut: ...

    def contradictions(self) -> Mapping[str, tuple[Contradiction, ...]]: ...


def judging(
    reports: Reports,
    states: StateNumbers,
    outcomes: Sequence[Outcome],
    ledger: Ledger,
    names: Mapping[str, Indicator],
) -> tuple[Callable[[int], tuple[Judgement, ...]], tuple[Fact, ...]]:
    """What gives the judgements of a report by its position, the same ones each time.

    Figures that stand beside its own are looked up for the first reports, matches before
    others, as many as an answer shows; they are given as well.
    """
    contradictions = ledger.contradictions()

    def judged(position: int) -> tuple[Judgement, ...]:
        if STATES[states[position]] == "unreadable":
            return unreadable(len(outcomes))
        found = contradictions.get(reports[position].id, ())
        judgements = (outcome.judgement(position) for outcome in outcomes)
        return tuple(with_contradictions(one, found) if found else one for one in judgements)

    figured = np.logical_or.reduce([outcome.figured for outcome in outcomes])
    matched = states == STATES.index("match")
    shown = [*np.flatnonzero(figured & matched), *np.flatnonzero(figured & ~matched)]
    some = {int(position): judged(int(position)) for position in shown[:_SHOWN_BESIDE]}
    near = read_neighbours(list(some.values()), ledger)
    for position, judgements in some.items():
        facts = near.get(reports[position].id, ())
        some[position] = tuple(with_neighbours(one, facts, names) for one in judgements)

    def known(position: int) -> tuple[Judgement, ...]:
        if position not in some:
            some[position] = judged(position)
        return some[position]

    found = (fact for judgements in some.values() for one in judgements for fact in one.beside)
    return known, tuple(found)


def disagreeing(reports: Reports, ledger: Ledger) -> tuple[int, ...]:
    """The positions of the reports whose figures disagree with others of theirs."""
    positions = reports.positions
    return tuple(sorted(positions[n] for n in ledger.contradictions() if n in positions))


def citable(outcomes: Sequence[Outcome], ledger: Ledger) -> tuple[Citable, ...] | None:
    """What the findings may cite, where it is known of every condition."""
    found = [outcome.citable for outcome in outcomes if outcome.citable is not None]
    if len(found) < len(outcomes):
        return None
    return (*found, ledger.once("contradictions", lambda: _of_contradictions(ledger)))


def _of_contradictions(ledger: Ledger) -> Citable:
    every = [one for found in ledger.contradictions().values() for one in found]
    words = [fact for one in every for fact in one.facts]
    return Citable("contradictions", lambda: words, placed(words, ledger.cards(), ledger))
