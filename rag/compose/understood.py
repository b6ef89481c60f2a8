"""What a question was taken to ask beyond its figures, and what else it may have meant."""

from __future__ import annotations

from rag.compose.draft import Draft
from rag.compose.phrases import condition_phrase, indicator_name, texts
from rag.indicators import Indicator
from rag.models import Language, Plan


def scope_conditions(
    plan: Plan, names: dict[str, Indicator], language: Language
) -> tuple[str, ...]:
    """The conditions of a plan that the scope line shows, each as a phrase."""
    words = texts(language)
    shown = []
    for condition in plan.conditions:
        if condition.negated:
            subject = indicator_name(condition.indicator, names, language)
            if condition.value is not None:
                subject = condition_phrase(condition, names, language)
            shown.append(words["scope_without"].format(subject=subject))
        elif (
            condition.value is not None
            or condition.than_place
            or condition.than_indicator
            or condition.than_wider
            or (condition.than_year and condition.op != "mentions")
        ):
            shown.append(condition_phrase(condition, names, language))
        elif condition.op == "no_case":
            subject = indicator_name(condition.indicator, names, language)
            shown.append(words["scope_no_case"].format(subject=subject))
    return tuple(shown)


def scope_limits(plan: Plan, names: dict[str, Indicator], language: Language) -> tuple[str, ...]:
    """What a plan leaves out, and the set it keeps to."""
    words = texts(language)
    join = words["list_separator"].join
    limits = []
    if plan.left_out_places:
        limits.append(words["scope_left_out"].format(names=join(plan.left_out_places)))
    if plan.among is not None:
        asked = scope_conditions(plan.among, names, language) or tuple(
            indicator_name(name, names, language)
            for name in plan.among.indicators or plan.among.topic.split()
        )
        limits.append(words["scope_among"].format(what=join(asked)))
    return tuple(limits)


def add_readings(plan: Plan, names: dict[str, Indicator], draft: Draft) -> None:
    """A note with the other things a question may have meant."""
    if plan.alternatives and (plan.indicators or plan.topic):
        words = texts(draft.language)
        listed = words["list_separator"].join(_readings(plan, names, draft.language))
        draft.notes.append(words["other_readings"].format(names=listed))


def add_unread(plan: Plan, draft: Draft) -> None:
    """A note with the words of a question that were not understood and change no answer."""
    if plan.unread:
        words = texts(draft.language)
        listed = words["list_separator"].join(f"“{one}”" for one in plan.unread)
        draft.notes.append(words["unread"].format(names=listed))


def add_respelled(plan: Plan, draft: Draft) -> None:
    """A note with the words of a question that were typed wrong, and what they were read as."""
    if plan.respelled:
        words = texts(draft.language)
        shown = (words["respelled_one"].format(typed=t, meant=m) for t, m in plan.respelled)
        listed = words["list_separator"].join(shown)
        draft.notes.append(words["respelled"].format(words=listed))


def asks_back(plan: Plan) -> bool:
    """Whether a question does not say what it is about, though it may be one of a few things."""
    return bool(plan.alternatives) and not plan.indicators and not plan.topic


def write_asking_back(plan: Plan, names: dict[str, Indicator], draft: Draft) -> None:
    """Which of a few things is meant, asked of the reader; claims nothing."""
    words = texts(draft.language)
    draft.line(words["asking_back"])
    for reading in _readings(plan, names, draft.language):
        draft.line(f"- {reading}")


def _readings(plan: Plan, names: dict[str, Indicator], language: Language) -> tuple[str, ...]:
    return tuple(
        indicator_name(name, names, language)
        for other in plan.alternatives
        for name in other.indicators[:1]
    )
