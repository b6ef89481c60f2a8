"""The command that asks: one question, or a file of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import typer

from rag.errors import BadQuestionFile
from rag.models import Answer, Turn
from rag.pipeline import answer
from rag.settings import Settings
from rag.stores import Stores
from ui.batch import BatchQuestion, read_batch
from ui.ingesting import open_current
from ui.messages import Messages
from ui.records import Record, answer_record
from ui.tables import write_json, write_json_line


def run_ask(
    question: str,
    settings: Settings,
    say: Messages,
    *,
    places: Sequence[str],
    years: Sequence[int],
    as_json: bool,
) -> None:
    """Print the answer with its sources, or as JSON."""
    with open_current(settings, say) as stores:
        found = answer(question, stores=stores, places=places, years=years)
    if as_json:
        write_json(answer_record(found), sys.stdout)
    else:
        typer.echo(answer_text(found, say))


def run_batch(
    path: Path, settings: Settings, say: Messages, *, places: Sequence[str], years: Sequence[int]
) -> None:
    """Print one answer a line, in the order of the questions, each with its question's id."""
    with _lines_of(path) as lines:
        questions = read_batch(lines, path.name)
    with open_current(settings, say) as stores:
        for question in questions:
            write_json_line(_answered(question, stores, places, years), sys.stdout)


def answer_text(found: Answer, say: Messages) -> str:
    """An answer as it is read on a terminal: the text, the notes, and a line a source."""
    parts = [found.text, *found.notes]
    if found.citations:
        parts += ["", f"{say('sources')}:"]
    for citation in found.citations:
        section = " > ".join(citation.section)
        parts.append(f"[{citation.mark}] {citation.source} · {section}\n    {citation.quote}")
    return "\n".join(parts)


def _answered(
    question: BatchQuestion, stores: Stores, places: Sequence[str], years: Sequence[int]
) -> Record:
    history = [Turn(earlier) for earlier in question.history]
    found = answer(question.question, history=history, stores=stores, places=places, years=years)
    return answer_record(found) | {"id": question.id}


@contextmanager
def _lines_of(path: Path) -> Iterator[TextIO]:
    if str(path) == "-":
        yield sys.stdin
        return
    try:
        with path.open(encoding="utf-8") as file:
            yield file
    except OSError as error:
        raise BadQuestionFile(f"{path}: {error.strerror}; give a JSONL file") from error
    except UnicodeDecodeError as error:
        raise BadQuestionFile(f"{path}: is not UTF-8; save it as UTF-8") from error
