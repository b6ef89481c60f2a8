"""The command about the ledger of figures."""

# Everything heavy is imported inside the command that needs it: --help answers at once.
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated, Literal

import typer

from ui.options import Data, say, settings_of

Indicators = Annotated[list[str] | None, typer.Option("--indicator", help=say("option_indicator"))]
Places = Annotated[list[str] | None, typer.Option("--place", help=say("option_place"))]
Years = Annotated[list[int] | None, typer.Option("--year", help=say("option_year"))]


class Kind(StrEnum):
    """The kinds of facts, as options of the command line."""

    achieved = "achieved"
    target = "target"
    requirement = "requirement"
    previous_period = "previous_period"
    other_actor = "other_actor"
    change = "change"


Kinds = Annotated[list[Kind] | None, typer.Option("--kind", help=say("option_kind"))]
Labels = Annotated[list[str] | None, typer.Option("--label", help=say("option_label"))]
Form = Annotated[
    Literal["table", "csv", "xlsx", "json"], typer.Option("--format", help=say("option_format"))
]


def facts(
    context: typer.Context,
    *,
    indicator: Indicators = None,
    place: Places = None,
    year: Years = None,
    kind: Kinds = None,
    label: Labels = None,
    form: Form = "table",
    reasons: Annotated[bool, typer.Option("--why", help=say("option_why"))] = False,
    unmapped: Annotated[bool, typer.Option("--unmapped", help=say("option_unmapped"))] = False,
    matrix: Annotated[bool, typer.Option("--matrix", help=say("option_matrix"))] = False,
    data: Data = None,
) -> None:
    from ui.ledger.facts import Wanted, run_facts, run_matrix, run_unmapped

    if form == "xlsx" and sys.stdout.isatty():
        raise typer.BadParameter(say("xlsx_to_terminal"))
    of_figures = reasons or bool(kind) or bool(label)
    if (matrix and (unmapped or of_figures)) or (unmapped and (reasons or indicator)):
        raise typer.BadParameter(say("matrix_or_unmapped"))
    settings = settings_of(context, data)
    kinds = [one.value for one in kind or ()]
    wanted = Wanted(indicator or (), place or (), year or (), kinds, label or ())
    if matrix:
        run_matrix(settings, say, wanted, form=form)
    elif unmapped:
        run_unmapped(settings, say, wanted, form=form)
    else:
        run_facts(settings, say, wanted, form=form, reasons=reasons)


def add_facts(app: typer.Typer) -> None:
    app.command("facts", help=say("facts"))(facts)
