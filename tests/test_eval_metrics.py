"""Each metric on cases worked out by hand."""

import re
from typing import Any

import pytest

from eval.dataset import GoldSpan, GoldValue
from eval.metrics.abstention import score_abstention
from eval.metrics.arithmetic import read_calculations
from eval.metrics.census import score_census
from eval.metrics.citations import score_citations
from eval.metrics.figures import read_figures
from eval.metrics.latency import percentile
from eval.metrics.sets import score_set
from eval.metrics.unsupported import unsupported_numbers
from eval.metrics.values import score_values
from eval.metrics.wording import forbidden_in, missing_from
from eval.metrics.yes_no import read_yes_no

TEXT = "一、成效。今年应出庭7次，行政诉讼应诉率100%。查处案件28个，罚款1770元。" + "其他工作。" * 60
TEXTS = {"a.txt": TEXT, "b.txt": "调处成功率达96%。发放资料3000余份。"}


def cite(mark: int, source: str, quote: str, **more: Any) -> dict[str, Any]:
    start = TEXTS[source].index(quote)
    place = {"start": start, "end": start + len(quote), "raw": quote, "quote": quote}
    return {"mark": mark, "source": source, **place, **more}


def span(source: str, text: str, **more: Any) -> GoldSpan:
    return GoldSpan(source=source, text=text, **more)


def value(source: str | None, number: float, unit: str, **more: Any) -> GoldValue:
    return GoldValue(source=source, value=number, unit=unit, **more)


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


# --- figures and values ---------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("应诉率100%[1]，应出庭7次", [("100", "%", "exact"), ("7", "次", "exact")]),
        ("约73.39万元", [("733900", "元", "about")]),
        ("超过99%，3000余份", [("99", "%", "at_least"), ("3000", "份", "at_least")]),
        ("over 3,000 copies", [("3000", "copies", "at_least")]),
        ("28 administrative penalty cases", [("28", "cases", "exact")]),
        ("百分之九十六、九成", [("96", "%", "exact"), ("90", "%", "exact")]),
        ("二件、一起研究", [("2", "件", "exact")]),
        ("4.83万元 (ten thousand yuan)", [("48300", "元", "exact")]),
        ("more than one million yuan", [("1000000", "yuan", "at_least")]),
        (
            "ninety-five percent, a hundred cases",
            [("95", "percent", "exact"), ("100", "cases", "exact")],
        ),
        ("1. 2024年12月4日〔2024〕34号 in 2023, 2021—2025 [12]", []),
    ],
)
def test_figures_are_read_with_unit_scale_and_qualifier(
    text: str, figures: list[tuple[str, str, str]]
) -> None:
    read = [
        (f"{item.value.normalize():f}", item.unit, item.qualifier) for item in read_figures(text)
    ]
    assert read == figures


def test_a_figure_not_asked_for_costs_value_precision() -> None:
    answer = {
        "text": "罚款1770元[1]，查处28个[1]",
        "citations": [cite(1, "a.txt", "查处案件28个，罚款1770元")],
    }
    score = score_values(answer, [value("a.txt", 1770, "元")], [])
    assert (score.precision, score.recall) == (1 / 2, 1)
    assert score.extra == ("a.txt: 28个",)
    allowed = [value("a.txt", 1770, "元"), value("a.txt", 28, "个", required=False)]
    assert score_values(answer, allowed, []).precision == 1


@pytest.mark.parametrize("given", ["1771元", "1770万元", "1770%", "1770余元", "0.177元"])
def test_a_value_of_another_number_scale_unit_or_qualifier_is_missed(given: str) -> None:
    citations = [cite(1, "a.txt", "罚款1770元")]
    score = score_values({"text": f"罚款{given}[1]", "citations": citations}, GOLD_FINE, [])
    assert (score.precision, score.recall, score.f1) == (0, 0, 0)


@pytest.mark.parametrize("given", ["1770元", "1,770 yuan", "0.177万元", "¥1770"])
def test_a_value_in_other_words_for_the_same_sum_is_right(given: str) -> None:
    citations = [cite(1, "a.txt", "罚款1770元")]
    score = score_values({"text": f"罚款{given}[1]", "citations": citations}, GOLD_FINE, [])
    assert (score.precision, score.recall, score.f1) == (1, 1, 1)


GOLD_FINE = [value("a.txt", 1770, "元")]


def test_a_value_under_the_mark_of_another_report_is_missed() -> None:
    answer = {"text": "罚款1770元[1]", "citations": [cite(1, "b.txt", "调处成功率达96%")]}
    assert score_values(answer, GOLD_FINE, []).recall == 0


