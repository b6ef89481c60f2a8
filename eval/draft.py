"""Questions proposed with gold, for a person to confirm: from the ledger, or from feedback.

What the program understood is the gold of a draft, so a draft measures nothing by itself.
Each one is tagged "draft"; who has checked it against the report takes the tag away.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.dataset import GoldSpan, GoldValue, Question
from rag.errors import BadQuestionFile
from rag.models import Answer, Fact, ReportCard, Turn
from rag.pipeline import answer
from rag.stores import Stores

DRAFT = "draft"
_PERCENT = "%"


class _Feedback(BaseModel):
    """A line that the chat page writes when a reader judges an answer."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    question: str
    history: tuple[str, ...] = ()
    answer_id: str | None = None
    status: Literal["answered", "not_found", "out_of_scope"] | None = None
    thumb: Literal["up", "down"]
    comment: str | None = None


def draft_questions(stores: Stores, count: int, *, seed: int = 0) -> tuple[Question, ...]:
    """So many questions about the stored reports at most, with gold from the ledger.

    Half ask for one figure of one report, the others which reports state an indicator at a
    threshold; each names the sentence its gold rests on, so that it can be checked.
    """
    random = Random(f"draft {seed}")
    cards = {card.id: card for card in stores.database.cards()}
    achieved = [
        fact
        for fact in stores.database.facts(report_ids=list(cards))
        if fact.kind == "achieved"
        and fact.actor is None
        and fact.indicator
        and fact.value is not None
    ]
    lookups = list(_lookups(achieved, cards, stores))
    sets = list(_sets(achieved, cards, stores))
    chosen = random.sample(sets, min(len(sets), count // 2))
    chosen += random.sample(lookups, min(len(lookups), count - len(chosen)))
    return tuple(
        question.model_copy(update={"id": f"draft-{number:03}"})
        for number, question in enumerate(chosen, start=1)
    )


def from_feedback(path: Path, stores: Stores) -> tuple[Question, ...]:
    """The questions readers judged, newest judgement of each, asked again for proposed gold.

    An answer that was liked proposes its reports, values and citations as gold. Of one that
    was not, only the question is kept: its gold is for a person to write.

    Raises:
        BadQuestionFile: a line is not feedback.
    """
    latest: dict[tuple[str, tuple[str, ...]], _Feedback] = {}
    for feedback in _read_feedback(path):
        latest[feedback.question, feedback.history] = feedback
    return tuple(
        _judged(feedback, number, stores) for number, feedback in enumerate(latest.values(), 1)
    )


def _lookups(
    facts: Sequence[Fact], cards: Mapping[str, ReportCard], stores: Stores
) -> Iterator[Question]:
    """One question for each figure that is the only one of its indicator in its report."""
    counted = Counter((fact.report_id, fact.indicator) for fact in facts)
    for fact in facts:
        card = cards[fact.report_id]
        if counted[fact.report_id, fact.indicator] > 1 or not card.place.town or not card.year:
            continue
        unit = "是多少" if fact.unit == _PERCENT else f"是多少{fact.unit}"
        yield Question(
            id="-",
            question=f"{card.place.town}{card.year}年{fact.indicator}{unit}？",
            kind="lookup",
            status="answered",
            reports=(card.source,),
            values=(_value(fact, card),),
            spans=(_span(fact, card, stores),),
            tags=(DRAFT,),
            note=fact.sentence,
        )


def _sets(
    facts: Sequence[Fact], cards: Mapping[str, ReportCard], stores: Stores
) -> Iterator[Question]:
    """Which reports are at 100%, for each rate that two reports at least state once."""
    rates: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        if fact.unit == _PERCENT and fact.indicator:
            rates[fact.indicator][fact.report_id].append(fact)
    for indicator, by_report in sorted(rates.items()):
        if len(by_report) < 2 or any(len(found) > 1 for found in by_report.values()):
            continue
        stated = [found[0] for found in by_report.values()]
        full = [fact for fact in stated if fact.value == 100 and fact.qualifier == "exact"]
        yield Question(
            id="-",
            question=f"哪些镇的{indicator}达到100%？",
            kind="census",
            status="answered",
            reports=tuple(sorted(cards[fact.report_id].source for fact in full)),
            in_scope=len(cards),
            spans=tuple(_span(fact, cards[fact.report_id], stores) for fact in full),
            tags=(DRAFT,),
            note="；".join(f"{cards[fact.report_id].source}: {fact.quote}" for fact in stated),
        )


def _value(fact: Fact, card: ReportCard) -> GoldValue:
    assert fact.value is not None
    return GoldValue(source=card.source, value=fact.value, unit=fact.unit, qualifier=fact.qualifier)


def _span(fact: Fact, card: ReportCard, stores: Stores) -> GoldSpan:
    return _gold_span(stores.database.stored_text(card.id), card.source, fact.start, fact.end)


def _gold_span(text: str, source: str, start: int, end: int) -> GoldSpan:
    """The span, with which one it is where its words stand more than once."""
    words = text[start:end]
    before, position = 0, text.find(words)
    while position != start:
        before, position = before + 1, text.find(words, position + 1)
    several = text.count(words) > 1 or before
    return GoldSpan(source=source, text=words, occurrence=before + 1 if several else None)


def _read_feedback(path: Path) -> Iterator[_Feedback]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise BadQuestionFile(f"{path}: {error.strerror}; give a JSONL file") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _Feedback.model_validate(json.loads(line))
            except (ValidationError, ValueError) as error:
                raise BadQuestionFile(f"{path}:{number}: not feedback of the chat page") from error


def _judged(feedback: _Feedback, number: int, stores: Stores) -> Question:
    history = [Turn(earlier) for earlier in feedback.history]
    given = answer(feedback.question, history=history, stores=stores)
    common: dict[str, Any] = {
        "id": f"feedback-{number:03}",
        "question": feedback.question,
        "history": feedback.history,
        "language": given.language,
        "kind": given.plan.kind,
        "status": feedback.status or given.status,
        "tags": (DRAFT, "feedback", feedback.thumb),
        "note": feedback.comment or "",
    }
    if feedback.thumb == "up" and given.status == common["status"]:
        common |= _proposed(given, stores)
    return Question.model_validate(common)


def _proposed(given: Answer, stores: Stores) -> dict[str, Any]:
    """Gold as the answer has it."""
    matched = [finding for finding in given.findings if finding.state == "match"]
    marks = {mark for finding in matched for mark in finding.citations}
    gold: dict[str, Any] = {
        "reports": tuple(dict.fromkeys(finding.source for finding in matched)),
        "in_scope": given.census.in_scope or None,
        "spans": tuple(
            _gold_span(
                stores.database.stored_text(item.report_id), item.source, item.start, item.end
            )
            for item in given.citations
            if item.mark in marks
        ),
    }
    if given.status == "answered":
        gold["values"] = tuple(
            GoldValue(
                source=finding.source,
                value=finding.value,
                unit=finding.unit or "",
                qualifier=finding.qualifier or "exact",
            )
            for finding in matched
            if finding.value is not None
        )
    return gold
