"""Write the answer to a set question, to a count of reports, and to a yes-or-no question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import eq, ge, gt, le, lt

from rag.compose.beside import add_reference, facts_in_words
from rag.compose.draft import Draft
from rag.compose.phrases import condition_phrase, figure, label, texts
from rag.compose.scope import NOT_COUNTED, add_census_line, add_states, scope_name
from rag.compose.values import add_contradictions
from rag.judgements import CensusTable, Judgement, Row
from rag.models import Language, Plan, Share

_LISTED = 30  # matches written out; the whole table is in the findings
_COMPARE = {">=": ge, ">": gt, "<=": le, "<": lt, "==": eq}
_NONE_ASKED = re.compile(r"(?<!有)没有?|(?<!有)无|未|\b(?:no|not|n't|without)\b", re.IGNORECASE)
_ONLY_MENTION = re.compile(
    r"提到|提及|提过|说到|写到|出现|\bmention|\bname\b|\brefer", re.IGNORECASE
)


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
    _add_reference(table, draft)
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


def _add_reference(table: CensusTable, draft: Draft) -> None:
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
    _add_reference(table, draft)
    _add_matches(matches, table, draft)
    add_census_line(table, draft)
    add_states(table, NOT_COUNTED, draft)


def _match_lines(row: Row, table: CensusTable, draft: Draft) -> None:
    words = texts(draft.language)
    for judgement, condition in zip(row.judgements, table.conditions, strict=True):
        if not judgement.holds or not (judgement.fact or judgement.spans):
            continue
        text = _claim(row, judgement, table, draft)
        draft.line(f"- {text}")
        add_reference(judgement, condition, draft)
        if judgement.beside:
            draft.line(
                "  - " + words["beside"].format(facts=facts_in_words(judgement.beside, draft))
            )
        add_contradictions(judgement, draft)


def _claim(row: Row, judgement: Judgement, table: CensusTable, draft: Draft) -> str:
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


def write_yes_no(plan: Plan, question: str, table: CensusTable, draft: Draft) -> bool:
    """Yes or no with what it rests on; false where the reports do not say."""
    matches: Sequence[Row] = table.in_state("match")
    others: Sequence[Row] = table.in_state("other_value", "no_case")
    words = texts(draft.language)
    if plan.share is not None and len(table.rows) > 1:
        return _write_share(plan, plan.share, table, draft)
    denied = [row for row in matches if _is_nothing(row, table)]
    if denied and not _NONE_ASKED.search(question):
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
        draft.line(f"- {_claim(row, judgement, table, draft)}")
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
        _add_reference(table, draft)
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
