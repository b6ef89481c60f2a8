"""What the rules write: the direct answer first, each figure as printed with its mark."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from written_reports import stores_of

from rag.compose import join_answers
from rag.compose.phrases import condition_phrase, figure, romanised, unit
from rag.compose.points import points
from rag.models import (
    Answer,
    Census,
    Citation,
    Condition,
    Fact,
    LeftOut,
    Paragraph,
    Plan,
    Removal,
    quote_of,
)
from rag.pipeline import answer
from rag.words import fold

MEDIATED = {"甘宁镇": "调解纠纷120件。", "高峰镇": "调解纠纷80件。", "龙沙镇": "调解纠纷80件。"}


def ask(folder: Path, bodies: dict[str, str], question: str) -> Answer:
    with stores_of(folder, bodies) as stores:
        return answer(question, stores=stores)


def plain(text: str) -> str:
    return re.sub(r"\[\d+\]|\*\*", "", text)


def test_the_answer_to_a_set_question_stands_in_the_first_line(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "行政诉讼应诉率100%。", "高峰镇": "行政诉讼应诉率90%。"}
    found = ask(tmp_path, bodies, "哪些镇的行政诉讼应诉率达到100%？")
    first, *rest = plain(found.text).splitlines()
    assert "甘宁镇" in first and "100%" in first and "高峰镇" not in first
    assert any("高峰镇" in line and "90%" in line for line in rest), "the others are shown apart"


def test_a_total_is_written_with_its_arithmetic(tmp_path: Path) -> None:
    found = ask(tmp_path, MEDIATED, "各镇一共调解了多少件纠纷？")
    first = plain(found.text).splitlines()[0]
    assert "= 280件" in first
    added = re.findall(r"(\d+)件", first.partition("=")[0])
    assert sorted(map(int, added)) == [80, 80, 120]
    assert found.census.match == 3


def test_a_mean_divides_by_the_reports_that_state_it(tmp_path: Path) -> None:
    bodies = {**MEDIATED, "响水镇": "认真学习。"}
    found = ask(tmp_path, bodies, "各镇平均调解多少件纠纷？")
    first = plain(found.text).splitlines()[0]
    assert "÷ 3" in first and f"{280 / 3:.2f}件" in first and "≈" in first


def test_a_total_of_figures_that_are_not_exact_says_so(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "调解纠纷100余件。", "高峰镇": "调解纠纷50件。"}
    found = ask(tmp_path, bodies, "各镇一共调解了多少件纠纷？")
    assert "150余件" in plain(found.text) and "非精确" in found.text


def test_the_winners_of_a_tie_are_all_named(tmp_path: Path) -> None:
    found = ask(tmp_path, MEDIATED, "哪个镇调解的纠纷最少？")
    first = found.text.splitlines()[0]
    assert "高峰镇" in first and "龙沙镇" in first and "甘宁镇" not in first
    assert sorted(f.town or "" for f in found.findings if f.state == "match") == [
        "高峰镇", "龙沙镇",
    ]  # fmt: skip


def test_two_towns_are_compared_with_the_difference_worked_out(tmp_path: Path) -> None:
    found = ask(tmp_path, MEDIATED, "甘宁镇和高峰镇的调解纠纷数相差多少？")
    assert "120件 - 80件 = 40件" in plain(found.text)


def test_a_comparison_with_a_town_that_does_not_state_it_says_so(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "调解成功率98%。", "高峰镇": "认真学习。"}
    found = ask(tmp_path, bodies, "甘宁镇和高峰镇的调解成功率哪个高？")
    assert "98%" in found.text
    assert "高峰镇" in found.text and "没有载明" in found.text


def test_a_figure_that_was_not_asked_for_is_not_written(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "调解成功率98%。开展法治宣传37场次。罚款5300元。"}
    found = ask(tmp_path, bodies, "甘宁镇的调解成功率是多少？")
    assert "98%" in found.text
    assert "37" not in found.text and "5300" not in found.text


def test_what_is_not_found_names_where_was_searched_and_the_nearest(tmp_path: Path) -> None:
    found = ask(tmp_path, MEDIATED, "哪些镇的调解协议履行率达到100%？")
    assert found.status == "not_found"
    assert "3份报告" in found.text and "调解协议履行率" in found.text
    assert "调解纠纷" in found.text, "the nearest that is stated"
    assert not re.search(r"120|80", plain(found.text))


def test_an_implied_rate_is_written_with_its_arithmetic_and_marks(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "行政机关负责人应出庭3件，实际出庭3件。"}
    found = ask(tmp_path, bodies, "甘宁镇的行政机关负责人出庭应诉率是多少？")
    assert "3 ÷ 3 = 100%" in found.text
    assert "未直接载明" in found.text or "推算" in found.text
    (finding,) = found.findings
    assert (finding.state, finding.value, finding.unit) == ("implied", 100, "%")


def test_an_english_answer_names_a_town_in_characters_and_pinyin_once(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "调解成功率98%。", "高峰镇": "调解成功率90%。"}
    found = ask(tmp_path, bodies, "Which town had the highest mediation success rate?")
    assert found.language == "en"
    assert found.text.count("甘宁镇 (Ganning)") == 1
    assert "98%" in found.text.splitlines()[0]


def test_several_questions_are_answered_one_after_the_other() -> None:
    def part(text: str, *starts: int) -> Answer:
        plan = Plan("lookup")
        citations = tuple(made_citation(mark, start) for mark, start in enumerate(starts, start=1))
        empty = Answer("问", "zh", "answered", "rules", text, plan, Census(), LeftOut())
        return replace(empty, citations=citations, notes=("口径",))

    found = join_answers("问", Plan("lookup"), [part("甲[1]乙[2]", 0, 5), part("丙[1]丁[2]", 5, 9)])
    assert found.text == "甲[1]乙[2]\n\n丙[2]丁[3]"
    assert [(citation.mark, citation.start) for citation in found.citations] == [
        (1, 0), (2, 5), (3, 9),
    ]  # fmt: skip
    assert found.notes == ("口径",)


def fact(value: float | None, printed_unit: str, qualifier: str = "exact", **more: Any) -> Fact:
    quote = more.pop("quote", "")
    made: dict[str, Any] = {
        "report_id": "r", "paragraph": 0, "section": (), "indicator": None, "label": "率",
        "value": value, "low": None, "high": None, "unit": printed_unit, "qualifier": qualifier,
        "kind": "achieved", "actor": None, "period": None, "start": 0, "end": 1,
        "value_start": 0, "value_end": len(quote), "raw": quote, "quote": quote, "sentence": quote,
    }  # fmt: skip
    return Fact(**(made | more))


@pytest.mark.parametrize(
    ("stated", "chinese", "english"),
    [
        (fact(96, "%"), "96%", "96%"),
        (fact(73.39, "万元", "about"), "约73.39万元", "about 73.39万元 (ten thousand yuan)"),
        (
            fact(19680, "册", "at_least", quote="19680余册"),
            "19680余册",
            "at least 19680册 (copies)",
        ),
        (fact(99, "%", "at_least", quote="超过99%"), "超过99%", "at least 99%"),
        (fact(95, "%", "at_least", quote="95%以上"), "至少95%", "at least 95%"),
        (fact(100, "%", "less_than"), "不到100%", "less than 100%"),
        (fact(None, "人", "range", low=10, high=15), "10—15人", "10—15人 (people)"),
    ],
)
def test_a_figure_is_written_in_digits_with_its_qualifier_and_printed_unit(
    stated: Fact, chinese: str, english: str
) -> None:
    assert figure(stated, "zh") == chinese
    assert figure(stated, "en") == english


def test_a_unit_is_explained_to_english_readers_only() -> None:
    assert (unit("件", "zh"), unit("件", "en"), unit("亩", "en")) == ("件", "件 (cases)", "亩")


@pytest.mark.parametrize(
    ("town", "pinyin"), [("长征镇", "Changzheng"), ("南岸街道", "Nanan"), ("镇", "Zhen")]
)
def test_a_town_is_romanised_without_its_kind(town: str, pinyin: str) -> None:
    assert romanised(town) == pinyin


@pytest.mark.parametrize(
    ("op", "value2", "words"),
    [
        ("==", None, "调解成功率为90%"),
        (">=", None, "调解成功率不低于90%"),
        (">", None, "调解成功率超过90%"),
        ("<=", None, "调解成功率不超过90%"),
        ("<", None, "调解成功率不到90%"),
        ("between", 98, "调解成功率在90%至98%之间"),
    ],
)
def test_a_condition_is_put_into_words(op: Any, value2: int | None, words: str) -> None:
    condition = Condition("调解成功率", op, 90, value2, "%")
    assert condition_phrase(condition, {}, "zh") == words


def paragraph(
    text: str, role: Any = "shortcomings", removals: tuple[Removal, ...] = ()
) -> Paragraph:
    shown = quote_of(text, 0, len(text), removals)
    return Paragraph("r#0", "r", 0, ("三、存在的不足",), role, shown, fold(shown), 0, len(text))


def test_each_numbered_point_of_a_paragraph_is_a_bullet_of_its_own() -> None:
    text = "仍存在一些问题。一是执法力量不足，人员身兼数职。二是群众法律意识薄弱；三是经费无来源。"
    found = points(paragraph(text), ())
    assert [point.text for point in found] == [
        "执法力量不足，人员身兼数职", "群众法律意识薄弱", "经费无来源",
    ]  # fmt: skip
    for point in found:
        assert point.text in text[point.span.start : point.span.end]


def test_a_point_is_cited_by_the_stored_words_where_repair_removed_some() -> None:
    text = "一是执法力\n\n量不足，人员身兼数职。二是群众法律意识薄弱。"
    removals = (Removal(5, 7, "line_break"),)
    first, second = points(paragraph(text, removals=removals), removals)
    assert first.text == "执法力量不足，人员身兼数职"
    assert "力\n\n量" in text[first.span.start : first.span.end]
    assert second.text in text[second.span.start : second.span.end]


def test_a_long_point_is_cut_at_sentences_and_nothing_is_lost() -> None:
    text = "一是" + "执法人员对法律知识学习不够，执法规范度有待提升。" * 15
    found = points(paragraph(text), ())
    assert len(found) > 1
    assert all(len(point.text) <= 200 for point in found)
    assert "".join(re.sub("[。；]", "", point.text) for point in found) == re.sub(
        "[。]", "", text[2:]
    )


def made_citation(mark: int, start: int) -> Citation:
    return Citation(
        mark=mark, report_id="r", source="r.txt", title=None, town=None, year=2024, section=(),
        paragraph=0, page=None, start=start, end=start + 1, raw="甲", quote="甲",
    )  # fmt: skip


RATES = {
    "甘宁镇": "行政诉讼应诉率100%。",
    "高峰镇": "行政诉讼应诉率90%。",
    "龙沙镇": "行政诉讼应诉率95%。下一步，力争2025年行政诉讼应诉率达到100%。",
    "后山镇": "调解纠纷80件。",
}


def test_all_of_the_towns_means_all_and_the_others_are_shown_first(tmp_path: Path) -> None:
    found = ask(tmp_path, RATES, "所有镇的行政诉讼应诉率都达到100%吗？")
    first, second, *_ = plain(found.text).splitlines()
    assert first.startswith("否") and "4份报告中，1份" in first
    assert "甘宁镇" not in second and ("高峰镇" in second or "龙沙镇" in second)


def test_what_half_of_the_reports_leave_open_is_not_decided(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "行政诉讼应诉率100%。", "高峰镇": "调解纠纷80件。"}
    found = ask(tmp_path, bodies, "大多数镇的行政诉讼应诉率都达到100%吗？")
    assert plain(found.text).startswith("报告未载明")


def test_a_town_is_told_its_place_in_the_order_of_all(tmp_path: Path) -> None:
    found = ask(tmp_path, RATES, "龙沙镇的行政诉讼应诉率在各镇里排第几？")
    first = plain(found.text).splitlines()[0]
    assert "龙沙镇" in first and "3份报告中由高到低排第2位" in first
    assert [f.town for f in found.findings if f.state == "match"] == ["龙沙镇"]


def test_a_target_answers_only_a_question_about_targets(tmp_path: Path) -> None:
    aimed = ask(tmp_path / "a", RATES, "哪些镇以行政诉讼应诉率100%为目标？")
    assert [f.town for f in aimed.findings if f.state == "match"] == ["龙沙镇"]
    assert "力争2025年" in plain(aimed.text)
    reached = ask(tmp_path / "b", RATES, "哪些镇的行政诉讼应诉率达到100%？")
    assert [f.town for f in reached.findings if f.state == "match"] == ["甘宁镇"]


def test_a_count_of_one_stage_answers_under_its_own_label(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "办结行政处罚案件38宗。", "高峰镇": "行政处罚案件12件，办结10件。"}
    found = ask(tmp_path, bodies, "行政处罚案件超过30件的镇有哪些？")
    assert [f.town for f in found.findings if f.state == "match"] == ["甘宁镇"]
    assert "办结行政处罚案件38宗" in plain(found.text)
    states = {f.town: f.value for f in found.findings}
    assert states["高峰镇"] == 12, "what is stated itself goes before one stage of it"


def test_the_rate_of_a_family_member_is_implied_for_all_of_it(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "行政诉讼3件，负责人应出庭3件、实际出庭2件。"}
    found = ask(tmp_path, bodies, "哪些镇的出庭应诉率达到60%？")
    assert [(f.state, f.value) for f in found.findings] == [("implied", 66.7)]


def test_a_term_is_explained_without_a_claim_about_a_report(tmp_path: Path) -> None:
    found = ask(tmp_path, RATES, "什么叫行政诉讼应诉率？")
    assert found.status == "out_of_scope" and not found.citations
    assert any("行政诉讼应诉率" in note for note in found.notes)


def test_a_town_is_compared_with_what_its_report_gives_for_the_county(tmp_path: Path) -> None:
    bodies = {
        "甘宁镇": "调解成功率98%，高于全县95%的平均水平。",
        "高峰镇": "调解成功率92%，全县调解成功率为95%。",
        "龙沙镇": "调解成功率99%。",
    }
    found = ask(tmp_path, bodies, "哪些镇的调解成功率高于全县平均水平？")
    states = {finding.town: finding.state for finding in found.findings}
    assert states["高峰镇"] == "other_value"
    assert states["龙沙镇"] == "mentioned", "its report gives nothing for the county"


def test_the_only_report_of_a_town_tells_its_change_in_its_own_words(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "排查矛盾纠纷203起，比上年的231起下降12.1%。"}
    found = ask(tmp_path, bodies, "甘宁镇排查的矛盾纠纷数有什么变化？")
    assert "231起" in plain(found.text) and "12.1%" in plain(found.text)


def test_two_towns_are_compared_in_the_years_that_both_have(tmp_path: Path) -> None:
    bodies = {
        "甘宁镇 2022": "调解纠纷90件。",
        "甘宁镇 2023": "调解纠纷120件。",
        "高峰镇 2023": "调解纠纷80件。",
        "高峰镇 2024": "调解纠纷300件。",
    }
    found = ask(tmp_path, bodies, "甘宁镇和高峰镇调解的纠纷相差多少？")
    assert "相差120件 - 80件 = 40件" in plain(found.text)
    found = ask(tmp_path, bodies, "甘宁镇和高峰镇谁调解的纠纷多？")
    assert "甘宁镇的纠纷调解数更高" in plain(found.text)
    assert "300" not in found.text and "90件" not in found.text


def test_the_sums_of_places_are_put_in_order_with_their_arithmetic(tmp_path: Path) -> None:
    with stores_of(
        tmp_path, {"甘宁镇 2023": "罚款100元。", "甘宁镇 2024": "罚款250元。"}
    ) as stores:
        found = answer("罚款最多的是哪个县？", stores=stores)
    first = plain(found.text).splitlines()[0]
    assert "100元 + 250元 = 350元" in first
    assert found.census.match == 2


def test_one_count_taken_in_gives_the_rate_of_what_was_settled(tmp_path: Path) -> None:
    found = ask(tmp_path, {"甘宁镇": "受理纠纷80起，调解成功76起。"}, "甘宁镇的调解成功率是多少？")
    assert "76 ÷ 80 = 95%" in plain(found.text)


def test_a_stage_of_cases_refutes_that_there_were_none(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "办结行政处罚案件12件。", "高峰镇": "全年无行政处罚案件。"}
    found = ask(tmp_path, bodies, "哪些镇没有行政处罚案件？")
    assert {f.town: f.state for f in found.findings} == {"甘宁镇": "other_value", "高峰镇": "match"}


def test_a_count_that_looks_like_a_year_is_calculated_with(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "调解纠纷1900件，调解成功1891件。"}
    found = ask(tmp_path, bodies, "甘宁镇的调解成功率是多少？")
    assert "1891 ÷ 1900 ≈ 99.5%" in plain(found.text)


def test_a_rate_above_zero_says_that_there_were_such_cases(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "行政复议11件，复议纠错率9.1%。", "高峰镇": "行政复议4件，复议纠错率为0%。"}
    found = ask(tmp_path, bodies, "哪些镇有行政复议案件被纠错？")
    assert {f.town for f in found.findings if f.state == "match"} == {"甘宁镇"}


def test_who_says_himself_that_he_has_none_is_told_from_who_is_silent(tmp_path: Path) -> None:
    bodies = {
        "甘宁镇": "受制于经费，尚未配备执法记录仪。",
        "高峰镇": "配备执法记录仪6台。",
        "龙沙镇": "认真学习。",
    }
    found = ask(tmp_path, bodies, "哪些镇自己承认没有执法记录仪？")
    assert {f.town for f in found.findings if f.state == "match"} == {"甘宁镇"}
    assert "自己写明没有" in found.text


def test_two_figures_of_one_report_are_told_apart_where_it_is_asked(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "行政诉讼12件。行政复议8件。"}
    found = ask(tmp_path, bodies, "甘宁镇行政诉讼案件比行政复议案件多几件？")
    assert "12件 - 8件 = 4件" in plain(found.text)
    found = ask(tmp_path, bodies, "甘宁镇行政诉讼和行政复议各多少件？")
    assert "4件" not in found.text


def test_the_towns_of_several_years_are_listed(tmp_path: Path) -> None:
    bodies = {"甘宁镇 2022": "学习。", "甘宁镇 2023": "学习。", "高峰镇 2023": "学习。"}
    found = ask(tmp_path, bodies, "哪些镇有不止一年的报告？")
    assert {f.town for f in found.findings if f.state == "match"} == {"甘宁镇"}
    assert "高峰镇" not in found.text


def test_a_rate_that_no_case_gave_rise_to_is_neither_so_nor_otherwise(tmp_path: Path) -> None:
    bodies = {"甘宁镇": "本年度我镇无行政诉讼案件。"}
    found = ask(tmp_path, bodies, "甘宁镇的负责人出庭应诉率是100%吧？")
    assert found.text.startswith("没有发生案件")
    assert [f.state for f in found.findings] == ["no_case"]
