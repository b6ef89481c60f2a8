"""Write the values that reports state, one after another."""

from __future__ import annotations

from collections.abc import Sequence

from rag.compose.draft import Draft
from rag.compose.phrases import figure, indicator_name, label, texts, value_words
from rag.judgements import CensusTable, Judgement, Row
from rag.models import Fact

_ALSO = 3  # further figures of the same indicator, under other labels


def write_lookup(table: CensusTable, draft: Draft) -> bool:
    """The value for each report in scope that states it; false where none does."""
    answered = False
    stated = table.in_state("match", "other_value", "implied", "no_case")
    for row in stated:
        direct = len(stated) == 1 and len(row.judgements) == 1
        for judgement, condition in zip(row.judgements, table.conditions, strict=True):
            name = indicator_name(condition.indicator, dict(table.names), draft.language)
            written = _value_line(row, judgement, name, table, draft, direct=direct)
            answered = written or answered
    return answered


def _value_line(
    row: Row, judgement: Judgement, name: str, table: CensusTable, draft: Draft, *, direct: bool
) -> bool:
    words = texts(draft.language)
    town = draft.town(row.card)
    if judgement.state == "implied":
        draft.line(
            words["derived"].format(
                town=town,
                year=row.card.year,
                indicator=name,
                derivation=judgement.derivation,
                value=f"{judgement.value}%",
                marks=draft.marks(judgement.others),
            )
        )
        return True
    fact = judgement.fact
    if fact is None:
        return False
    if judgement.state == "no_case" or fact.rule.startswith("no_event"):
        what = words["no_case"].format(condition=fact.quote)
        draft.line(
            words["match_one"].format(
                town=town, year=row.card.year, what=what, marks=draft.marks([fact])
            )
        )
        return True
    shape = "value_direct" if direct else "value"
    line = words[shape].format(
        town=town,
        year=row.card.year,
        label=label(fact, table.names.get(fact.indicator or ""), draft.language),
        value=figure(fact, draft.language),
        marks=draft.marks([fact]),
    )
    draft.line(line if direct else f"- {line}")
    _add_beside(judgement, draft)
    if judgement.not_counted:
        marks = draft.marks(judgement.not_counted[:_ALSO])
        draft.line(f"  - {words['uncounted'].format(marks=marks)}")
    for other in judgement.others[:_ALSO]:
        if not judgement.conflict and other.kind == "achieved" and other.actor is None:
            draft.line(f"- {words['also'].format(facts=facts_in_words([other], draft))}")
    return True


def _add_beside(judgement: Judgement, draft: Draft) -> None:
    words = texts(draft.language)
    if judgement.conflict:
        draft.line(
            "  - " + words["conflict"].format(values=facts_in_words(judgement.others, draft))
        )
    if judgement.beside:
        draft.line("  - " + words["beside"].format(facts=facts_in_words(judgement.beside, draft)))


def facts_in_words(facts: Sequence[Fact], draft: Draft) -> str:
    """Figures with their printed labels and marks: 应出庭7次[2]、委托2次[3]."""
    separator = texts(draft.language)["list_separator"]
    space = "" if draft.language == "zh" else " "
    return separator.join(
        f"{fact.label}{space}{figure(fact, draft.language)}{draft.marks([fact])}"
        if not fact.rule.startswith("no_event")
        else f"{value_words(fact, draft.language)}{draft.marks([fact])}"
        for fact in facts
    )
