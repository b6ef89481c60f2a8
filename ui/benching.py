"""The commands that measure beside others: other retrieval programs, and the clock."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from ui.ingesting import progress_bar
from ui.measuring import print_table
from ui.messages import Messages
from ui.tables import write_json, write_table


def run_peers(
    say: Messages,
    *,
    questions: Path | None,
    corpus: Path | None,
    out: Path | None,
    ablations: bool,
    as_json: bool,
) -> None:
    """Compare with other retrieval programs, and print a line for each."""
    try:
        from eval.peers.run import compare_peers  # noqa: PLC0415  heavy
        from eval.peers.table import render_peers  # noqa: PLC0415

        with progress_bar(say) as on_progress:
            found = compare_peers(
                questions=questions,
                corpus=corpus,
                ablations=ablations,
                on_progress=lambda done, total: on_progress("measuring", done, total),
            )
    except ModuleNotFoundError as error:
        raise typer.BadParameter(say("peers_missing", module=error.name)) from error
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        text = json.dumps(found.as_json(), ensure_ascii=False, indent=1) + "\n"
        (out / "peers.json").write_text(text, encoding="utf-8")
    if as_json:
        write_json(found.as_json(), sys.stdout)
    else:
        print_table(render_peers(found))


def run_bench_command(
    say: Messages, *, sizes: Sequence[int] | None, large: bool, out: Path | None, as_json: bool
) -> None:
    """Measure at several numbers of reports, and print a figure a line."""
    from eval.bench import SIZES, run_bench, write_bench  # noqa: PLC0415  for this only

    wanted = tuple(sizes or SIZES) + ((10_000,) if large else ())
    with progress_bar(say) as on_progress:
        figures = run_bench(sizes=wanted, on_progress=on_progress)
    if out is not None:
        for path in write_bench(figures, out):
            typer.echo(say("run_written", folder=path), err=True)
    if as_json:
        write_json(figures, sys.stdout)
    else:
        records = [{"figure": name, "value": value} for name, value in figures.items()]
        write_table(records, ("figure", "value"), sys.stdout, say)
