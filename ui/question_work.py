"""What is done with question files before they are asked: template, lint, draft, outside data."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import typer

from eval.dataset import lint
from eval.question_files import (
    lint_question_file,
    read_question_file,
    write_question_file,
    write_template,
)
from eval.run import SAMPLE_QUESTIONS, corpus_texts, sample_folder, stored_texts
from rag.settings import Settings
from ui.ingesting import open_current
from ui.messages import Messages

DRAFTED = 40  # questions a draft has at most


def run_template(path: Path, say: Messages) -> None:
    """Write a question file to begin with."""
    write_template(path)
    typer.echo(say("template_written", file=path), err=True)


def run_lint(
    settings: Settings, say: Messages, *, questions: Path | None, corpus: Path | None
) -> int:
    """Print everything wrong with a question file, a line each; 1 if there is anything.

    Its gold is looked up in the corpus or, without one, in the stored reports; that of the
    questions that came with the program in the samples.
    """
    path = questions or SAMPLE_QUESTIONS
    problems = list(lint_question_file(path))
    if not problems:
        asked = read_question_file(path)
        if questions is None or corpus is not None:
            texts = corpus_texts(corpus or sample_folder())
        else:
            with open_current(settings, say) as stores:
                texts = stored_texts(stores)
        problems = [f"{path}: {problem}" for problem in lint(asked, texts)]
        if not problems:
            typer.echo(say("lint_clean", count=len(asked)), err=True)
    for problem in problems:
        typer.echo(problem)
    return 1 if problems else 0


def run_draft(path: Path, settings: Settings, say: Messages, *, feedback: Path | None) -> None:
    """Propose questions with gold from the ledger, or from feedback, into a file."""
    from eval.draft import draft_questions, from_feedback  # noqa: PLC0415  the program itself

    with ExitStack() as stack:
        stores = stack.enter_context(open_current(settings, say))
        drafts = from_feedback(feedback, stores) if feedback else draft_questions(stores, DRAFTED)
    write_question_file(drafts, path)
    typer.echo(say("drafted", count=len(drafts), file=path), err=True)


def run_outside(
    source: Path,
    folder: Path,
    say: Messages,
    *,
    form: Literal["loong", "rgb"],
    documents: Path | None,
) -> None:
    """Turn a benchmark file into documents and questions in a new folder."""
    from eval.outside import convert  # noqa: PLC0415  for this only

    made = convert(source, folder, form=form, documents=documents)
    typer.echo(
        say("outside_written", count=made.questions, documents=made.documents, folder=folder),
        err=True,
    )
