"""Does the program decline exactly what the reports do not answer?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ABSTAINING = frozenset({"not_found", "out_of_scope"})


@dataclass(frozen=True)
class AbstentionScore:
    """Each between 0 and 1 over a whole run."""

    precision: float
    recall: float
    status: float  # share of questions whose status is the very one in gold


def score_abstention(pairs: Iterable[tuple[str, str]]) -> AbstentionScore:
    """Precision and recall of not answering, from (gold status, given status) pairs.

    Precision: of the questions declined, the share to be declined. Recall: of those to be
    declined, the share declined. not_found and out_of_scope both decline; `status` tells
    them apart. A share of nothing is 1.

    Example: gold answered, not_found, not_found, out_of_scope; given not_found, not_found,
    answered, not_found: declined 3, rightly 2, to be declined 3: precision 2/3, recall
    2/3, status 1/4.
    """
    known = list(pairs)
    declined = [(gold, given) for gold, given in known if given in ABSTAINING]
    due = [(gold, given) for gold, given in known if gold in ABSTAINING]
    rightly = sum(1 for gold, _ in declined if gold in ABSTAINING)
    same = sum(1 for gold, given in known if gold == given)
    return AbstentionScore(
        precision=rightly / len(declined) if declined else 1.0,
        recall=rightly / len(due) if due else 1.0,
        status=same / len(known) if known else 1.0,
    )
