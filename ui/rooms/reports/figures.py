"""A figure in words: what it is of, its value as far as it is exact, its unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rag.models import Fact
from ui.texts import Texts


def said(fact: Fact, texts: Texts, *, label: bool = True) -> str:
    """A fact in words, as "行政诉讼应诉率 100% (已实现)" with its label, else its value alone."""
    value = _value(fact.value, fact.low, fact.high, fact.unit, fact.qualifier, texts)
    return f"{fact.label} {value} ({texts(f'kind_{fact.kind}')})" if label else value


def told(figure: Mapping[str, Any], texts: Texts) -> str:
    """A figure that the worker told of, in words."""
    return f"{figure['label']} {told_value(figure, texts)}"


def told_value(figure: Mapping[str, Any], texts: Texts) -> str:
    """The value of a figure that the worker told of."""
    value, low, high = (figure[key] for key in ("value", "low", "high"))
    return _value(value, low, high, figure["unit"], figure["qualifier"], texts)


def _value(
    value: object, low: object, high: object, unit: str, qualifier: str, texts: Texts
) -> str:
    number = f"{value}" if value is not None else f"{low}–{high}"
    return texts(f"qualifier_{qualifier}", value=number + unit)
