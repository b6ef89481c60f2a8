"""Figures and values, on cases worked out by hand."""

import pytest

from eval.metrics.figures import read_figures
from eval.metrics.values import score_values
from tests.metric_cases import cite, value


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
