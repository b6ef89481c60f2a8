"""The scope line, the census line and the notes that every answer carries."""

from __future__ import annotations

from collections.abc import Sequence

from rag.compose.draft import Draft
from rag.compose.phrases import figure, indicator_name, texts
from rag.compose.understood import (
    add_readings,
    add_respelled,
    add_unread,
    scope_conditions,
    scope_limits,
)
from rag.judgements import CensusTable, Row
from rag.models import STATES, Plan, ReportCard, State

NOT_COUNTED: tuple[State, ...] = ("other_value", "implied", "no_case", "mentioned")
_NAMED = 12  # towns named in a note before it counts the rest


def scope_name(plan: Plan, draft: Draft) -> str:
    """The places and years of a plan in words."""
    words = texts(draft.language)
    years = [str(year) for year in plan.years]
    if draft.language == "zh":
        years = [f"{year}年" for year in years]
    return words["list_separator"].join([*plan.places, *years]) or words["all_scope"]


def subject_name(plan: Plan, table: CensusTable | None, draft: Draft) -> str:
    """What a plan asks about in words: its conditions, indicators or topic."""
    words = texts(draft.language)
    names = dict(table.names) if table else {}
    asked = [condition.indicator for condition in table.conditions] if table else []
    subjects = [indicator_name(n, names, draft.language) for n in asked or plan.indicators]
    if table and any(condition.than_year for condition in table.conditions):
        subjects = [words["with_year_before"].format(subject=subject) for subject in subjects]
    if not subjects and not plan.topic:
        subjects = [words[f"role_{role}"] for role in plan.roles]
    return words["list_separator"].join(
        subjects or [indicator_name(plan.topic, {}, draft.language)]
    )


def add_scope(plan: Plan, table: CensusTable, draft: Draft) -> None:
    """The scope (口径) as a note: indicator, condition, years, places, number of reports."""
    words = texts(draft.language)
    names = dict(table.names)
    join = words["list_separator"].join
    parts = []
    if plan.indicators:
        shown = [indicator_name(n, names, draft.language) for n in plan.indicators]
        parts.append(words["scope_indicator"].format(names=join(shown)))
    elif plan.topic:
        shown = [topic.split("|")[0] for topic in plan.topic.split()]
        parts.append(words["scope_topic"].format(names=join(shown)))
    conditions = scope_conditions(plan, names, draft.language)
    if conditions:
        parts.append(words["scope_condition"].format(names=join(conditions)))
    years = join(str(year) for year in plan.years) or words["all_years"]
    parts.append(words["scope_years"].format(names=years))
    places = join([*plan.places, *plan.unknown_places]) or words["all_places"]
    parts.append(words["scope_places"].format(names=places))
    parts += scope_limits(plan, names, draft.language)
    parts.append(words["scope_reports"].format(n=len(table.rows)))
    draft.notes.append(words["scope_line"].format(parts=words["item_separator"].join(parts)))
    add_unread(plan, draft)
    add_respelled(plan, draft)
    add_readings(plan, names, draft)


def add_census_line(table: CensusTable, draft: Draft) -> None:
    """The states with their counts; they sum to the number of reports in scope."""
    words = texts(draft.language)
    counts = table.counts
    states = [
        words[f"state_{state}"].format(n=getattr(counts, state))
        for state in STATES
        if getattr(counts, state)
    ]
    line = words["census_line"].format(
        in_scope=counts.in_scope, states=words["item_separator"].join(states)
    )
    draft.line()
    draft.line(line)


def add_states(table: CensusTable, states: Sequence[State], draft: Draft) -> None:
    """Which reports are in these states, with what they rest on."""
    words = texts(draft.language)
    for state in states:
        rows = table.in_state(state)
        if rows:
            items = words["item_separator"].join(_item(row, draft) for row in rows[:_NAMED])
            more = "…" if len(rows) > _NAMED else ""
            compared = any(condition.than_year for condition in table.conditions)
            key = "uncompared_note" if state == "mentioned" and compared else f"{state}_note"
            draft.line("- " + words[key].format(items=items + more))


def _with_year(card: ReportCard, draft: Draft) -> str:
    if card.year is None:
        return draft.town(card)
    year = f"（{card.year}年）" if draft.language == "zh" else f" ({card.year})"
    return f"{draft.town(card)}{year}"


def _item(row: Row, draft: Draft) -> str:
    judgement = next((j for j in row.judgements if j.state == row.state), None)
    if judgement is None:  # one condition of several holds: show what it rests on
        judgement = next((j for j in row.judgements if j.fact or j.spans), row.first)
    town = _with_year(row.card, draft)
    if judgement.fact is not None and judgement.fact.rule.startswith("no_event"):
        return f"{town}“{judgement.fact.quote}”{draft.marks([judgement.fact])}"
    if judgement.fact is not None and row.state != "no_case":
        fact = judgement.fact
        space = "" if draft.language == "zh" else " "
        value = f"{fact.label}{space}{figure(fact, draft.language)}"
        return f"{town}{space}{value}{draft.marks([fact])}"
    if judgement.derivation:
        return f"{town} {judgement.derivation}{draft.marks(judgement.others)}"
    if judgement.fact is not None:
        return f"{town}{draft.marks([judgement.fact])}"
    if judgement.spans:
        return f"{town}[{draft.cite(judgement.spans[0])}]"
    return f"{town}{draft.marks(judgement.others[:1])}"


def add_doubtful_years(cards: list[ReportCard], draft: Draft) -> None:
    """A note for each report that the answer rests on whose printed year is doubtful."""
    words = texts(draft.language)
    for card in cards:
        if card.year_doubtful:
            reasons = [
                warning.rpartition("the text names ")[2]
                for warning in card.warnings
                if warning.startswith("year_doubtful")
            ]
            note = words["doubtful_note"].format(
                town=draft.town(card), year=card.year, reason="".join(reasons[:1])
            )
            if note not in draft.notes:
                draft.notes.append(note)
