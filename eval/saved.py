"""Runs that were written before, read back: for comparison and for the history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import BadQuestionFile

RUN_FILE = "run.json"


@dataclass(frozen=True)
class SavedAnswer:
    """One question of a saved run."""

    id: str
    question: str
    measures: Mapping[str, float]  # the metrics it has gold for; "right" among them
    failures: tuple[str, ...]
    text: str  # of the answer
    milliseconds: float


@dataclass(frozen=True)
class SavedRun:
    name: str  # of its folder
    started: str
    questions_from: str
    reports: tuple[str, ...]
    figures: Mapping[str, Any]  # as `eval.metrics.summary.Figures`
    answers: tuple[SavedAnswer, ...]

    def column(self, measure: str) -> dict[str, float]:
        """A metric by question id, of the questions that have it."""
        return {item.id: item.measures[measure] for item in self.answers
                if measure in item.measures}  # fmt: skip


def read_run(path: Path) -> SavedRun:
    """A run, from its folder or its run.json.

    Raises:
        BadQuestionFile: there is no such run, or an older program wrote it.
    """
    file = path / RUN_FILE if path.is_dir() else path
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        answers = tuple(_answer(item) for item in data["outcomes"])
        return SavedRun(
            name=file.parent.name,
            started=data["started"],
            questions_from=data["questions_from"],
            reports=tuple(data["reports"]),
            figures=data["figures"],
            answers=answers,
        )
    except OSError as error:
        message = f"{path}: {error.strerror}; name the folder of a run, see `fazhi eval --history`"
        raise BadQuestionFile(message) from error
    except (ValueError, KeyError, TypeError) as error:
        raise BadQuestionFile(
            f"{path}: not a run of this program; run `fazhi eval` anew"
        ) from error


def read_history(folder: Path) -> tuple[SavedRun, ...]:
    """The runs in the folders of a folder, oldest first; what is no run is passed over."""
    runs: list[SavedRun] = []
    for file in sorted(folder.glob(f"*/{RUN_FILE}")):
        try:
            runs.append(read_run(file))
        except BadQuestionFile:
            continue
    return tuple(sorted(runs, key=lambda run: run.started))


def _answer(item: Mapping[str, Any]) -> SavedAnswer:
    return SavedAnswer(
        id=item["question"]["id"],
        question=item["question"]["question"],
        measures=item["measures"],
        failures=tuple(item["score"]["failures"]),
        text=str(item["answer"].get("text") or ""),
        milliseconds=item["milliseconds"],
    )
