"""Check the figures of a report against each other.

An alarm that is wrong costs more than one that is missing: each check looks only at figures
that the words tie together, and passes over what could be of different things.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.contradictions.labels import different_values
from ingest.contradictions.parts import wrong_sums
from ingest.contradictions.rates import wrong_rates
from rag.indicators import Register
from rag.models import Contradiction, Fact


def find_contradictions(
    facts: Sequence[Fact], *, text: str, register: Register
) -> tuple[Contradiction, ...]:
    """Where figures of one report disagree, in the order in which they stand.

    Args:
        facts: the ledger of the report.
        text: its stored text.
    """
    own = [fact for fact in facts if fact.kind == "achieved" and fact.actor is None]
    found = (
        *wrong_sums(own, text),
        *wrong_rates(own, text, register),
        *different_values(own, register),
    )
    return tuple(sorted(found, key=lambda one: [fact.value_start for fact in one.facts]))
