"""The closed sets of words that plans, facts and findings are written in."""

from __future__ import annotations

from typing import Literal

SectionRole = Literal["achievements", "duties", "shortcomings", "plans", "other"]
ReportType = Literal["report", "other"]
FactKind = Literal["achieved", "target", "requirement", "previous_period", "other_actor", "change"]
Qualifier = Literal["exact", "at_least", "about", "less_than", "range"]
State = Literal[
    "match",
    "other_value",
    "implied",
    "no_case",
    "mentioned",
    "not_reported",
    "unreadable",
]
STATES: tuple[State, ...] = (
    "match",
    "other_value",
    "implied",
    "no_case",
    "mentioned",
    "not_reported",
    "unreadable",
)
# What shows that figures of one report disagree: parts and their whole, a rate and its counts, a
# table and the text, one label with two values.
Check = Literal["parts", "rate", "table", "label"]
PlanKind = Literal[
    "census",
    "lookup",
    "compare",
    "rank",
    "aggregate",
    "trend",
    "describe",
    "yes_no",
    "corpus",
]
Operator = Literal["==", ">=", ">", "<=", "<", "between", "mentions", "no_case"]
Language = Literal["zh", "en"]
Number = int | float
