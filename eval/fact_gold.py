"""Hand-checked facts: one JSON object a line, each a figure of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from eval.dataset import GoldSpan, span_offsets
from rag.errors import BadQuestionFile
from rag.models import FactKind, Number, Qualifier


class GoldFact(BaseModel):
    """One figure of one report, as a reader takes it down; eval/gold/README.md has the rules."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str  # file name
    text: str = Field(min_length=2)  # verbatim, with the label and the value where contiguous
    occurrence: int | None = Field(default=None, ge=1)  # which one, where the text stands twice
    value: Number | None  # None for a range
    low: Number | None = None
    high: Number | None = None
    unit: str
    qualifier: Qualifier
    kind: FactKind
    indicator: str | None  # canonical name; None for an open label
    also: tuple[str, ...] = ()  # canonical names that a careful reader may give as well
    label_head: tuple[str, ...] = ()  # head nouns, one of which an open label must have
    actor: str | None = None  # whose figure it is, where not the report's own place
    period: str | None = None  # a year as digits, where another than the report's
    required: bool = True  # False: right when found, not missed when absent

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if (self.qualifier == "range") != (self.value is None):
            raise ValueError("a range has low and high in place of a value, and only a range")
        if self.value is None and (self.low is None or self.high is None):
            raise ValueError("a range needs low and high")
        if self.indicator is None and not self.label_head:
            raise ValueError("an open label needs label_head")
        return self

    @property
    def span(self) -> GoldSpan:
        """Where the figure stands."""
        return GoldSpan(source=self.source, text=self.text, occurrence=self.occurrence)


def read_fact_gold(paths: Iterable[Path]) -> tuple[GoldFact, ...]:
    """The gold facts of JSONL files, in order; blank lines are passed over.

    Raises:
        BadQuestionFile: a file cannot be read, or a line is not a gold fact (the message
            names file, line and field).
    """
    facts: list[GoldFact] = []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise BadQuestionFile(f"{path}: {error}; give a JSONL file in UTF-8") from error
        facts += [
            _read_line(line, f"{path}:{number}")
            for number, line in enumerate(lines, start=1)
            if line.strip()
        ]
    return tuple(facts)


def lint_fact_gold(facts: Iterable[GoldFact], texts: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with the gold, a line each: unknown sources and spans that do not stand.

    Args:
        texts: stored text by source, of every report the facts are of.
    """
    problems: list[str] = []
    for fact in facts:
        if fact.source not in texts:
            problems.append(f"no report {fact.source}")
            continue
        try:
            span_offsets(fact.span, texts[fact.source])
        except ValueError as error:
            problems.append(str(error))
    return tuple(problems)


def _read_line(line: str, place: str) -> GoldFact:
    try:
        return GoldFact.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "line"
        message = f"{place}: {field}: {first['msg']}; eval/gold/README.md describes each key"
        raise BadQuestionFile(message) from error
