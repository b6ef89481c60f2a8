"""The command line: what each command takes; the modules they import say what they do.

Standard output holds the result, standard error progress and messages. Exit status:
0 done, 1 some files failed or something disagrees, 2 wrong usage, 3 a store cannot be opened.
"""

# Everything heavy is imported inside the command that needs it: --help answers at once.
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from rag.errors import FazhiError, StoreUnavailable
from ui.cli_eval import app as evaluation
from ui.cli_facts import add_facts
from ui.cli_stores import add_commands
from ui.options import Data, Json, leave, say, settings_of
from ui.reasons import reason_in

app = typer.Typer(
    name="fazhi",
    help=say("app"),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
reports = typer.Typer(help=say("reports"), no_args_is_help=True)
app.add_typer(reports, name="reports")
app.add_typer(evaluation, name="eval")
add_commands(app)
add_facts(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("fazhi"))
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", help=say("option_version"), is_eager=True, callback=_show_version),
]
Places = Annotated[list[str] | None, typer.Option("--place", help=say("option_place"))]
Years = Annotated[list[int] | None, typer.Option("--year", help=say("option_year"))]


@app.callback()
def common(
    context: typer.Context,
    data: Data = None,
    _version: Version = False,
) -> None:
    context.obj = data


@reports.callback()
def common_of_reports(context: typer.Context, data: Data = None) -> None:
    context.obj = data or context.obj


@app.command(help=say("chat"))
def chat(
    context: typer.Context,
    host: Annotated[str, typer.Option(help=say("option_host"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(help=say("option_port"), min=0, max=65535)] = 7860,
    browser: Annotated[bool, typer.Option(help=say("option_browser"))] = True,
    data: Data = None,
) -> None:
    from ui.app import serve
    from ui.chat_model import check_model
    from ui.ingesting import prepare_chat

    settings = settings_of(context, data)
    check_model(settings, say)
    prepare_chat(settings, say)
    serve(settings, host=host, port=port, open_browser=browser)


@app.command(help=say("ingest"))
def ingest(
    context: typer.Context,
    *,
    paths: Annotated[list[Path], typer.Argument(help=say("argument_paths"))],
    prune: Annotated[bool, typer.Option("--prune", help=say("option_prune"))] = False,
    watch: Annotated[bool, typer.Option("--watch", help=say("option_watch"))] = False,
    as_json: Json = False,
    data: Data = None,
) -> None:
    from ui.ingesting import run_ingest

    settings = settings_of(context, data)
    leave(run_ingest(paths, settings, say, prune=prune, watch=watch, as_json=as_json))


@app.command(help=say("ask"))
def ask(
    context: typer.Context,
    *,
    question: Annotated[str | None, typer.Argument(help=say("argument_question"))] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", metavar="FILE", help=say("option_batch"))
    ] = None,
    place: Places = None,
    year: Years = None,
    as_json: Json = False,
    data: Data = None,
) -> None:
    if (question is None) == (batch is None):
        raise typer.BadParameter(say("question_or_batch"))
    if batch is not None and not as_json:
        raise typer.BadParameter(say("batch_needs_json"))
    from ui.asking import run_ask, run_batch

    settings = settings_of(context, data)
    if question is not None:
        run_ask(question, settings, say, places=place or (), years=year or (), as_json=as_json)
    elif batch is not None:
        run_batch(batch, settings, say, places=place or (), years=year or ())


@reports.command("list", help=say("reports_list"))
def reports_list(context: typer.Context, as_json: Json = False, data: Data = None) -> None:
    from ui.listing import list_reports

    list_reports(settings_of(context, data), say, as_json=as_json)


@reports.command("show", help=say("reports_show"))
def reports_show(
    context: typer.Context,
    report: Annotated[str, typer.Argument(help=say("argument_reports"))],
    as_json: Json = False,
    data: Data = None,
) -> None:
    from ui.listing import show_report

    show_report(report, settings_of(context, data), say, as_json=as_json)


@reports.command("remove", help=say("reports_remove"))
def reports_remove(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help=say("argument_reports"))] = None,
    samples: Annotated[bool, typer.Option("--samples", help=say("option_samples"))] = False,
    as_json: Json = False,
    data: Data = None,
) -> None:
    from ui.listing import remove_named

    if bool(names) == samples:
        raise typer.BadParameter(say("names_or_samples"))
    remove_named(names, settings_of(context, data), say, as_json=as_json)


@app.command(help=say("check"))
def check(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help=say("option_repair"))] = False,
    as_json: Json = False,
    data: Data = None,
) -> None:
    from ui.ingesting import run_check

    leave(run_check(settings_of(context, data), say, mend=repair, as_json=as_json))


@app.command(help=say("bench"))
def bench(
    context: typer.Context,
    *,
    reports: Annotated[
        list[int] | None, typer.Option(min=1, help=say("option_bench_reports"))
    ] = None,
    large: Annotated[bool, typer.Option("--large", help=say("option_bench_large"))] = False,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help=say("option_out"))] = None,
    as_json: Json = False,
    data: Data = None,
) -> None:
    from ui.benching import run_bench_command

    settings_of(context, data)  # a wrong setting is told before anything is measured
    run_bench_command(say, sizes=reports, large=large, out=out, as_json=as_json)


def main() -> None:
    """Run the command line and leave the process with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # JSON and Chinese whatever the locale's encoding
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except FazhiError as error:
        typer.echo(say("error") + reason_in(say.language, str(error)), err=True)
        sys.exit(3 if isinstance(error, StoreUnavailable) else 2)
