"""The commands under `fazhi eval`: a question set asked, and what goes with it."""

# Everything heavy is imported inside the command that needs it: --help answers at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from ui.options import Data, Json, leave, say, settings_of

app = typer.Typer(help=say("eval"), invoke_without_command=True)

Questions = Annotated[
    Path | None, typer.Option("--questions", metavar="FILE", help=say("option_questions"))
]
Corpus = Annotated[Path | None, typer.Option("--corpus", metavar="DIR", help=say("option_corpus"))]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help=say("option_out"))]
File = Annotated[Path | None, typer.Option(metavar="FILE")]


@app.callback()
def evaluate(
    context: typer.Context,
    *,
    questions: Questions = None,
    corpus: Corpus = None,
    out: Out = None,
    compare: Annotated[
        list[str] | None, typer.Option("--compare", metavar="RUN", help=say("option_compare"))
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option("--fail-under", metavar="METRIC=SHARE", help=say("option_fail_under")),
    ] = None,
    history: Annotated[bool, typer.Option("--history", help=say("option_history"))] = False,
    lint: Annotated[bool, typer.Option("--lint", help=say("option_lint"))] = False,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE", help=say("option_template"))
    ] = None,
    draft: Annotated[
        Path | None, typer.Option("--draft", metavar="FILE", help=say("option_draft"))
    ] = None,
    from_feedback: Annotated[
        Path | None, typer.Option("--from-feedback", metavar="FILE", help=say("option_feedback"))
    ] = None,
    facts: Annotated[bool, typer.Option("--facts", help=say("option_facts"))] = False,
    as_json: Json = False,
    data: Data = None,
) -> None:
    context.obj = data or context.obj
    if context.invoked_subcommand is not None:
        return
    if from_feedback is not None and draft is None:
        raise typer.BadParameter(say("feedback_needs_draft"))
    from ui import measuring, question_work

    settings = settings_of(context, data)
    if facts:
        measuring.run_eval_of_facts(say)
    elif template is not None:
        question_work.run_template(template, say)
    elif draft is not None:
        question_work.run_draft(draft, settings, say, feedback=from_feedback)
    elif lint:
        leave(question_work.run_lint(settings, say, questions=questions, corpus=corpus))
    elif history:
        measuring.run_history(settings, as_json=as_json)
    elif compare and len(compare) > 1:
        measuring.run_comparison(compare, settings, as_json=as_json)
    else:
        status = measuring.run_eval(
            settings,
            say,
            questions=questions,
            corpus=corpus,
            out=out,
            compare_with=compare[0] if compare else None,
            fail_under=fail_under or (),
            as_json=as_json,
        )
        leave(status)


@app.command("corpus", help=say("eval_corpus"))
def corpus_command(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("argument_corpus"))],
    *,
    reports: Annotated[int, typer.Option(min=10, help=say("option_made_reports"))] = 1000,
    seed: Annotated[int, typer.Option(help=say("option_seed"))] = 0,
    ask: Annotated[bool, typer.Option("--ask", help=say("option_ask"))] = False,
    fail_under: Annotated[
        list[str] | None,
        typer.Option("--fail-under", metavar="METRIC=SHARE", help=say("option_fail_under")),
    ] = None,
    out: Out = None,
    as_json: Json = False,
    data: Data = None,
) -> None:
    from ui.measuring import run_corpus

    settings = settings_of(context, data)
    status = run_corpus(
        folder,
        settings,
        say,
        reports=reports,
        seed=seed,
        ask=ask,
        fail_under=fail_under or (),
        out=out,
        as_json=as_json,
    )
    leave(status)


@app.command("peers", help=say("eval_peers"))
def peers_command(
    context: typer.Context,
    *,
    questions: Questions = None,
    corpus: Corpus = None,
    out: Out = None,
    ablations: Annotated[bool, typer.Option("--ablations", help=say("option_ablations"))] = False,
    as_json: Json = False,
    data: Data = None,
) -> None:
    from ui.benching import run_peers

    settings_of(context, data)
    run_peers(
        say, questions=questions, corpus=corpus, out=out, ablations=ablations, as_json=as_json
    )


@app.command("outside", help=say("eval_outside"))
def outside_command(
    source: Annotated[Path, typer.Argument(metavar="FILE", help=say("argument_outside"))],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("argument_corpus"))],
    *,
    form: Annotated[Literal["loong", "rgb"], typer.Option("--format", help=say("option_outside"))],
    documents: Annotated[
        Path | None, typer.Option("--documents", metavar="DIR", help=say("option_documents"))
    ] = None,
) -> None:
    from ui.question_work import run_outside

    run_outside(source, folder, say, form=form, documents=documents)
