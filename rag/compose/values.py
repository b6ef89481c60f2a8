"""Write the values that reports state, one after another."""

from __future__ import annotations

from collections.abc import Sequence

from rag.compose.beside import add_reference, difference, facts_in_words
from rag.compose.draft import Draft
from rag.compose.numbers import one_kind, worth
from rag.compose.phrases import figure, indicator_name, label, texts
from rag.judgements import CensusTable, Judgement, Row
from rag.models import Condition, Contradiction, Fact

_ALSO = 3  # further figures of the same indicator, under other labels


def write_lookup(table: CensusTable, draft: Draft, *, apart: bool = False) -> bool:
    """The value for each report in scope that states it; false where none does.

    Args:
        apart: whether it is asked by how much two figures of a report differ.
    """
    answered = False
    stated = table.in_state("match", "other_value", "implied", "no_case")
    for row in stated:
        direct = len(stated) == 1 and len(row.judgements) == 1
        for judgement, condition in zip(row.judgements, table.conditions, strict=True):
            name = indicator_name(condition.indicator, dict(table.names), draft.language)
            written = _value_line(row, judgement, name, table, draft, direct=direct)
            if written:
                add_reference(judgement, condition, draft, exactly=not condition.than_year)
            answered = written or answered
        if apart:
            _write_apart(row, draft)
    return answered


def _write_apart(row: Row, draft: Draft) -> None:
    """By how much the two figures of a report differ, with the arithmetic."""
    facts = [one.fact for one in row.judgements if one.fact and one.fact.kind == "achieved"]
    if len(facts) == len(row.judgements) == 2 and one_kind(facts):
        more, less = sorted(facts, key=worth, reverse=True)
        shape = texts(draft.language)["two_apart"]
        draft.line(shape.format(derivation=difference(more, less, draft)))


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
        what = words["mentions"].format(subject=fact.quote.strip())
        draft.line(
            words["match_one"].format(
                town=town, year=row.card.year, what=what, marks=draft.marks([fact])
            )
        )
        return True
    if fact.kind != "achieved":  # in the report's words, which say what it is
        head = (
            f"{town}（{row.card.year}年）"
            if draft.language == "zh"
            else f"{town} ({row.card.year})"
        )
        draft.line(f"- {head}：“{fact.quote.strip()}”{draft.marks([fact])}")
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
        if not judgement.conflict and _is_of_more(other, fact):
            draft.line(f"- {words['also'].format(facts=facts_in_words([other], draft))}")
    return True


def _is_of_more(other: Fact, fact: Fact) -> bool:
    """Whether a figure beside the one told may be asked for as well: with 1家 signed, with 3家.

    A smaller one is most often a part of it, and one of another sentence is of another thing.
    """
    if other.kind != "achieved" or other.actor is not None or other.sentence != fact.sentence:
        return False
    larger = (other.value or 0) > (fact.value or 0)
    return other.unit == fact.unit and (larger or other.label == fact.label)


def _add_beside(judgement: Judgement, draft: Draft) -> None:
    words = texts(draft.language)
    add_contradictions(judgement, draft)
    if judgement.beside:
        draft.line("  - " + words["beside"].format(facts=facts_in_words(judgement.beside, draft)))


def add_contradictions(judgement: Judgement, draft: Draft) -> None:
    """Lines with the figures of the same report that disagree with the one shown."""
    for found in judgement.contradictions:
        draft.line(f"  - {_contradiction(found, judgement.fact, draft)}")


def add_untold_contradictions(table: CensusTable, draft: Draft) -> None:
    """Lines on the figures that the answer rests on and whose rivals it has not shown yet."""
    rows = table.in_disagreement("match", "other_value", "implied")
    untold = [
        (row, judgement.fact, found)
        for row in rows
        for number, judgement in enumerate(row.judgements)
        for found in judgement.contradictions
        if found not in draft.told
        and (row.state != "other_value" or _may_match(found, table.conditions[number:][:1]))
    ]
    for row, fact, found in untold[:_ALSO]:
        town = f"{draft.town(row.card)} {row.card.year}"
        draft.line(f"- {town}：{_contradiction(found, fact, draft, whole=True)}")
    if len(untold) > _ALSO:
        draft.notes.append(texts(draft.language)["more_conflicts"].format(n=len(untold) - _ALSO))


def _may_match(found: Contradiction, conditions: Sequence[Condition]) -> bool:
    """Whether figures that disagree lie on both sides of what is asked: one may meet it."""
    bound = conditions[0].value if conditions else None
    if bound is None:
        return False
    asked = conditions[0]
    alike = [fact for fact in found.facts if asked.unit in (None, fact.unit)]
    if len(alike) < len(found.facts) or asked.value2 is not None:
        return True
    values = [float(fact.value or 0) for fact in alike]
    return len({value > bound for value in values}) > 1 or bound in values


def _contradiction(
    found: Contradiction, shown: Fact | None, draft: Draft, *, whole: bool = False
) -> str:
    """What disagrees; a rival value is told without the one shown before, unless `whole`."""
    draft.told.add(found)
    rivals = found.check in ("label", "table")
    facts = [fact for fact in found.facts if fact != shown or whole or not rivals]
    key = "conflict" if rivals and not whole else f"conflict_{found.check}"
    words = texts(draft.language)
    sum_or_share, _, _ = found.arithmetic.partition(" ≠ ")  # what it should be is shown itself
    computed = not rivals and ("=" in sum_or_share or "≈" in sum_or_share)
    arithmetic = words["in_brackets"].format(what=sum_or_share) if computed else ""
    return words[key].format(values=facts_in_words(facts, draft), arithmetic=arithmetic)
