"""A plan corrected by its reader: what of it can be changed, and the question that asks for it.

The corrected question is written in words, so that it can be followed up, kept and shared
as any other; that it is read as it was meant is tested over the register.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from rag.models import Condition, Language, Plan

# What a reader can choose; "" is no condition.
Choice = Literal["", "==", ">=", ">", "<=", "<", "between", "mentions"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
_VALUE = re.compile(
    r"\s*(\d[\d.,]*)\s*(\D*?)\s*(?:(?:[-–~—]|至|到|to|and)\s*(\d[\d.,]*)\s*(\D*))?\s*"
)
_OPERATORS: Mapping[Language, Mapping[str, str]] = {
    "zh": {"==": "为", ">=": "不低于", ">": "超过", "<=": "不超过", "<": "低于"},
    "en": {"==": "of", ">=": "of at least", ">": "above", "<=": "of at most", "<": "below"},
}
_JOINS: Mapping[Language, Mapping[str, str]] = {
    "zh": {"and": "且", "or": "或者", "and_not": "但没有"},
    "en": {"and": " and ", "or": " or ", "and_not": " but not "},
}
_ROLES: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "shortcomings": "各镇存在哪些不足？",
        "plans": "各镇下一步有哪些打算？",
        "duties": "各镇主要负责人如何履行推进法治建设职责？",
        "achievements": "各镇有哪些主要做法和成效？",
    },
    "en": {
        "shortcomings": "What shortcomings does each town report?",
        "plans": "What does each town plan to do next?",
        "duties": "How did the leaders of each town fulfil their duties?",
        "achievements": "What did each town achieve?",
    },
}


@dataclass(frozen=True)
class Correction:
    """One subject of a plan as a form shows it; `value` is printed with its unit."""

    subject: str  # a canonical indicator, or what the question is about
    choice: Choice = ""
    value: str = ""


def subject_of(plan: Plan, number: int) -> Correction:
    """What a plan asks of its subject of this number, to be corrected."""
    if number < len(plan.conditions):
        condition = plan.conditions[number]
        choice: Choice = next((choice for choice in CHOICES if choice == condition.op), "")
        if plan.kind != "census" and choice == "mentions":
            choice = ""  # a lookup asks for the value, whatever it is
        return Correction(_words_of(condition.indicator), choice, value_words(condition))
    names = plan.indicators or (plan.topic,)
    return Correction(_words_of(names[min(number, len(names) - 1)]))


def subjects(plan: Plan) -> int:
    """How many subjects of a plan can be corrected."""
    return len(plan.conditions) or len(plan.indicators) or int(bool(plan.topic))


def value_words(condition: Condition) -> str:
    """The value of a condition with its unit: 100%, or 90–95%."""
    if condition.value is None:
        return ""
    high = f"–{condition.value2}" if condition.value2 is not None else ""
    return f"{condition.value}{high}{condition.unit or ''}"


def question_of(
    plan: Plan,
    number: int,
    correction: Correction,
    *,
    language: Language,
    english: Mapping[str, str],
) -> str:
    """The question a plan asks once its subject of this number is corrected.

    `english` names each indicator of the register in English.
    """
    corrected = _condition(correction, plan, number)
    if corrected is None and plan.kind in ("census", "yes_no") and not plan.roles:
        corrected = Condition(correction.subject, "mentions")
    if corrected is None:
        return _open_question(plan, correction.subject, language, english)
    conditions = list(plan.conditions) if plan.kind == "census" else []
    conditions[number : number + 1] = [corrected]
    phrases = [_phrase(condition, language, english) for condition in conditions]
    joined = _JOINS[language][plan.join].join(phrases)
    return f"哪些镇{joined}？" if language == "zh" else f"Which towns {joined}?"


def _condition(correction: Correction, plan: Plan, number: int) -> Condition | None:
    """The condition that a form asks for; None where it asks for none."""
    before = plan.conditions[number] if number < len(plan.conditions) else None
    if before is not None and before.op == "no_case" and not correction.choice:
        return replace(before, indicator=correction.subject)
    negated = before is not None and before.negated
    if correction.choice == "mentions":
        return Condition(correction.subject, "mentions", negated=negated)
    found = _VALUE.fullmatch(correction.value)
    if not correction.choice or found is None:
        return None
    low, unit, high, later = found.groups()
    same = before is not None and _words_of(before.indicator) == correction.subject
    unit = (later or unit or (before.unit if before and same else "") or "").strip()
    value, value2 = float(low.replace(",", "")), float(high.replace(",", "")) if high else None
    op = correction.choice
    if (op == "between") != (value2 is not None):  # one bound where two belong, or the reverse
        op, value2 = (">=", None) if op == "between" else ("between", value2)
    return Condition(correction.subject, op, value, value2, unit)


def _phrase(condition: Condition, language: Language, english: Mapping[str, str]) -> str:
    name = _words_of(condition.indicator)
    if language == "en":
        return _english_phrase(condition, english.get(name, name))
    if condition.op == "no_case":
        return f"没有{name.removesuffix('数')}"
    if condition.value is None:
        if name in english and not condition.negated:
            return f"写明{name}是多少"
        return f"{'没有' if condition.negated else ''}提到{name}"
    shown = f"{_number(condition.value)}{condition.unit or ''}"
    if condition.value2 is not None:
        return f"的{name}在{shown}至{_number(condition.value2)}{condition.unit or ''}之间"
    return f"的{name}{_OPERATORS['zh'][condition.op]}{shown}"


def _english_phrase(condition: Condition, name: str) -> str:
    if condition.op == "no_case":
        return f"had no {name}"
    if condition.value is None:
        return f"do not mention {name}" if condition.negated else f"mention {name}"
    # Chinese counters have no English name; the indicator says what is counted.
    unit = condition.unit if condition.unit == "%" or "元" in (condition.unit or "") else ""
    shown = f"{_number(condition.value)}{unit}"
    if condition.value2 is not None:
        return f"report {name} between {shown} and {_number(condition.value2)}{unit}"
    return f"report {name} {_OPERATORS['en'][condition.op]} {shown}"


def _open_question(plan: Plan, subject: str, language: Language, english: Mapping[str, str]) -> str:
    """The question for what is reported, without a condition."""
    if plan.kind == "describe":
        return _describing(plan, subject, language)
    lowest = plan.order == "asc"
    if language == "en":
        name = english.get(subject, subject)
        return {
            "rank": f"Which town has the {'lowest' if lowest else 'highest'} {name}?",
            "aggregate": f"What is the {'average' if plan.measure == 'mean' else 'total'} {name}?",
            "trend": f"How did {name} change over the years?",
        }.get(plan.kind, f"What {name} does each town report?")
    return {
        "rank": f"哪个镇的{subject}最{'低' if lowest else '高'}？",
        "aggregate": f"各镇的{subject}{'平均' if plan.measure == 'mean' else '合计'}是多少？",
        "trend": f"{subject}历年变化如何？",
    }.get(plan.kind, f"各镇的{subject}是多少？")


def _describing(plan: Plan, subject: str, language: Language) -> str:
    if subject:
        return (
            f"各镇关于{subject}做了哪些工作？"
            if language == "zh"
            else f"What did each town do about {subject}?"
        )
    role = plan.roles[0] if plan.roles else "achievements"
    return _ROLES[language].get(role, _ROLES[language]["achievements"])


def _words_of(name: str) -> str:
    """A subject as it is shown: of the spellings of a phrase the first."""
    return " ".join(phrase.split("|")[0] for phrase in name.split())


def _number(value: float) -> str:
    return f"{value:.10g}"
