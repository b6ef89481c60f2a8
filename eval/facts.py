"""The fact ledger against hand-checked facts of the samples and of further reports."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from rich.console import Group
from rich.table import Table

from eval.fact_gold import lint_fact_gold, read_fact_gold
from eval.metrics.facts import FactScore, Mismatch, Tally, score_facts
from ingest.load import load
from ingest.pipeline import read_report
from rag.errors import BadQuestionFile
from rag.indicators import Register, load_register
from rag.models import Fact, Report

GOLD = Path(__file__).parent / "gold"
HELD_OUT = "held_out"  # the folder of reports whose misses nobody works from, where there is one

Progress = Callable[[int, int], None]  # reports read, reports in all


@dataclass(frozen=True)
class FactsRun:
    """The scores of one reading of the gold reports."""

    seen: FactScore  # the samples and the reports whose misses are shown
    held_out: FactScore
    seconds: float  # reading all reports, loading and facts included


def run_facts(on_progress: Progress | None = None) -> FactsRun:
    """The ledger of the samples and of the gold reports, read anew and scored.

    Raises:
        BadQuestionFile: a gold line is not a gold fact, or its text does not stand.
    """
    started = time.perf_counter()
    register = load_register()
    samples = Path(str(files("ingest.samples")))
    own = [path for folder in ("reports", "reports_b") for path in _reports(GOLD / folder)]
    seen = [*sorted(samples.glob("*.txt")), *own]
    held_out = _reports(GOLD / "reports" / HELD_OUT)
    total = len(seen) + len(held_out)
    reports: list[Report] = []
    for path in [*seen, *held_out]:
        reports.append(_read(path, register))
        if on_progress:
            on_progress(len(reports), total)
    seconds = time.perf_counter() - started
    gold = GOLD / "facts"
    seen_gold = [*sorted(gold.glob("*.jsonl")), *sorted((GOLD / "facts_b").glob("*.jsonl"))]
    return FactsRun(
        seen=evaluate_facts(reports[: len(seen)], seen_gold),
        held_out=evaluate_facts(reports[len(seen) :], sorted((gold / HELD_OUT).glob("*.jsonl"))),
        seconds=round(seconds, 3),
    )


def evaluate_facts(reports: Sequence[Report], gold: Iterable[Path]) -> FactScore:
    """The facts of reports scored against the gold files, which are of these reports.

    Raises:
        BadQuestionFile: a gold line is not a gold fact, or its text does not stand.
    """
    checked = read_fact_gold(gold)
    texts = {report.card.source: report.text for report in reports}
    problems = lint_fact_gold(checked, texts)
    if problems:
        raise BadQuestionFile(f"gold facts: {problems[0]} ({len(problems)} such in all)")
    found: Mapping[str, Sequence[Fact]] = {report.card.source: report.facts for report in reports}
    return score_facts(checked, found, texts)


def render_facts(run: FactsRun, *, held_out_misses: bool = False) -> Group:
    """The figures of a run, then every miss and extra, for rich to print.

    Those of the held-out reports are listed only when asked for: rules that were written
    from them would no longer be judged by them.
    """
    table = Table(title=f"Facts of {len(_sources(run))} reports, read in {run.seconds:.2f} s")
    table.add_column("Report or kind")
    for column in ("Gold", "Found", "Right", "Precision", "Recall"):
        table.add_column(column, justify="right")
    table.add_row("Seen reports", *_figures(run.seen.total))
    if run.held_out.by_source:
        table.add_row("Held-out reports", *_figures(run.held_out.total))
    for part in (run.seen, run.held_out):
        table.add_section()
        for source, tally in part.by_source.items():
            table.add_row(source, *_figures(tally))
    table.add_section()
    for kind, tally in run.seen.by_kind.items():
        table.add_row(kind, *_figures(tally))
    shown = [run.seen, run.held_out] if held_out_misses else [run.seen]
    misses = [miss for score in shown for miss in score.misses]
    extras = [extra for score in shown for extra in score.extras]
    return Group(table, _mismatches("Missed", misses), _mismatches("Not in the gold", extras))


def _reports(folder: Path) -> list[Path]:
    """The report files of a folder, by name; none where there is no such folder."""
    return sorted([*folder.glob("*.txt"), *folder.glob("*.md")])


def _read(path: Path, register: Register) -> Report:
    return read_report(
        load(path), source=path.name, sha256="", report_id=path.stem, register=register
    )


def _sources(run: FactsRun) -> list[str]:
    return [*run.seen.by_source, *run.held_out.by_source]


def _figures(tally: Tally) -> tuple[str, ...]:
    shares = (f"{tally.precision:.1%}", f"{tally.recall:.1%}")
    return (str(tally.gold), str(tally.found), str(tally.right), *shares)


def _mismatches(title: str, rows: Sequence[Mismatch]) -> Table:
    table = Table(title=f"{title}: {len(rows)}")
    for column in ("Report", "Text", "Figure", "Why"):
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(row.source, row.text, row.figure, "; ".join(row.reasons))
    return table
