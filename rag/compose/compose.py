"""Write an answer by rules: the direct answer first, then what it rests on."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag.compose.absent import write_not_found, write_out_of_scope
from rag.compose.census_text import write_census, write_count
from rag.compose.corpus import of_several_years, write_corpus
from rag.compose.describe import write_describe
from rag.compose.draft import Draft, Sources
from rag.compose.findings import Appendix, findings, grounds
from rag.compose.groups import write_groups
from rag.compose.phrases import texts
from rag.compose.placing import moved_as_asked
from rag.compose.ranks import write_rank
from rag.compose.scope import add_census_line, add_doubtful_years, add_scope, add_states
from rag.compose.sides import asks_apart, write_compare, write_trend
from rag.compose.totals import write_aggregate
from rag.compose.understood import asks_back, write_asking_back
from rag.compose.values import add_untold_contradictions, write_lookup
from rag.compose.yes_no import is_undefined, write_yes_no
from rag.judgements import CensusTable, Grounds
from rag.models import Answer, Fact, Language, Paragraph, Plan, ReportCard


@dataclass(frozen=True)
class Written:
    """An answer to be verified."""

    answer: Answer
    grounds: Grounds | None  # what its text rests on, where its findings are made later


def compose(
    question: str,
    plan: Plan,
    table: CensusTable,
    *,
    language: Language,
    sources: Sources,
    evidence: Sequence[Paragraph] = (),
    nearest: Sequence[tuple[ReportCard, Fact]] = (),
) -> Written:
    """The rules' answer to a plan, before it is verified.

    Args:
        evidence: paragraphs on the plan's topic, best first, for describe questions.
        nearest: the figures nearest to what was asked, for when no report states it.
    """
    cards = _others(table, nearest)
    placed = ChainMap(*(dict(one.placed) for one in table.citable or ()))
    draft = Draft(language, sources, table.reports, cards, placed=placed)
    if plan.out_of_scope:
        write_out_of_scope(plan, table.names, draft)
        return _answer(question, plan, table, draft, "out_of_scope")
    if asks_back(plan):
        write_asking_back(plan, dict(table.names), draft)
        return _answer(question, plan, table, draft, "not_found")
    table, answered = _write(question, plan, table, evidence, draft)
    if not answered:
        draft = Draft(language, sources, table.reports, cards, placed=placed)
        write_not_found(plan, table, nearest, draft)
    else:
        add_untold_contradictions(table, draft)
    add_scope(plan, table, draft)
    rested = {*table.positions("match", "other_value", "implied").tolist()}
    doubtful = [table.reports[n] for n in table.reports.doubtful if n in rested]
    add_doubtful_years(doubtful, draft)
    return _answer(question, plan, table, draft, "answered" if answered else "not_found")


def _others(
    table: CensusTable, nearest: Sequence[tuple[ReportCard, Fact]]
) -> dict[str, ReportCard]:
    """The reports outside the scope that may be cited: those that others are compared with."""
    found = [card for card, _ in nearest]
    if any(condition.than_place or condition.than_year for condition in table.conditions):
        compared = (judgement.reference_card for row in table.rows for judgement in row.judgements)
        found += [card for card in compared if card is not None]
    return {card.id: card for card in found if card.id not in table.reports.positions}


def _write(
    question: str, plan: Plan, table: CensusTable, evidence: Sequence[Paragraph], draft: Draft
) -> tuple[CensusTable, bool]:
    """The table with the states that this kind of answer gives, and whether there is one."""
    if plan.kind == "corpus":
        kept = {card.id for card in of_several_years(question, [row.card for row in table.rows])}
        return _only(table, kept), write_corpus(question, table, draft)
    if plan.unknown_places and not plan.places:
        return table, False
    if plan.kind == "describe":
        told = write_describe(plan, table, evidence, draft)
        return _only(table, told), bool(told)
    if plan.kind == "yes_no":
        if plan.sought and plan.sought.what == "placing":
            return _write_placing(question, plan, table, evidence, draft)
        answered = write_yes_no(plan, question, table, draft)
        if plan.sought and (table.in_state("match") or not answered):
            draft.line()
            told = write_describe(plan, table, evidence, draft)
            if not answered:
                return _only(table, told), bool(told)
            if not told:
                draft.line(texts(draft.language)["no_reason"])
        rested = {span.report_id for span in draft.spans}
        matched = bool(table.in_state("match")) or is_undefined(table)
        return (_only(table, rested) if answered and not matched else table), answered
    if plan.kind == "census" or plan.measure == "count":
        writer = write_census if plan.kind == "census" else write_count
        writer(plan, table, draft)
        return table, bool(table.in_state("match", "other_value", "implied", "no_case"))
    if plan.kind in ("rank", "aggregate"):
        return _computed(plan, table, draft)
    if plan.kind == "compare":
        return table, write_compare(question, table, draft) or write_lookup(table, draft)
    if plan.kind == "trend":
        return table, write_trend(table, draft)
    return table, write_lookup(table, draft, apart=asks_apart(question))


def _write_placing(
    question: str, plan: Plan, table: CensusTable, evidence: Sequence[Paragraph], draft: Draft
) -> tuple[CensusTable, bool]:
    """Whether a town moved up or down in an assessment, and the sentences that tell its places."""
    moved = moved_as_asked(question, plan, evidence)
    if moved is not None:
        draft.line(texts(draft.language)["yes" if moved else "no"])
        draft.line()
    told = write_describe(plan, table, evidence, draft)
    return _only(table, told), bool(told)


def _computed(plan: Plan, table: CensusTable, draft: Draft) -> tuple[CensusTable, bool]:
    """A ranking or a total, with the census of the reports it is made from."""
    first = write_groups(plan, table, draft) if plan.by else None
    if first is not None:
        table, answered = _winners(table, [row.card.id for row in first]), True
    elif plan.kind == "rank":
        winners = [row.card.id for row in write_rank(plan, table, draft)]
        table, answered = _winners(table, winners), bool(winners)
    else:
        answered = write_aggregate(plan, table, draft)
    if answered and len(table.rows) > 1:
        add_census_line(table, draft)
        add_states(table, ("implied", "no_case", "mentioned"), draft)
    return table, answered


def _only(table: CensusTable, matching: Collection[str]) -> CensusTable:
    """The table with those of its reports as matches: the year before may be another's."""
    inside = [name for name in matching if name in table.reports.positions]
    return table.with_matches(inside, others="not_reported")


def _winners(table: CensusTable, winners: Sequence[str]) -> CensusTable:
    matched = {table.reports[n].id for n in table.positions("match").tolist()}
    return table.with_matches(matched.intersection(winners), others="other_value")


def _answer(question: str, plan: Plan, table: CensusTable, draft: Draft, status: str) -> Written:
    later = table.citable is not None and status != "out_of_scope"
    appendix = Appendix(table, draft)
    resting = grounds(table, draft) if later else None
    found = () if status == "out_of_scope" else findings(table, draft) if not later else None
    answer = Answer(
        question=question,
        language=draft.language,
        status=status,  # type: ignore[arg-type]
        writer="rules",
        text="\n".join(draft.lines).strip(),
        plan=plan,
        census=table.counts,
        left_out=table.left_out,
        findings=appendix.findings if found is None else found,
        citations=appendix.citations if found is None else draft.citations(),
        notes=tuple(draft.notes),
    )
    return Written(answer, resting)
