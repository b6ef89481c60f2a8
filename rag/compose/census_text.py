"""Write the answer to a set question, and to a count of reports."""

from __future__ import annotations

from collections.abc import Sequence

from rag.compose.beside import add_reference, facts_in_words
from rag.compose.draft import Draft
from rag.compose.phrases import condition_phrase, figure, label, texts
from rag.compose.scope import NOT_COUNTED, add_census_line, add_states, scope_name
from rag.compose.values import add_contradictions
from rag.judgements import CensusTable, Judgement, Row
from rag.models import Language, Plan

_LISTED = 30  # matches written out; the whole table is in the findings


def condition_words(plan: Plan, table: CensusTable, language: Language) -> str:
    """The whole condition of a plan as a predicate: 载明行政诉讼应诉率为100%."""
    words = texts(language)
    names = dict(table.names)
    phrases = []
    for condition in table.conditions:
        shown = condition_phrase(condition, names, language)
        if condition.negated or (plan.join == "and_not" and len(table.conditions) == 1):
            phrases.append(words["not_stated"].format(subject=shown))
        elif condition.op == "no_case":
            cases = shown.removesuffix("数") if language == "zh" else shown
            shape = words["has_none" if condition.named else "no_case"]
            phrases.append(shape.format(condition=cases))
        elif condition.op == "mentions" and condition.indicator not in names:
            phrases.append(words["mentions"].format(subject=shown))
        else:
            shape = "targets" if condition.of == "target" else "states"
            phrases.append(words[shape].format(condition=shown))
    if len(phrases) == 1:
        return phrases[0]
    joined = words["item_separator"].join(phrases)
    if plan.join == "or":
        return words["either"].format(conditions=joined)
    if plan.join == "and_not" and not any(c.negated for c in table.conditions):
        rest = words["item_separator"].join(phrases[1:])
        return words["but_not"].format(first=phrases[0], rest=rest)
    return words["both"].format(conditions=joined)


def write_census(plan: Plan, table: CensusTable, draft: Draft) -> None:
    """The matches with their figures first, then what the other reports say."""
    words = texts(draft.language)
    what = condition_words(plan, table, draft.language)
    matches = table.in_state("match")
    if not matches:
        draft.line(
            words["none_match"].format(scope=scope_name(plan, draft), n=len(table.rows), what=what)
        )
    elif len(matches) == 1:
        row = matches[0]
        draft.line(
            words["match_one"].format(
                town=draft.town(row.card),
                year=row.card.year,
                what=what,
                marks=_marks(row, draft),
            )
        )
    else:
        towns = words["list_separator"].join(_town(row, draft) for row in matches[:_LISTED])
        if len(matches) > _LISTED:
            towns += words["and_more"]
        draft.line(words["match_many"].format(count=len(matches), what=what, towns=towns))
    draft.line()
    add_compared(table, draft)
    _add_matches(matches, table, draft)
    add_census_line(table, draft)
    add_states(table, NOT_COUNTED, draft)
    if matches and any(condition.negated for condition in table.conditions):
        draft.notes.append(words["silence_note"])


def _add_matches(matches: Sequence[Row], table: CensusTable, draft: Draft) -> None:
    for row in matches[:_LISTED]:
        _match_lines(row, table, draft)
    if len(matches) > _LISTED:
        draft.line(texts(draft.language)["more_reports"])


def add_compared(table: CensusTable, draft: Draft) -> None:
    """The figure of the place that all others are compared with."""
    if not table.conditions or not table.conditions[0].than_place:
        return
    found = (j.reference for row in table.rows for j in row.judgements if j.reference)
    reference = next(found, ())
    if reference:
        card = draft.cards.get(reference[0].report_id)
        town = f"{draft.town(card)} {card.year}：" if card else ""
        shown = town + facts_in_words(reference, draft)
        draft.line("- " + texts(draft.language)["compared_with"].format(facts=shown))


def write_count(plan: Plan, table: CensusTable, draft: Draft) -> None:
    """How many reports meet the condition, with the list that the number is made of."""
    words = texts(draft.language)
    what = condition_words(plan, table, draft.language)
    matches = table.in_state("match")
    shape = "count" if matches else "count_none"
    draft.line(words[shape].format(n=len(matches), what=what))
    draft.line()
    add_compared(table, draft)
    _add_matches(matches, table, draft)
    add_census_line(table, draft)
    add_states(table, NOT_COUNTED, draft)


def _match_lines(row: Row, table: CensusTable, draft: Draft) -> None:
    words = texts(draft.language)
    for judgement, condition in zip(row.judgements, table.conditions, strict=True):
        if not judgement.holds or not (judgement.fact or judgement.spans):
            continue
        text = claim(row, judgement, table, draft)
        draft.line(f"- {text}")
        add_reference(judgement, condition, draft)
        if judgement.beside:
            draft.line(
                "  - " + words["beside"].format(facts=facts_in_words(judgement.beside, draft))
            )
        add_contradictions(judgement, draft)


def claim(row: Row, judgement: Judgement, table: CensusTable, draft: Draft) -> str:
    words = texts(draft.language)
    town, year = draft.town(row.card), row.card.year
    fact = judgement.fact
    if fact is None or fact.rule.startswith("no_event") or fact.kind in ("target", "change"):
        mark = draft.cite_fact(fact) if fact else draft.cite(judgement.spans[0])
        quote = fact.quote if fact else draft.quote(judgement.spans[0])
        head = f"{town}（{year}年）" if draft.language == "zh" else f"{town} ({year})"
        return f"{head}：“{quote.strip()}”[{mark}]"
    return words["value"].format(
        town=town,
        year=year,
        label=label(fact, table.names.get(fact.indicator or ""), draft.language),
        value=figure(fact, draft.language),
        marks=draft.marks([fact]),
    )


def _marks(row: Row, draft: Draft) -> str:
    marks = [draft.cite_fact(j.fact) for j in row.judgements if j.fact and j.holds]
    marks += [draft.cite(j.spans[0]) for j in row.judgements if j.spans and j.holds and not j.fact]
    return "".join(f"[{mark}]" for mark in dict.fromkeys(marks))


def _town(row: Row, draft: Draft) -> str:
    year = f"（{row.card.year}年）" if draft.language == "zh" else f" ({row.card.year})"
    return f"**{draft.town(row.card)}**{year}{_marks(row, draft)}"
