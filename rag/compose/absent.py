"""Say that the reports do not answer: what was searched, and the nearest that is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.compose.draft import Draft
from rag.compose.phrases import texts
from rag.compose.scope import scope_name, subject_name
from rag.indicators import Indicator
from rag.judgements import CensusTable
from rag.models import Fact, Plan, ReportCard

_NEAREST = 3


def write_not_found(
    plan: Plan, table: CensusTable, nearest: Sequence[tuple[ReportCard, Fact]], draft: Draft
) -> None:
    """Names what was searched and claims nothing; the nearest labels come without figures."""
    words = texts(draft.language)
    if plan.unknown_places and not plan.places:
        places = words["list_separator"].join(plan.unknown_places)
        draft.line(words["not_found_place"].format(places=places))
        return
    if not table.rows:
        limited = plan.places or plan.years or plan.left_out_places or plan.town_kinds or plan.among
        key = "not_found_scope" if limited else "not_found_empty"
        draft.line(words[key].format(scope=scope_name(plan, draft)))
        return
    scope, n = scope_name(plan, draft), len(table.rows)
    if plan.sought:
        topic = " ".join(phrase.partition("|")[0] for phrase in plan.sought.of.split())
        shape = words[f"not_found_{plan.sought.what}"]
        draft.line(shape.format(scope=scope, n=n, topic=topic))
        return
    what = subject_name(plan, table, draft)
    draft.line(words["not_found"].format(scope=scope, n=n, what=what))
    for row in table.in_state("mentioned")[:_NEAREST]:
        figures = [fact for fact in row.first.others if fact.value is not None]
        if figures:
            marks = draft.marks(figures[:1])
            own = figures[0].kind == "achieved" and table.conditions[0].than_year
            key = "only_this_year" if own else "only_uncounted"
            draft.line(f"- {words[key].format(town=draft.town(row.card), marks=marks)}")
        elif row.first.spans:
            mark = f"[{draft.cite(row.first.spans[0])}]"
            draft.line(f"- {words['only_named'].format(town=draft.town(row.card), marks=mark)}")
    if nearest:
        draft.line()
        draft.line(words["nearest"])
        for card, fact in nearest[:_NEAREST]:
            town = draft.town(card)
            draft.line(f"- {town}：{fact.label}[{draft.cite_fact(fact)}]")


def write_out_of_scope(plan: Plan, names: Mapping[str, Indicator], draft: Draft) -> None:
    """That the reports do not answer; of a term that is asked for, what the register says."""
    words = texts(draft.language)
    defined = [name for name in plan.indicators if names[name].definition]
    draft.line(words["definition_asked" if defined else "out_of_scope"])
    for name in plan.indicators:
        indicator = names[name]
        if indicator.definition:
            norm = words["definition_norm"].format(norm=indicator.norm) if indicator.norm else ""
            told = words["definition"].format(name=name, definition=indicator.definition)
            draft.notes.append(f"{told}{norm}")
