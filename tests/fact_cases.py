"""A ledger of one sentence, and the gold it is compared with."""

from collections.abc import Sequence
from typing import Any

from eval.fact_gold import GoldFact
from eval.metrics.facts import FactScore, score_facts
from rag.models import Fact

TEXT = "立案14宗，已结案7宗，在办7宗。应诉率100%，涉案金额约73.39万元。报备率、及时率达到100%。"
TEXTS = {"a.txt": TEXT}


def gold(text: str, value: float | None, unit: str, **more: Any) -> GoldFact:
    given = {"qualifier": "exact", "kind": "achieved", "indicator": None, **more}
    if given["indicator"] is None:
        given.setdefault("label_head", ("率",))
    return GoldFact(source="a.txt", text=text, value=value, unit=unit, **given)


def fact(text: str, value: float | None, unit: str, **more: Any) -> Fact:
    start = TEXT.index(text)
    end = start + len(text)
    given: dict[str, Any] = {
        "report_id": "a",
        "paragraph": 0,
        "section": (),
        "indicator": None,
        "label": text,
        "low": None,
        "high": None,
        "qualifier": "exact",
        "kind": "achieved",
        "actor": None,
        "period": None,
        "raw": text,
        "quote": text,
        "sentence": text,
    }
    place = {"start": start, "end": end, "value_start": start, "value_end": end}
    return Fact(value=value, unit=unit, **{**given, **place, **more})


def score(checked: Sequence[GoldFact], found: Sequence[Fact]) -> FactScore:
    return score_facts(checked, {"a.txt": found}, TEXTS)


CLOSED = gold("已结案7宗", 7, "宗", indicator="行政处罚结案数")
RATE = gold("应诉率100%", 100, "%", indicator="行政诉讼应诉率")
