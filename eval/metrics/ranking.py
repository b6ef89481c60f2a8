"""How well passages are ranked: recall@k, reciprocal rank and nDCG.

Computed by ir-measures over trec_eval's own code, so that the figures are those of the
field. It was chosen over ranx, which needs numba, pandas and 10 more packages for the same
three measures; it is imported here alone and comes with the extra `peers`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CUTS = (4, 10, 30)


@dataclass(frozen=True)
class RankingScore:
    """Each between 0 and 1."""

    recall: Mapping[int, float]  # by k: of the relevant, the share among the first k
    reciprocal_rank: float  # 1 / the rank of the first relevant one; 0: none is ranked
    ndcg: float  # over the first 10


def score_rankings(
    rankings: Mapping[str, Sequence[str]], relevant: Mapping[str, Sequence[str]]
) -> RankingScore:
    """The mean over the questions, by id, of each measure; what is ranked is ids, best first.

    nDCG (Järvelin and Kekäläinen 2002): each relevant item at rank r gains 1 / log2(r + 1),
    over the most that can be gained.

    Example: relevant a and b, ranked a, c, b: recall@4 2/2, reciprocal rank 1/1, nDCG
    (1/log2(2) + 1/log2(4)) / (1/log2(2) + 1/log2(3)) = 1.5 / 1.6309 = 0.9197.

    Raises:
        ValueError: no question has anything relevant.
    """
    from ir_measures import RR, R, calc_aggregate, nDCG  # noqa: PLC0415  it is an extra

    judged = {name: dict.fromkeys(items, 1) for name, items in relevant.items() if items}
    if not judged:
        raise ValueError("no question has a passage that answers it")
    scored = {name: _scores(rankings.get(name, ())) for name in judged}
    found = calc_aggregate([*(R @ cut for cut in CUTS), RR, nDCG @ 10], judged, scored)
    return RankingScore(
        recall={cut: float(found[R @ cut]) for cut in CUTS},
        reciprocal_rank=float(found[RR]),
        ndcg=float(found[nDCG @ 10]),
    )


def _scores(ranking: Sequence[str]) -> dict[str, float]:
    """Scores that keep the order; a name given twice counts where it stands first."""
    ordered = list(dict.fromkeys(ranking))
    return {name: float(len(ordered) - rank) for rank, name in enumerate(ordered)}
