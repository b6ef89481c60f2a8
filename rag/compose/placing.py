"""Whether a town moved up or down in an assessment, as its report tells both places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.amounts import read_number
from rag.compose.sought import sentences_on
from rag.models import Paragraph, Plan
from rag.words import fold

_PLACE = re.compile(r"第([\d一二三四五六七八九十]+)(?:名|位)")
_UP = re.compile(
    r"进步|上升|提升|提高|靠前|前进|升|\b(?:improv\w*|rose|risen|rise|climb\w*|better|higher|advanc\w*|up)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"退步|下降|下滑|靠后|后退|降|跌|\b(?:slip\w*|drop\w*|fell|fall\w*|declin\w*|worse\w*|lower|down)\b",
    re.IGNORECASE,
)


def moved_as_asked(question: str, plan: Plan, evidence: Sequence[Paragraph]) -> bool | None:
    """Whether a town moved as a question supposes; None where its report does not tell.

    A report that tells two places in one sentence tells the earlier one first (列第5位,上升至第2位).
    """
    up, down = bool(_UP.search(question)), bool(_DOWN.search(question))
    if plan.sought is None or up == down or len({one.report_id for one in evidence}) != 1:
        return None
    for paragraph in evidence:
        for point in sentences_on(plan.sought, paragraph, ()):
            places = [read_number(one) for one in _PLACE.findall(fold(point.text))]
            if len(places) == 2 and places[0] != places[1]:
                return (places[1] < places[0]) == up
    return None
