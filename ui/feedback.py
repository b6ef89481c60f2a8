"""What readers think of answers: one JSON object a line in the data folder's feedback.jsonl."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

Thumb = Literal["up", "down"]
THUMBS: tuple[Thumb, ...] = get_args(Thumb)
LONGEST_COMMENT = 2000  # characters
_writing = threading.Lock()  # one server writes a data folder's feedback


@dataclass(frozen=True)
class Feedback:
    """A thumb for one answer; another for the same answer replaces it."""

    time: str  # ISO, UTC
    question: str
    history: tuple[str, ...]  # the earlier questions of the conversation
    answer_id: str
    status: str  # of the answer
    thumb: Thumb
    comment: str = ""


def feedback_file(data: Path) -> Path:
    """Where the feedback of a data folder is kept."""
    return data / "feedback.jsonl"


def note_feedback(path: Path, given: Feedback) -> None:
    """Write a thumb down, in place of an earlier one for the same answer.

    Raises:
        OSError: the file cannot be written.
    """
    with _writing:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        named = json.dumps({"answer_id": given.answer_id})[1:-1]
        kept = [line for line in lines if named not in line]
        kept.append(json.dumps(asdict(given), ensure_ascii=False))
        written = path.with_suffix(".part")
        written.write_text("\n".join(kept) + "\n", encoding="utf-8")
        os.replace(written, path)  # noqa: PTH105  a killed server leaves the old file whole
