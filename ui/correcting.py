"""An answer's scope in a form, and the question the corrected form asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rag.models import Answer, Condition, Language, Plan
from rag.plan import Known, plan_question
from rag.stores import Stores
from ui.asks import Ask
from ui.corrections import Correction, question_of, subject_of
from ui.filters import Filters, choices_of


@dataclass(frozen=True)
class Form:
    """What a part of an answer's scope is, to be corrected."""

    correction: Correction
    places: tuple[str, ...]
    years: tuple[int, ...]


@dataclass(frozen=True)
class FormChoices:
    """What can be chosen; subjects are pairs of a name to show and a canonical name."""

    subjects: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    years: tuple[int, ...]


def to_correct(answer: Answer, part: int, number: int) -> Form:
    """The form for one subject of an answer's plan, or of a part of it."""
    plan = part_of(answer.plan, part)
    return Form(subject_of(plan, number), plan.places, plan.years)


def part_of(plan: Plan, part: int) -> Plan:
    """The plan of one part of a compound question; a question of one part is that part."""
    return plan.parts[min(part, len(plan.parts) - 1)] if plan.parts else plan


def correction_choices(stores: Stores, language: Language) -> FormChoices:
    """The indicators that stored reports state, most often first, and their places and years."""
    counted = stores.database.indicator_names()
    names = sorted(
        (name for name in counted if name in stores.register),
        key=lambda name: counted[name],
        reverse=True,
    )
    english = _english_names(stores)
    shown = [f"{english[name]} ({name})" if language == "en" else name for name in names]
    places = choices_of(stores.database.cards(), Filters())
    return FormChoices(
        tuple(zip(shown, names, strict=True)),
        (*places.provinces, *places.counties, *places.towns),
        places.years,
    )


def corrected_ask(
    stores: Stores,
    asked: Ask,
    answer: Answer,
    part: int,
    number: int,
    correction: Correction,
    *,
    places: tuple[str, ...],
    years: tuple[int, ...],
) -> Ask:
    """The question for a corrected form, narrowed to its places and years.

    The words of the question stay where only what it is narrowed to was changed.
    """
    plan = part_of(answer.plan, part)
    named_itself = plan.places != asked.places or plan.years != asked.years
    if correction == subject_of(plan, number) and not named_itself and not answer.plan.parts:
        return Ask(asked.question, places, years)
    correction = _without_a_strangers_value(correction, subject_of(plan, number), stores)
    question = next(iter(_wordings(stores, answer, plan, number, correction)))
    return Ask(question, places, years)


def _without_a_strangers_value(
    correction: Correction, before: Correction, stores: Stores
) -> Correction:
    """Another indicator of another unit leaves the value behind that was asked of the first."""
    units = [
        stores.register.get(name).unit if name in stores.register else name
        for name in (correction.subject, before.subject)
    ]
    if correction.value != before.value or units[0] == units[1]:
        return correction
    choice = correction.choice if correction.choice == "mentions" else ""
    return Correction(correction.subject, choice)


def _wordings(
    stores: Stores, answer: Answer, plan: Plan, number: int, correction: Correction
) -> Iterator[str]:
    """The corrected question in the answer's language where it is read as meant, and in Chinese."""
    english = _english_names(stores)
    chinese = question_of(plan, number, correction, language="zh", english=english)
    if answer.language == "en":
        wording = question_of(plan, number, correction, language="en", english=english)
        if _reads(wording, stores) == _reads(chinese, stores):
            yield wording
    yield chinese


def _reads(
    question: str, stores: Stores
) -> tuple[str, tuple[str, ...], tuple[tuple[object, ...], ...]]:
    """What the planner makes of a question, but for the counters of its values."""
    plan = plan_question(question, register=stores.register, known=Known((), frozenset()))

    def meant(condition: Condition) -> tuple[object, ...]:
        return (condition.indicator, condition.op, condition.value, condition.value2)

    return plan.kind, plan.indicators, tuple(meant(condition) for condition in plan.conditions)


def _english_names(stores: Stores) -> dict[str, str]:
    return {indicator.name: indicator.en for indicator in stores.register.indicators}
