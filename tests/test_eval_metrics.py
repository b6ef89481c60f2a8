"""Sets, census, yes or no, abstention, wording and latency, on cases worked out by hand."""

from typing import Any

import pytest

from eval.metrics.abstention import score_abstention
from eval.metrics.census import score_census
from eval.metrics.latency import percentile
from eval.metrics.sets import score_set
from eval.metrics.wording import forbidden_in, missing_from
from eval.metrics.yes_no import read_yes_no

# --- sets -----------------------------------------------------------------------


def test_a_set_with_one_report_too_many_loses_precision() -> None:
    score = score_set({"a", "b"}, {"a"})
    assert (score.precision, score.recall, score.exact) == (1 / 2, 1, 0)
    assert score.f1 == pytest.approx(2 * (1 / 2) * 1 / (1 / 2 + 1))


def test_an_empty_set_is_right_only_where_no_report_matches() -> None:
    assert score_set((), ()).exact == score_set((), ()).f1 == 1
    assert (score_set((), {"a"}).recall, score_set((), {"a"}).f1) == (0, 0)
    assert score_set({"a"}, ()).precision == 0


# --- census ---------------------------------------------------------------------


def census(**counts: int) -> dict[str, Any]:
    return {"in_scope": sum(counts.values()), **counts}


def test_census_counts_the_reports_in_their_right_state() -> None:
    findings = [{"source": "a", "state": "match"}, {"source": "b", "state": "match"}]
    answer = {"findings": findings, "census": census(match=2)}
    score = score_census(answer, {"a": "match", "b": "implied", "c": "not_reported"})
    assert score.accuracy == 1 / 3
    assert score.pairs[2] == ("c", "not_reported", "missing")
    assert score.consistent


def test_a_census_that_loses_a_report_or_contradicts_its_findings_is_inconsistent() -> None:
    findings = [{"source": "a", "state": "match"}]
    lost = {"findings": findings, "census": {"in_scope": 2, "match": 1}}
    contradicts = {"findings": findings, "census": census(other_value=1)}
    short = {"findings": findings, "census": census(match=1)}
    assert not score_census(lost, {}).consistent
    assert not score_census(contradicts, {}).consistent
    assert not score_census(short, {}, in_scope=5).consistent
    assert score_census(short, {}, in_scope=1).consistent


# --- yes or no, abstention, wording, latency --------------------------------------


@pytest.mark.parametrize(
    "text", ["是。", "是的，[1]", "**有**，", "Yes. 100%", "Yes — it did", "> 对"]
)
def test_texts_that_say_yes(text: str) -> None:
    assert read_yes_no(text) is True


@pytest.mark.parametrize("text", ["否，96%", "**没有。**", "不是：", "No, 96% [1]", "no"])
def test_texts_that_say_no(text: str) -> None:
    assert read_yes_no(text) is False


@pytest.mark.parametrize(
    "text", ["是否达到", "有关情况", "没有找到", "No report states it", "96%", ""]
)
def test_texts_that_say_neither(text: str) -> None:
    assert read_yes_no(text) is None


def test_abstention_precision_and_recall() -> None:
    gold = ["answered", "not_found", "not_found", "out_of_scope"]
    given = ["not_found", "not_found", "answered", "not_found"]
    score = score_abstention(zip(gold, given, strict=True))
    assert (score.precision, score.recall, score.status) == (2 / 3, 2 / 3, 1 / 4)


def test_forbidden_figures_are_compared_as_figures_and_phrases_as_words() -> None:
    answer = {"text": "应诉率96%，公开率87.5%", "notes": ["年份存疑"]}
    assert forbidden_in(answer, ("应诉率96%", "5%", "96%")) == ("应诉率96%", "96%")
    assert missing_from(answer, (("存疑", "核实"), ("2020",))) == (("2020",),)


def test_percentiles_are_times_that_were_measured() -> None:
    times = [40.0, 10.0, 30.0, 20.0]
    assert (percentile(times, 50), percentile(times, 95), percentile(times, 0)) == (20, 40, 10)
    with pytest.raises(ValueError, match="needs a value"):
        percentile([], 50)
