"""Which contradictions of a report concern what a judgement rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.judgements import Judgement
from rag.models import Contradiction


def with_contradictions(judgement: Judgement, found: Sequence[Contradiction]) -> Judgement:
    """The judgement with those of its report's contradictions that its figures are part of."""
    computed = judgement.others if judgement.state == "implied" else ()
    rests = {judgement.fact, *computed}
    concern = tuple(one for one in found if not rests.isdisjoint(one.facts))
    return replace(judgement, contradictions=concern) if concern else judgement
