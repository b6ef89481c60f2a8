"""The fact score on cases worked out by hand, on broken ledgers, and the gold it judges by."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console, RenderableType

from eval.dataset import span_offsets
from eval.fact_gold import GoldFact, lint_fact_gold, read_fact_gold
from eval.facts import GOLD, FactsRun, evaluate_facts, render_facts
from eval.metrics.facts import NO_GOLD, NOT_FOUND, TWICE, FactScore, Tally, score_facts
from ingest.load import load
from ingest.pipeline import read_report
from rag.errors import BadQuestionFile
from rag.indicators import load_register
from rag.models import Fact, Report

TEXT = "立案14宗，已结案7宗，在办7宗。应诉率100%，涉案金额约73.39万元。报备率、及时率达到100%。"
TEXTS = {"a.txt": TEXT}


def gold(text: str, value: float | None, unit: str, **more: Any) -> GoldFact:
    given = {"qualifier": "exact", "kind": "achieved", "indicator": None, **more}
    if given["indicator"] is None:
        given.setdefault("label_head", ("率",))
    return GoldFact(source="a.txt", text=text, value=value, unit=unit, **given)


def fact(text: str, value: float | None, unit: str, **more: Any) -> Fact:
    start = TEXT.index(text)
    end = start + len(text)
    given: dict[str, Any] = {
        "report_id": "a",
        "paragraph": 0,
        "section": (),
        "indicator": None,
        "label": text,
        "low": None,
        "high": None,
        "qualifier": "exact",
        "kind": "achieved",
        "actor": None,
        "period": None,
        "raw": text,
        "quote": text,
        "sentence": text,
    }
    place = {"start": start, "end": end, "value_start": start, "value_end": end}
    return Fact(value=value, unit=unit, **{**given, **place, **more})


def score(checked: Sequence[GoldFact], found: Sequence[Fact]) -> FactScore:
    return score_facts(checked, {"a.txt": found}, TEXTS)


CLOSED = gold("已结案7宗", 7, "宗", indicator="行政处罚结案数")
PENDING = gold("在办7宗", 7, "宗", indicator="行政处罚在办数")
RATE = gold("应诉率100%", 100, "%", indicator="行政诉讼应诉率")
MONEY = gold("涉案金额约73.39万元", 73.39, "万元", qualifier="about", indicator="调解涉案金额")
CLOSED_FOUND = fact("结案7宗", 7, "宗", indicator="行政处罚结案数")
RATE_FOUND = fact("应诉率100%", 100, "%", indicator="行政诉讼应诉率")
MONEY_FOUND = fact("约73.39万元", 73.39, "万元", qualifier="about", indicator="调解涉案金额")


# --- what is right ----------------------------------------------------------------


def test_a_fact_as_the_gold_has_it_is_right() -> None:
    total = score([CLOSED, RATE], [RATE_FOUND, CLOSED_FOUND]).total
    assert (total.precision, total.recall) == (1, 1)


def test_a_target_as_achieved_and_a_missing_figure_cost_as_worked_out() -> None:
    result = score([CLOSED, PENDING, RATE], [CLOSED_FOUND, replace(RATE_FOUND, kind="target")])
    assert (result.total.precision, result.total.recall) == (1 / 2, 1 / 3)
    assert [miss.reasons for miss in result.misses] == [
        (NOT_FOUND,),
        ("target, not achieved",),
    ]
    assert result.by_kind["target"] == Tally(gold=0, found=1, right=0)
    assert result.by_kind["achieved"] == Tally(gold=3, found=1, right=1)


def test_a_value_off_by_one_is_wrong() -> None:
    result = score([RATE], [replace(RATE_FOUND, value=99)])
    assert result.total.right == 0
    assert result.misses[0].reasons == ("value 99%, not 100%",)
    assert result.extras[0].reasons == ("value 99%, not 100%",)


@pytest.mark.parametrize(
    ("value", "unit", "right"),
    [(73.39, "万元", 1), (733900, "元", 1), (73.39, "元", 0), (73.39, "亿元", 0), (7339, "元", 0)],
)
def test_a_factor_of_ten_thousand_is_wrong_and_another_spelling_of_it_right(
    value: float, unit: str, right: int
) -> None:
    found = replace(MONEY_FOUND, value=value, unit=unit)
    assert score([MONEY], [found]).total.right == right


def test_another_unit_or_qualifier_is_wrong() -> None:
    assert score([CLOSED], [replace(CLOSED_FOUND, unit="件")]).misses[0].reasons == (
        "unit 件, not 宗",
    )
    assert score([MONEY], [replace(MONEY_FOUND, qualifier="exact")]).misses[0].reasons == (
        "exact, not about",
    )


def test_the_same_figure_at_another_place_is_not_found() -> None:
    elsewhere = fact("立案14宗", 7, "宗", indicator="行政处罚结案数")
    result = score([CLOSED], [elsewhere])
    assert result.misses[0].reasons == (NOT_FOUND,)
    assert result.extras[0].reasons == (NO_GOLD,)


def test_a_range_is_right_only_with_both_bounds() -> None:
    span = gold(
        "立案14宗", None, "宗", low=10, high=14, qualifier="range", indicator="行政处罚立案数"
    )
    found = fact("立案14宗", None, "宗", low=10, high=14, qualifier="range")
    found = replace(found, indicator="行政处罚立案数")
    assert score([span], [found]).total.right == 1
    assert score([span], [replace(found, high=15)]).total.right == 0
    assert score([span], [replace(found, value=14)]).total.right == 0


def test_nothing_at_all_has_any_unit_that_counts() -> None:
    event = gold("立案14宗", 0, "件", indicator="行政诉讼案件数")
    found = fact("立案14宗", 0, "起", indicator="行政诉讼案件数")
    assert score([event], [found]).total.right == 1
    assert score([event], [replace(found, unit="%")]).total.right == 0
    assert score([event], [replace(found, value=1)]).total.right == 0


# --- labels -----------------------------------------------------------------------


def test_an_open_label_needs_a_gold_head_noun_and_no_canonical_name() -> None:
    opened = gold("立案14宗", 14, "宗", label_head=("立案", "案件"))
    found = fact("立案14宗", 14, "宗", label="立 案")
    assert score([opened], [found]).total.right == 1
    assert score([opened], [replace(found, label="宗")]).total.right == 0
    assert score([opened], [replace(found, indicator="行政处罚立案数")]).total.right == 0


def test_an_open_label_is_no_canonical_indicator_unless_the_gold_allows_it() -> None:
    found = replace(RATE_FOUND, indicator=None, label="应诉率")
    assert score([RATE], [found]).total.right == 0
    allowed = RATE.model_copy(update={"label_head": ("应诉率",), "also": ("出庭应诉率",)})
    assert score([allowed], [found]).total.right == 1
    assert score([allowed], [replace(RATE_FOUND, indicator="出庭应诉率")]).total.right == 1
    assert score([allowed], [replace(RATE_FOUND, indicator="败诉率")]).total.right == 0


def test_coordinated_labels_need_a_fact_each() -> None:
    shared = "报备率、及时率达到100%"
    both = [
        gold(shared, 100, "%", indicator="规范性文件备案率"),
        gold(shared, 100, "%", indicator="规范性文件备案及时率"),
    ]
    one = fact(shared, 100, "%", indicator="规范性文件备案率")
    assert score(both, [one]).total == Tally(gold=2, found=1, right=1)
    other = replace(one, indicator="规范性文件备案及时率")
    assert score(both, [other, one]).total == Tally(gold=2, found=2, right=2)


# --- which fact is which ----------------------------------------------------------


def test_a_ledger_taken_down_twice_loses_half_its_precision() -> None:
    found = [CLOSED_FOUND, RATE_FOUND, MONEY_FOUND]
    result = score([CLOSED, RATE, MONEY], [*found, *found])
    assert (result.total.precision, result.total.recall) == (1 / 2, 1)
    assert {extra.reasons for extra in result.extras} == {(TWICE,)}


def test_pairs_are_chosen_so_that_the_most_are_right() -> None:
    wide = gold("立案14宗，已结案7宗，在办7宗", 7, "宗", label_head=("办",))
    narrow = gold("在办7宗", 7, "宗", label_head=("办",))
    early = fact("已结案7宗", 7, "宗", label="办")
    late = fact("在办7宗", 7, "宗", label="办")
    for order in ([early, late], [late, early]):
        assert score([wide, narrow], order).total.right == 2
        assert score([narrow, wide], order).total.right == 2


def test_a_figure_that_is_not_required_counts_nowhere() -> None:
    optional = CLOSED.model_copy(update={"required": False})
    assert score([optional, RATE], [RATE_FOUND]).total == Tally(gold=1, found=1, right=1)
    guess = replace(CLOSED_FOUND, indicator=None, kind="target")
    assert score([optional, RATE], [RATE_FOUND, guess]).total == Tally(gold=1, found=1, right=1)
    wrong = replace(CLOSED_FOUND, value=8)
    assert score([optional, RATE], [RATE_FOUND, wrong]).total == Tally(gold=1, found=2, right=1)


def test_facts_of_a_report_without_gold_are_all_too_many() -> None:
    result = score_facts([], {"a.txt": [RATE_FOUND]}, TEXTS)
    assert (result.total.precision, result.total.recall) == (0, 1)
    assert score_facts([RATE], {}, TEXTS).total == Tally(gold=1, found=0, right=0)


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