def test_values_of_findings_count_and_those_of_other_reports_are_neutral() -> None:
    matched = {"source": "a.txt", "state": "match", "value": 100, "unit": "%"}
    other = {"source": "b.txt", "state": "other_value", "value": 96, "unit": "%"}
    citations = [cite(1, "b.txt", "调处成功率达96%")]
    answer = {"text": "另有96%[1]", "findings": [matched, other], "citations": citations}
    score = score_values(answer, [value("a.txt", 100, "%")], [])
    assert (score.precision, score.recall) == (1, 1)
    wrong = {"findings": [{**matched, "value": 99}]}
    assert score_values(wrong, [value("a.txt", 100, "%")], []).precision == 0


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("相差4.7万元[2] - 3.86万元[1] = **0.84万元**", True),
        ("相差4.7万元[2] - 3.86万元[1] = 8400元", True),
        ("相差4.7万元[2] - 3.86万元[1] = 0.9万元", False),
        ("相差4.7万元[2] - 3.86万元[1] = 0.84元", False),
        ("1,204件 ÷ 3件 ≈ 401.3", True),
    ],
)
def test_arithmetic_with_sums_of_money_is_done_in_their_scale(line: str, right: bool) -> None:
    plain = re.sub(r"\[\d+\]", lambda mark: " " * len(mark.group()), line)
    assert [item.right for item in read_calculations(plain)] == [right]


def test_a_difference_of_two_cited_sums_is_supported() -> None:
    texts = {"a.txt": "罚款3.86万元", "b.txt": "罚款4.7万元"}
    citations = [{"mark": 1, "quote": texts["a.txt"]}, {"mark": 2, "quote": texts["b.txt"]}]
    answer = {"text": "4.7万元[2] - 3.86万元[1] = **0.84万元**。", "citations": citations}
    assert unsupported_numbers(answer) == ()
    wrong = {**answer, "text": "4.7万元[2] - 3.86万元[1] = **0.74万元**。"}
    assert unsupported_numbers(wrong) == ("7400元",)


def test_a_number_in_the_name_of_a_town_or_file_is_no_figure() -> None:
    findings = [{"source": "00451.docx", "town": None}, {"source": "b.txt", "town": "五家镇"}]
    answer = {"text": "00451.docx 98%[1]；五家镇 98%[1]", "findings": findings,
              "citations": [{"mark": 1, "quote": "办结率98%"}]}  # fmt: skip
    assert unsupported_numbers(answer) == ()
    assert unsupported_numbers({**answer, "text": "六家镇 98%[1]"}) == ("6家",)


def test_a_unit_over_the_column_of_a_table_supports_its_cells() -> None:
    text = "| 项目 | 罚款（万元） |\n| --- | --- |\n| 安全 | 3.2 |\n"
    start = text.index("安全")
    cited = {"mark": 1, "source": "a.md", "quote": "安全 | 3.2", "start": start}
    answer = {"text": "安全罚款3.2万元[1]", "citations": [cited]}
    assert unsupported_numbers(answer, {"a.md": text}) == ()
    assert unsupported_numbers(answer, {"a.md": text.replace("万元", "元")}) == ("32000元",)
    assert unsupported_numbers(answer) == ("32000元",)


# --- citations ------------------------------------------------------------------


def test_half_the_citations_useless_and_half_the_spans_missed() -> None:
    citations = [cite(1, "a.txt", "行政诉讼应诉率100%"), cite(2, "b.txt", "发放资料3000余份")]
    spans = [span("a.txt", "行政诉讼应诉率100%"), span("a.txt", "应出庭7次")]
    score = score_citations({"citations": citations}, spans, TEXTS)
    assert (score.precision, score.recall, score.exact) == (1 / 2, 1 / 2, 1)
    assert score.missed == ("a.txt: 应出庭7次",)
    assert score.needless == ("发放资料3000余份",)


def test_two_citations_may_support_a_span_together() -> None:
    whole = span("a.txt", "今年应出庭7次，行政诉讼应诉率100%")
    parts = [cite(1, "a.txt", "今年应出庭7次"), cite(2, "a.txt", "应诉率100%")]
    assert score_citations({"citations": parts[:1]}, [whole], TEXTS).recall == 0
    both = score_citations({"citations": parts}, [whole], TEXTS)
    assert (both.precision, both.recall) == (1, 1)


def test_of_a_group_one_span_is_enough_and_optional_spans_cost_nothing() -> None:
    spans = [
        span("a.txt", "应出庭7次", group="either"),
        span("a.txt", "罚款1770元", group="either"),
        span("b.txt", "调处成功率达96%", required=False),
    ]
    citations = [cite(1, "a.txt", "罚款1770元"), cite(2, "b.txt", "调处成功率达96%")]
    score = score_citations({"citations": citations}, spans, TEXTS)
    assert (score.precision, score.recall) == (1, 1)
    assert score_citations({}, spans, TEXTS).missed == ("a.txt: 应出庭7次",)


def test_a_quote_without_offsets_is_looked_up_and_false_offsets_count_for_nothing() -> None:
    spans = [span("a.txt", "行政诉讼应诉率100%")]
    bare = {"mark": 1, "source": "a.txt", "quote": "行政诉讼应诉率100%"}
    score = score_citations({"citations": [bare]}, spans, TEXTS)
    assert (score.recall, score.exact) == (1, 0)
    shifted = {**cite(1, "a.txt", "行政诉讼应诉率100%"), "start": 0, "end": 10}
    assert score_citations({"citations": [shifted]}, spans, TEXTS).recall == 0


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


