"""How well a peer finds what answers the questions, and what a reader could see in it at best."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.dataset import GoldSpan, Question
from eval.metrics.latency import percentile
from eval.metrics.ranking import CUTS, RankingScore, score_rankings
from eval.metrics.sets import score_set
from eval.peers.peer import Passage, Peer, shows

DEEPEST = max(CUTS)


@dataclass(frozen=True)
class PeerScore:
    name: str
    questions: int  # with passages that answer them
    ranking: RankingScore
    set_questions: int
    set_f1: Mapping[int, float]  # by k: of a reader who misses nothing that was retrieved
    p50_ms: float
    seconds: float = 0.0  # to take the texts in


def score_peer(peer: Peer, questions: Sequence[Question], *, seconds: float = 0.0) -> PeerScore:
    """The peer over the questions that have gold spans.

    A ranking is read as one of gold spans: a passage that holds spans stands for them, one
    that holds none for nothing. For a set question the best a reader can do with the first
    k passages is to name the reports of which a gold span is among them, and no other.

    Raises:
        ValueError: no question has a gold span.
    """
    asked = [question for question in questions if spans_of(question)]
    rankings: dict[str, list[str]] = {}
    best: dict[int, list[float]] = {cut: [] for cut in CUTS}
    times: list[float] = []
    for question in asked:
        before = time.perf_counter()
        found = list(peer.search(question.question, DEEPEST))
        times.append((time.perf_counter() - before) * 1000)
        rankings[question.id] = _as_spans(found, spans_of(question))
        if is_set_question(question):
            for cut in CUTS:
                seen = seen_reports(found[:cut], question)
                best[cut].append(score_set(seen, question.reports or ()).f1)
    relevant = {item.id: [_name(span) for span in spans_of(item)] for item in asked}
    return PeerScore(
        name=peer.name,
        questions=len(asked),
        ranking=score_rankings(rankings, relevant),
        set_questions=len(best[DEEPEST]),
        set_f1={cut: sum(f1) / len(f1) if f1 else 0.0 for cut, f1 in best.items()},
        p50_ms=percentile(times, 50),
        seconds=seconds,
    )


def spans_of(question: Question) -> tuple[GoldSpan, ...]:
    return tuple(span for span in question.spans if span.required)


def is_set_question(question: Question) -> bool:
    """Whether it asks for reports, and each of them has a span that shows it."""
    shown = {span.source for span in question.spans}
    return question.kind == "census" and bool(question.reports) and set(question.reports or ()) <= shown  # fmt: skip


def seen_reports(found: Sequence[Passage], question: Question) -> frozenset[str]:
    """The reports in gold of which some gold span is in the passages."""
    return frozenset(
        span.source
        for span in question.spans
        if span.source in (question.reports or ()) and any(shows(item, span) for item in found)
    )


def _as_spans(found: Sequence[Passage], spans: Sequence[GoldSpan]) -> list[str]:
    """The ranking with each passage as the gold spans it is the first to hold, or as itself."""
    ranking: list[str] = []
    for rank, passage in enumerate(found):
        held = [_name(span) for span in spans if shows(passage, span)]
        ranking += [name for name in held if name not in ranking] or [f"nothing-{rank}"]
    return ranking


def _name(span: GoldSpan) -> str:
    return f"{span.source}|{span.occurrence or 1}|{''.join(span.text.split())}"
