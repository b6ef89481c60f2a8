"""A file of questions for `fazhi ask --batch`: one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.errors import BadQuestionFile


class BatchQuestion(BaseModel):
    """One question; `id` is given back with its answer, keys not named here are ignored."""

    model_config = ConfigDict(frozen=True)

    id: Any = None
    question: str = Field(min_length=1)
    history: tuple[str, ...] = ()  # earlier questions, oldest first


def read_batch(lines: Iterable[str], name: str) -> tuple[BatchQuestion, ...]:
    """The questions, in order; blank lines are passed over.

    Raises:
        BadQuestionFile: a line is not a question; names the file and the line.
    """
    questions = []
    for number, line in enumerate(lines, 1):
        if not line.strip("\ufeff \t\r\n"):
            continue
        try:
            questions.append(BatchQuestion.model_validate_json(line.lstrip("\ufeff")))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "line"
            raise BadQuestionFile(
                f"{name}, line {number}: {field}: {first['msg']}; "
                'a line reads {"id": "1", "question": "…", "history": []}'
            ) from error
    return tuple(questions)
