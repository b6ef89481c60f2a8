"""Write the answer to a yes-or-no question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import eq, ge, gt, le, lt

from rag.compose.beside import add_reference, facts_in_words
from rag.compose.census_text import add_compared, claim, condition_words
from rag.compose.draft import Draft
from rag.compose.phrases import texts
from rag.compose.scope import add_census_line
from rag.denials import only_denials
from rag.judgements import CensusTable, Row
from rag.models import Plan, Share

_LISTED = 30  # reports written out; the whole table is in the findings
_COMPARE = {">=": ge, ">": gt, "<=": le, "<": lt, "==": eq}
_NONE_ASKED = re.compile(r"(?<!有)没有?|(?<!有)无|未|\b(?:no|not|n't|without)\b", re.IGNORECASE)
_ONLY_MENTION = re.compile(
    r"提到|提及|提过|说到|写到|出现|\bmention|\bname\b|\brefer", re.IGNORECASE
)


def write_yes_no(plan: Plan, question: str, table: CensusTable, draft: Draft) -> bool:
    """Yes or no with what it rests on; false where the reports do not say."""
    matches: Sequence[Row] = table.in_state("match")
    others: Sequence[Row] = table.in_state("other_value", "no_case")
    words = texts(draft.language)
    if plan.share is not None and len(table.rows) > 1:
        return _write_share(plan, plan.share, table, draft)
    denied = [row for row in matches if _is_nothing(row, table)]
    if denied and not _NONE_ASKED.search(only_denials(question)):
        others, matches = (*denied, *others), tuple(row for row in matches if row not in denied)
    if matches:
        draft.line(words["yes"])
    elif is_undefined(table):
        draft.line(words["undefined"])
    elif others:
        draft.line(words["no"])
    else:
        return _write_undecided(plan, question, table, draft)
    for row in (*matches, *others)[:_LISTED]:
        _yes_no_lines(row, table, draft)
    if len(table.rows) > 1:
        add_census_line(table, draft)
    return True


def is_undefined(table: CensusTable) -> bool:
    """Whether a rate is asked about that no case gave rise to: neither 100% nor below."""
    valued = any(condition.value is not None for condition in table.conditions)
    return valued and bool(table.in_state("no_case")) and not table.in_state("match", "other_value")


def _is_nothing(row: Row, table: CensusTable) -> bool:
    """Whether what a report states of something is that there was none of it."""
    fact = row.first.fact
    if fact is None:
        return False
    stated = table.conditions[0].op == "mentions"
    return fact.rule.startswith("no_event") or (stated and fact.value == 0)


def _write_share(plan: Plan, share: Share, table: CensusTable, draft: Draft) -> bool:
    """Whether it holds of all reports, of most, or of more than so many; the others first if not."""
    words = texts(draft.language)
    matches = table.in_state("match")
    others = table.in_state("other_value", "no_case")
    if not matches and not others:
        return False
    size = len(table.rows)
    least, most = len(matches), size - len(others)
    answer = "unknown"
    if _reached(share, least, size):
        answer = "yes"
    elif not _reached(share, most, size):
        answer = "no"
    what = condition_words(plan, table, draft.language)
    draft.line(words[answer] + words["share"].format(n=size, count=least, what=what))
    for row in (others if answer == "no" else matches)[:_LISTED]:
        _yes_no_lines(row, table, draft)
    add_census_line(table, draft)
    return True


def _reached(share: Share, count: int, size: int) -> bool:
    value = count * 100 / size if share.unit == "%" else count
    return bool(_COMPARE[share.op](value, share.value))


def _yes_no_lines(row: Row, table: CensusTable, draft: Draft) -> None:
    words = texts(draft.language)
    for judgement, condition in zip(row.judgements, table.conditions, strict=True):
        if judgement.fact is None and not judgement.spans:
            continue
        draft.line(f"- {claim(row, judgement, table, draft)}")
        if judgement.reference and condition.than_place:
            compared = facts_in_words(judgement.reference, draft)
            draft.line("  - " + words["compared_with"].format(facts=compared))
        add_reference(judgement, condition, draft)
        if judgement.beside:
            draft.line(
                "  - " + words["beside"].format(facts=facts_in_words(judgement.beside, draft))
            )


def _write_implied(plan: Plan, implied: Sequence[Row], draft: Draft) -> None:
    """Whether what the counts come to meets the condition; it is said to be computed."""
    words = texts(draft.language)
    asked = plan.conditions[0] if len(plan.conditions) == 1 else None
    values = [row.first.value for row in implied if row.first.value is not None]
    beside = implied[0].first.reference[:1]
    bound = asked.value if asked else None
    if bound is None and beside:
        bound = beside[0].value
    if asked is None or bound is None or asked.op not in _COMPARE or len(values) != 1:
        draft.line(words["unknown"])
        return
    met = bool(_COMPARE[asked.op](values[0], bound))
    draft.line(words["yes" if met else "no"] + words["unstated"])


def _write_undecided(plan: Plan, question: str, table: CensusTable, draft: Draft) -> bool:
    words = texts(draft.language)
    implied = table.in_state("implied")
    planned = [
        row for row in table.in_state("mentioned") if row.first.spans and not plan.indicators
    ]
    if implied:
        _write_implied(plan, implied, draft)
        for row in implied[:_LISTED]:
            judgement = next(j for j in row.judgements if j.derivation)
            draft.line(
                f"- {draft.town(row.card)} {judgement.derivation}{draft.marks(judgement.others)}"
            )
        add_compared(table, draft)
        return True
    if planned:
        draft.line(words["no"])
        for row in planned[:_LISTED]:
            mark = f"[{draft.cite(row.first.spans[0])}]"
            draft.line("- " + words["yes_no_planned"].format(town=draft.town(row.card), marks=mark))
        return True
    if _ONLY_MENTION.search(question) and table.rows and not plan.unknown_places:
        what = condition_words(plan, table, draft.language)
        draft.line(f"{words['no']}{words['yes_no_none'].format(what=what)}")
        add_census_line(table, draft)
        return True
    return False