# --- numbers and arithmetic -------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("412 ÷ 414 = 99.5%", True),
        ("412 ÷ 414 ≈ 98.5%", False),
        ("成功率 99.5%（412件÷414件×100% = 99.5%）", True),
        ("412 ÷ 414 = 0.995%", False),
        ("(96% + 100%) ÷ 2 = 98%", True),
        ("100% − 96% = 4个百分点", True),
        ("398次 + 171次 = 570次", False),
    ],
)
def test_shown_arithmetic_is_done_again(line: str, right: bool) -> None:
    assert [item.right for item in read_calculations(line)] == [right]


def test_a_number_is_supported_by_the_quote_cited_on_its_own_line() -> None:
    citations = [cite(1, "a.txt", "行政诉讼应诉率100%"), cite(2, "b.txt", "调处成功率达96%")]
    right = {"text": "应诉率100%[1]\n成功率96%[2]", "citations": citations}
    swapped = {"text": "应诉率96%[1]\n成功率96%[2]", "citations": citations}
    assert unsupported_numbers(right) == ()
    assert unsupported_numbers(swapped) == ("96%",)


def test_a_computed_number_needs_right_arithmetic_from_cited_numbers() -> None:
    citations = [{"mark": 1, "quote": "共414件，调解成功412件"}]

    def unsupported(derivation: str | None, text: str = "成功率99.5%[1]") -> tuple[str, ...]:
        findings = [{"source": "a", "state": "implied", "derivation": derivation}]
        return unsupported_numbers({"text": text, "citations": citations, "findings": findings})

    assert unsupported(None) == ("99.5%",)
    assert unsupported("412 ÷ 414 = 99.5%") == ()
    assert unsupported("410 ÷ 412 = 99.5%") == ("99.5%",)
    assert unsupported("412 ÷ 414 = 98.5%", "成功率98.5%[1]") == ("98.5%",)


@pytest.mark.parametrize(
    ("text", "unsupported"),
    [
        ("相差4个百分点（100 − 96 = 4）[1][2]", ()),
        ("结案率96%（96 ÷ 100 × 100% = 96%）[1][2]", ()),
        ("相差5个百分点（100 − 96 = 5）[1][2]", ("5个百分点", "5")),
    ],
)
def test_operands_need_no_unit_and_a_wrong_result_has_no_support(
    text: str, unsupported: tuple[str, ...]
) -> None:
    citations = [cite(1, "a.txt", "行政诉讼应诉率100%"), cite(2, "b.txt", "调处成功率达96%")]
    answer = {"text": text, "citations": citations}
    found = unsupported_numbers(answer)
    assert tuple(item for item in found if item not in ("100", "96")) == unsupported


def test_operands_of_a_calculation_are_not_values_given() -> None:
    answer = {"text": "合计569次（398 + 171 = 569）", "question": "一共几次？"}
    score = score_values(answer, [value(None, 569, "次")], [])
    assert (score.precision, score.recall) == (1, 1)
    wrong = score_values({"text": "合计570次（398 + 171 = 570）"}, [value(None, 569, "次")], [])
    assert (wrong.precision, wrong.recall) == (0, 0)


def test_what_the_question_asked_about_may_be_said_back() -> None:
    answer = {"text": "低于100%的：96%[1]", "question": "哪些不到100%？"}
    citations = [cite(1, "b.txt", "调处成功率达96%")]
    score = score_values({**answer, "citations": citations}, [value("b.txt", 96, "%")], [])
    assert (score.precision, score.recall) == (1, 1)


def test_two_citations_that_account_for_another_state_do_not_cost_precision() -> None:
    citations = [cite(1, "a.txt", "行政诉讼应诉率100%")]
    citations += [cite(mark, "b.txt", "发放资料3000余份") for mark in (2, 3, 4)]
    findings = [
        {"source": "a.txt", "state": "match", "citations": [1]},
        {"source": "b.txt", "state": "mentioned", "citations": [2, 3, 4]},
    ]
    answer = {"citations": citations, "findings": findings}
    spans = [span("a.txt", "行政诉讼应诉率100%")]
    assert score_citations(answer, spans, TEXTS).precision == 1 / 2
    assert score_citations({"citations": citations}, spans, TEXTS).precision == 1 / 4


def test_numbers_of_the_question_and_counts_of_reports_are_supported() -> None:
    answer = {
        "question": "谁达到95%？",
        "text": "95%以上的：5份中1份",
        "census": census(match=1, implied=4),
    }
    assert unsupported_numbers(answer) == ()
    assert unsupported_numbers({**answer, "text": "5 reports, 1个镇"}) == ()
    assert unsupported_numbers({**answer, "text": "5件，4次"}) == ("5件", "4次")
    assert unsupported_numbers({**answer, "text": "6份"}) == ("6份",)
