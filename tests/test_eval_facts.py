"""The gold of the ledger: that it stands in the reports, and what a run over it tells."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from eval.dataset import span_offsets
from eval.fact_gold import GoldFact, lint_fact_gold, read_fact_gold
from eval.facts import GOLD, FactsRun, evaluate_facts, render_facts
from eval.metrics.facts import Tally, score_facts
from ingest.load import load
from ingest.pipeline import read_report
from rag.errors import BadQuestionFile
from rag.indicators import load_register
from rag.models import Fact, Report
from tests.fact_cases import CLOSED, RATE, fact, score

# --- the gold itself ----------------------------------------------------------------


def gold_files() -> list[Path]:
    return sorted((GOLD / "facts").rglob("*.jsonl"))


def gold_texts() -> dict[str, str]:
    samples = Path(str(files("ingest.samples"))).glob("*.txt")
    paths = [*samples, *(GOLD / "reports").rglob("*.txt")]
    return {path.name: load(path).text for path in paths}


def ledger_of(checked: Sequence[GoldFact], texts: dict[str, str]) -> dict[str, list[Fact]]:
    """The ledger that holds the gold and nothing else."""
    ledger: dict[str, list[Fact]] = {source: [] for source in texts}
    blank = fact("立案14宗", 14, "宗")
    for item in checked:
        start, end = span_offsets(item.span, texts[item.source])
        entry = replace(blank, start=start, end=end, value=item.value, unit=item.unit)
        entry = replace(entry, low=item.low, high=item.high, qualifier=item.qualifier)
        label = item.label_head[0] if item.label_head else item.text
        entry = replace(entry, kind=item.kind, indicator=item.indicator, label=label)
        ledger[item.source].append(entry)
    return ledger


def test_every_gold_figure_stands_in_its_report_and_every_report_has_gold() -> None:
    checked, texts = read_fact_gold(gold_files()), gold_texts()
    assert lint_fact_gold(checked, texts) == ()
    assert {item.source for item in checked} == set(texts)
    assert len(texts) == 17
    register = load_register()
    named = {name for item in checked for name in (item.indicator, *item.also) if name}
    assert {name for name in named if name not in register} == set()


def test_every_report_of_the_second_set_has_its_gold() -> None:
    reports = {path.stem for path in (GOLD / "reports_b").iterdir()}
    assert len(reports) == 8
    assert {path.stem for path in (GOLD / "facts_b").glob("*.jsonl")} == reports
    assert not reports & {path.stem for path in (GOLD / "facts").glob("*.jsonl")}


def test_the_ledger_of_the_gold_is_right_and_each_broken_one_is_as_wrong_as_it_is() -> None:
    checked, texts = read_fact_gold(gold_files()), gold_texts()
    required = [item for item in checked if item.required]
    ledger = ledger_of(required, texts)
    whole = score_facts(checked, ledger, texts).total
    assert whole == Tally(gold=len(required), found=len(required), right=len(required))

    flat = {name: [replace(one, kind="achieved") for one in ledger[name]] for name in ledger}
    achieved = sum(item.kind == "achieved" for item in required)
    assert score_facts(checked, flat, texts).total.right == achieved

    doubled = {name: [*ledger[name], *ledger[name]] for name in ledger}
    assert score_facts(checked, doubled, texts).total.recall == 1
    assert score_facts(checked, doubled, texts).total.precision < 0.51

    missing = {name: ledger[name][1:] for name in ledger}
    assert score_facts(checked, missing, texts).total.right == len(required) - len(texts)


def test_a_gold_line_that_is_wrong_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(CLOSED.model_dump_json() + "\n{}\n", encoding="utf-8")
    with pytest.raises(BadQuestionFile, match=r"bad\.jsonl:2: source"):
        read_fact_gold([path])
    path.write_text(CLOSED.model_dump_json().replace('"exact"', '"range"'), encoding="utf-8")
    with pytest.raises(BadQuestionFile, match="a range has low and high"):
        read_fact_gold([path])
    with pytest.raises(BadQuestionFile, match="give a JSONL file"):
        read_fact_gold([tmp_path / "none.jsonl"])


# --- the run ------------------------------------------------------------------------


def read_sample(name: str) -> Report:
    path = Path(str(files("ingest.samples"))) / name
    register = load_register()
    return read_report(load(path), source=name, sha256="", report_id="a", register=register)


def test_reports_are_scored_against_their_gold_files() -> None:
    report = read_sample("mawu-2024.txt")
    path = GOLD / "facts" / "mawu-2024.jsonl"
    read = evaluate_facts([report], [path]).total
    required = [item for item in read_fact_gold([path]) if item.required]
    assert (read.gold, read.found) == (len(required), len(report.facts))
    silent = evaluate_facts([replace(report, facts=())], [path]).total
    assert silent == Tally(gold=len(required), found=0, right=0)
    twice = evaluate_facts([replace(report, facts=report.facts * 2)], [path]).total
    assert (twice.right, twice.found) == (read.right, read.found * 2)


def test_gold_of_a_report_that_was_not_read_is_refused() -> None:
    with pytest.raises(BadQuestionFile, match=r"no report lihe-2023\.txt"):
        evaluate_facts([read_sample("mawu-2024.txt")], [GOLD / "facts" / "lihe-2023.jsonl"])


def test_misses_of_held_out_reports_are_shown_only_when_asked_for() -> None:
    seen, held_out = score([CLOSED], []), score([RATE], [])
    run = FactsRun(seen=seen, held_out=held_out, seconds=0.1)
    assert "已结案7宗" in printed(render_facts(run))
    assert "应诉率100%" not in printed(render_facts(run))
    assert "应诉率100%" in printed(render_facts(run, held_out_misses=True))


def printed(part: RenderableType) -> str:
    out = StringIO()
    Console(file=out, width=200).print(part)
    return out.getvalue()
