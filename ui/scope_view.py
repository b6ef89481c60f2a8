"""The scope (口径) of an answer as parts that can be corrected, as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rag.models import Answer, Condition, Plan
from ui.controls import button
from ui.corrections import Correction, subject_of, subjects
from ui.shown import Shown
from ui.texts import Texts


def render_scope(answer: Answer, texts: Texts, shown: Shown) -> str:
    """A line of buttons: subject, condition, places, years; a line for each part of a question."""
    plans = answer.plan.parts or (answer.plan,)
    lines = "".join(
        f"<li>{''.join(_parts(plan, number, texts, shown))}</li>"
        for number, plan in enumerate(plans)
    )
    label = escape(texts("scope_label"))
    return (
        f'<section class="scope" aria-label="{label}"><b title="{escape(texts("scope_hint"))}">'
        f"{label}</b><ul>{lines}</ul></section>"
    )


def is_scope_note(note: str, texts: Texts) -> bool:
    """Whether a note of the answer says what the scope line shows already."""
    return note.startswith(texts("scope_note"))


def condition_words(correction: Correction, texts: Texts) -> str:
    """A condition in words: 不低于 90%."""
    if not correction.choice:
        return texts("scope_any")
    word = texts(f"choice_{correction.choice}")
    return f"{word} {correction.value}".strip()


def _parts(plan: Plan, number: int, texts: Texts, shown: Shown) -> Iterator[str]:
    for subject in range(subjects(plan)):
        correction = subject_of(plan, subject)
        where = {"plan": str(number), "subject": str(subject)}
        yield _part("subject", correction.subject, where, texts, shown)
        if subject < len(plan.conditions) or plan.indicators:
            words = _negated(plan.conditions[subject : subject + 1], texts)
            words += condition_words(correction, texts)
            yield _part("condition", words, where, texts, shown)
    separator = texts("list_separator")
    where = {"plan": str(number), "subject": "0"}
    places = separator.join((*plan.places, *plan.unknown_places)) or texts("scope_all")
    yield _part("places", places, where, texts, shown)
    years = separator.join(str(year) for year in plan.years) or texts("scope_all")
    yield _part("years", years, where, texts, shown)


def _negated(conditions: tuple[Condition, ...], texts: Texts) -> str:
    return texts("scope_not") if any(condition.negated for condition in conditions) else ""


def _part(part: str, value: str, where: dict[str, str], texts: Texts, shown: Shown) -> str:
    name = texts(f"scope_{part}")
    key = f"{shown.id}-{part}-{where['plan']}-{where['subject']}"
    return button(
        f"<i>{escape(name)}</i> {escape(value)}",
        shown.act("correct", {"part": part, **where}),
        key,
        classes="part",
        attributes=f'title="{escape(texts("scope_change", part=name))}"',
    )
