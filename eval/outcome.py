"""What a run of a question set leaves: each answer with its metrics."""

from __future__ import annotations

from dataclasses import dataclass

from eval.dataset import Question
from eval.metrics.given import AnswerJson
from eval.metrics.score import Score


@dataclass(frozen=True)
class Outcome:
    """A question, the answer in the JSON form, the time it took and its metrics."""

    question: Question
    answer: AnswerJson
    milliseconds: float
    score: Score


@dataclass(frozen=True)
class Run:
    """A question set asked from beginning to end."""

    started: str  # ISO time, UTC
    questions_from: str  # file name of the question set
    reports: tuple[str, ...]  # sources of the stored reports
    outcomes: tuple[Outcome, ...]
