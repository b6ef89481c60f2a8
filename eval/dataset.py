"""Question files: one JSON object a line, each a question with its gold answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from rag.errors import BadQuestionFile
from rag.models import Language, PlanKind, Qualifier, State

Status = Literal["answered", "not_found", "out_of_scope"]


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldValue(_Line):
    """A figure the answer has to state, in the unit the report prints."""

    source: str | None = None  # file name; None for a figure computed over several reports
    value: int | float
    unit: str = ""
    qualifier: Qualifier = "exact"
    required: bool = True  # False: right when given, not missed when absent


class GoldSpan(_Line):
    """Stored text that states the claim, verbatim and contiguous."""

    source: str
    text: str = Field(min_length=2)
    occurrence: int | None = Field(default=None, ge=1)  # which one, where the text stands twice
    required: bool = True  # False: may be cited, need not be
    group: str | None = None  # of the spans of a group one is enough


class Question(_Line):
    """One question and what is known of its right answer; what is not known is not scored."""

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    language: Language = "zh"
    kind: PlanKind
    history: tuple[str, ...] = ()  # earlier questions, oldest first
    status: Status
    reports: tuple[str, ...] | None = None  # sources that must be `match`; None: not scored
    in_scope: int | None = Field(default=None, ge=0)  # reports the census has to account for
    values: tuple[GoldValue, ...] = ()
    spans: tuple[GoldSpan, ...] = ()
    census: dict[str, State] = Field(default_factory=dict)  # source -> state, where certain
    yes_no: bool | None = None  # None in a yes_no question: the answer must say neither
    must_not: tuple[str, ...] = ()  # phrases or figures the text must not contain
    must_say: tuple[tuple[str, ...], ...] = ()  # of each inner list one, in text or notes
    tags: tuple[str, ...] = ()
    note: str = ""  # for people; no program reads it

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.status != "answered" and any(value.required for value in self.values):
            raise ValueError(f"status {self.status} and required values exclude each other")
        if self.yes_no is not None and self.kind != "yes_no":
            raise ValueError(f"yes_no is set but the kind is {self.kind}")
        matched = {source for source, state in self.census.items() if state == "match"}
        if self.reports is not None and not matched <= set(self.reports):
            raise ValueError("census has a match that is not among reports")
        return self


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a JSONL file, in order; blank lines are passed over.

    Raises:
        BadQuestionFile: the file cannot be read, has no question, or a line is not a
            question (the message names file, line and field).
    """
    return first_or_raise(path, _lines(path))


def lint_file(path: Path) -> tuple[str, ...]:
    """Everything wrong with the lines of a JSONL file; raises BadQuestionFile as read_questions."""
    return tuple(found for found in check_entries(_lines(path)) if isinstance(found, str))


def _lines(path: Path) -> list[tuple[str, str]]:
    """The lines that are not blank, each with its place."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise BadQuestionFile(f"{path}: {error.strerror}; give a JSONL file") from error
    except UnicodeDecodeError as error:
        raise BadQuestionFile(
            f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8"
        ) from error
    return [(f"{path}:{number}", line) for number, line in enumerate(lines, 1) if line.strip()]


def first_or_raise(
    path: Path, entries: Iterable[tuple[str, str | Mapping[str, Any]]]
) -> tuple[Question, ...]:
    """The questions of (place, JSON line or object) pairs; raises BadQuestionFile at a wrong one."""
    questions: list[Question] = []
    for found in check_entries(entries):
        if isinstance(found, str):
            raise BadQuestionFile(found)
        questions.append(found)
    if not questions:
        raise BadQuestionFile(f"{path}: holds no question; write one JSON object a line")
    return tuple(questions)


def check_entries(
    entries: Iterable[tuple[str, str | Mapping[str, Any]]],
) -> Iterator[Question | str]:
    """Each entry as a question, or what is wrong with it: file, line and field."""
    place_of: dict[str, str] = {}
    for place, entry in entries:
        try:
            question = (
                Question.model_validate_json(entry)
                if isinstance(entry, str)
                else Question.model_validate(entry)
            )
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or "line"
            yield f"{place}: {field}: {first['msg']}; eval/questions/README.md describes each key"
            continue
        if question.id in place_of:
            line = place_of[question.id].rpartition(":")[2]
            yield f"{place}: id {question.id!r} is used on line {line} too"
            continue
        place_of[question.id] = place
        yield question


def span_offsets(span: GoldSpan, text: str) -> tuple[int, int]:
    """Where a gold span stands in its report's stored text, as half-open offsets.

    Raises:
        ValueError: it does not stand there, or more than once and no occurrence is given.
    """
    starts: list[int] = []
    start = text.find(span.text)
    while start >= 0:
        starts.append(start)
        start = text.find(span.text, start + 1)
    if not starts:
        raise ValueError(f"{span.source} does not contain {span.text!r}")
    if span.occurrence is None and len(starts) > 1:
        raise ValueError(f"{span.source} contains {span.text!r} {len(starts)} times: say which")
    index = (span.occurrence or 1) - 1
    if index >= len(starts):
        raise ValueError(f"{span.source} contains {span.text!r} only {len(starts)} times")
    return starts[index], starts[index] + len(span.text)


def lint(questions: Sequence[Question], texts: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with the gold, a line each: unknown sources and spans that do not stand.

    Args:
        texts: stored text by source, of every report the questions are about.
    """
    problems: list[str] = []
    for question in questions:
        named = {*(question.reports or ()), *question.census}
        named.update(value.source for value in question.values if value.source)
        named.update(span.source for span in question.spans)
        unknown = named - set(texts)
        problems += [f"{question.id}: no report {source}" for source in sorted(unknown)]
        for span in question.spans:
            if span.source in unknown:
                continue
            try:
                span_offsets(span, texts[span.source])
            except ValueError as error:
                problems.append(f"{question.id}: {error}")
    return tuple(problems)
