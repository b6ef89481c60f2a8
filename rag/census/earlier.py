"""Compare a report's figure with that of the year before, as it tells it or the report before."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from rag.census.judge import holds
from rag.judgements import Judgement
from rag.models import Condition, Fact, Operator, ReportCard
from rag.words import fold

_MONEY = frozenset(("元", "万元", "亿元"))
_CARRIED_OVER = re.compile(r"结转|转结|遗留|累计")  # 上年结转3件 is no figure of the year before
_ROSE = re.compile(
    r"增[加长多至到]|增|上升|上涨|升|提[高升了]|高出|多出?|扩大|翻|涨|\+(?=\s*\d)|(?<![\d.])↑"
)
_FELL = re.compile(r"减少?|下降|降低?|下滑|回落|少|缩[减短]|压减|跌|低|-(?=\s*\d)|↓")
_TO_ANOTHER = re.compile(
    r"要求|标准|目标|指标|考核|承诺|时限|平均|全[县区市省州]|[县区市省]里(?!.{0,4}(?:上年|去年))"
)
_CLAUSE = 30  # characters before the end of a change's quote that say what it is a change to
_NEAR = 16  # characters before a change's figure in which its direction is said


def earlier_figures(
    own: Fact | None, facts: Sequence[Fact], family: Collection[str | None]
) -> tuple[Fact, ...]:
    """What a report tells of an indicator's year before: its figure, and the change since.

    Of several figures or changes the one nearest to the figure of the year itself.

    Args:
        own: the figure of the report's own year; None where it states none.
        facts: the report's figures of the family and of what belongs to it.
        family: the names of the indicators that may answer.
    """
    told = [f for f in facts if f.indicator in family and f.actor is None]
    before = [
        f
        for f in told
        if f.kind == "previous_period" and own and _is_comparable(f, own) and f.value is not None
    ]
    changes = [f for f in told if f.kind == "change" and _since_before(f) and direction(f)]
    if own is None:
        return tuple(changes[:1])
    named = [f for f in (*before, *changes) if f.indicator == own.indicator]
    near = [f for f in named if f.paragraph == own.paragraph] or named
    found = []
    for kind in ("previous_period", "change"):
        alike = [f for f in near if f.kind == kind]
        found += sorted(alike, key=lambda f: abs(f.value_start - own.value_start))[:1]
    return tuple(found)


def _since_before(change: Fact) -> bool:
    """Whether a difference is to the year before, not to a standard or an average."""
    clause = re.split(r"[;。]", fold(change.quote))[-1]
    return not _TO_ANOTHER.search(clause[-_CLAUSE:])


def of_year(facts: Sequence[Fact], card: ReportCard, condition: Condition) -> tuple[Fact, ...]:
    """Of what a report tells of earlier years, what is of the year that is compared with."""
    year = year_before(card, condition)
    if card.year is None or year == card.year - 1:
        return tuple(facts)
    return tuple(f for f in facts if str(year) in fold(f.clause) or f.period == str(year))


def _is_comparable(before: Fact, own: Fact) -> bool:
    """Whether two figures count the same thing, the whole of it."""
    said = before.clause[: before.clause.find(before.label) + len(before.label) + 2]
    if _CARRIED_OVER.search(said) and "carried" not in before.rule:
        return False
    if before.whole not in (None, own.value_start):
        return False
    if before.qualifier not in ("exact", "about"):
        return False
    units = {before.unit, own.unit}
    return len(units) == 1 or units <= _MONEY or not (units & (_MONEY | {"%", "‰"}))


def direction(change: Fact) -> Operator | None:
    """Whether a printed change is a rise or a fall, by the words before its figure.

    A sign in a table says so as well; None where nothing does.
    """
    text = fold(change.quote)
    digits = re.search(r"\d[\d,.]*\D*$", text)
    end = digits.start() if digits else len(text)
    before = text[max(0, end - _NEAR) : end + 1]
    rises = [match.end() for match in _ROSE.finditer(before)]
    falls = [match.end() for match in _FELL.finditer(before)]
    if not rises and not falls:
        return None
    return ">" if max(rises, default=0) > max(falls, default=0) else "<"


def year_before(card: ReportCard, condition: Condition) -> int:
    """The year that a report is compared with; 0 where its own is not known."""
    if isinstance(condition.than_year, int):
        return condition.than_year
    return card.year - 1 if card.year else 0


def judged_by_change(
    condition: Condition, judgement: Judgement, before: tuple[Judgement, ReportCard] | None
) -> Judgement:
    """The judgement by how a figure stands to that of the year before.

    Where a report tells no such figure, and no report of that year does, it is only mentioned.

    Args:
        before: the judgement of the town's report of the year before, where there is one.
    """
    own = judgement.fact
    if judgement.state != "match" or own is None:
        return judgement
    told = own if own.kind == "change" else next(iter(judgement.reference), None)
    if told is None and before is not None:
        fact = before[0].fact
        if fact is not None and fact.value is not None and _is_comparable(fact, own):
            told = fact
            judgement = replace(judgement, reference=(fact,), reference_card=before[1])
    if condition.op == "mentions":
        return judgement
    if told is None:
        return replace(judgement, state="mentioned", others=(own,), fact=None)
    return replace(judgement, state="match" if _holds(condition, own, told) else "other_value")


def _holds(condition: Condition, own: Fact, told: Fact) -> bool:
    if told.kind == "change":
        risen = direction(told)
        return risen == condition.op.rstrip("=") or (
            condition.op in (">=", "<=") and risen is not None and risen == condition.op[0]
        )
    return holds(replace(condition, value=told.value, unit=told.unit), own)
