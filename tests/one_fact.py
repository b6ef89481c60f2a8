"""A figure of a report, for tests that write rows themselves."""

from __future__ import annotations

from dataclasses import replace

from rag.models import Fact


def a_fact(report_id: str, **values: object) -> Fact:
    fact = Fact(
        report_id=report_id, paragraph=0, section=("一、主要成效",), indicator="行政诉讼应诉率",
        label="行政诉讼应诉率", value=100, low=None, high=None, unit="%", qualifier="exact",
        kind="achieved", actor=None, period="2024", start=0, end=11, value_start=7, value_end=11,
        raw="行政诉讼应诉率100%", quote="行政诉讼应诉率100%", sentence="行政诉讼应诉率100%。",
        whole=None, rule="label_value",
    )  # fmt: skip
    return replace(fact, **values)  # type: ignore[arg-type]
