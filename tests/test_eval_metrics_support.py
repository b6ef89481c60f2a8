"""Which numbers of an answer are supported, on cases worked out by hand."""

import re

import pytest

from eval.metrics.arithmetic import read_calculations
from eval.metrics.recounted import part_counts, places_of_order, year_counts
from eval.metrics.unsupported import unsupported_numbers
from tests.metric_cases import cite


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


def test_numbers_of_the_question_and_counts_of_reports_are_supported() -> None:
    answer = {
        "question": "谁达到95%？",
        "text": "95%以上的：5份中1份",
        "census": {"in_scope": 5, "match": 1, "implied": 4},
    }
    assert unsupported_numbers(answer) == ()
    assert unsupported_numbers({**answer, "text": "5 reports, 1个镇"}) == ()
    assert unsupported_numbers({**answer, "text": "5件，4次"}) == ("5件", "4次")
    assert unsupported_numbers({**answer, "text": "6份"}) == ("6份",)


def part(indicator: str, op: str = "mentions", **more: object) -> dict[str, object]:
    return {"kind": "census", "conditions": [{"indicator": indicator, "op": op}], **more}


def said(indicator: str, holds: bool, **more: object) -> dict[str, object]:
    return {"indicator": indicator, "holds": holds, **more}


# Of 4 reports: 1 uses body cameras, 1 only plans to, 2 say nothing; 2 state fines, both in 2023.
COMPOUND = {
    "census": {"in_scope": 4, "match": 3, "mentioned": 0, "not_reported": 1},
    "plan": {"parts": [part("执法记录仪"), part("罚款金额", years=[2023])]},
    "findings": [
        {"source": "a", "year": 2023, "conditions": [
            said("执法记录仪", True, citations=[1]),
            said("罚款金额", True, value=500, kind="achieved", citations=[2])]},
        {"source": "b", "year": 2023, "conditions": [
            said("执法记录仪", False, citations=[3]),
            said("罚款金额", True, value=700, kind="achieved", citations=[4])]},
        {"source": "c", "year": 2022, "conditions": [said("执法记录仪", False, citations=[])]},
        {"source": "d", "year": 2022, "conditions": [said("执法记录仪", False, citations=[])]},
    ],
}  # fmt: skip


def test_the_reports_of_each_part_of_a_compound_answer_are_counted_again() -> None:
    assert part_counts(COMPOUND) == {0, 1, 2, 3, 4}  # 1 + 1 + 2 of the cameras, 2 of the fines
    assert part_counts({**COMPOUND, "plan": {"parts": []}}) == frozenset()
    findings = [
        {"town": town, "conditions": [said("甲", True)] + [said("乙", False)] * (town == "李河镇")}
        for town in ("李河镇", "小江镇", "大源镇")
    ]
    places = {"parts": [part("甲"), part("乙", places=["李河镇"])]}
    assert part_counts({"plan": places, "findings": findings}) == {0, 3, 1}, "乙 is of one town"


def test_a_right_count_of_a_part_is_supported_and_a_wrong_one_is_not() -> None:
    large = {
        **COMPOUND,
        "census": {"in_scope": 40, "match": 40},
        "findings": [
            {
                "source": f"{n}.txt",
                "conditions": [said("执法记录仪", n < 7, citations=[n] * (n < 11))],
            }
            for n in range(40)
        ],
        "plan": {"parts": [part("执法记录仪"), part("罚款金额", years=[2023])]},
    }
    text = "共有{match}份报告提到“执法记录仪”。\n普查：符合{match}份，仅提及{mentioned}份，未载明{silent}份。"
    right = text.format(match=7, mentioned=4, silent=29)
    assert unsupported_numbers({**large, "text": right}) == ()
    wrong = text.format(match=8, mentioned=4, silent=28)
    assert unsupported_numbers({**large, "text": wrong}) == ("8份报告", "8份", "28份")
    assert unsupported_numbers({**large, "text": right, "findings": []}) != ()


def test_parts_with_several_conditions_count_the_reports_for_which_they_hold_together() -> None:
    both = {"conditions": [{"indicator": "甲"}, {"indicator": "乙"}], "join": "and"}
    results = [(True, True), (True, False), (False, False), (True, True), (False, True)]
    findings = [
        {"conditions": [said("甲", first, citations=[1]), said("乙", second, citations=[2])]}
        for first, second in results
    ]
    counted = {"plan": {"parts": [both]}, "findings": findings}
    assert part_counts(counted) == {0, 1, 2, 3, 4, 5}  # 2 hold, 2 in part, 1 not at all
    either = {"plan": {"parts": [{**both, "join": "or"}]}, "findings": findings}
    assert part_counts(either) == {0, 1, 4, 5}
    but_not = {"plan": {"parts": [{**both, "join": "and_not"}]}, "findings": findings[:2]}
    assert part_counts(but_not) == {0, 1, 2}


def test_the_place_of_a_town_in_an_order_is_found_again_from_the_figures() -> None:
    figures = {"a": (12, 2023), "b": (7, 2023), "c": (7, 2022), "d": (3, 2022)}
    findings = [
        {"source": source, "year": year, "value": number, "unit": "件",
         "state": "match" if source == "c" else "other_value"}
        for source, (number, year) in figures.items()
    ]  # fmt: skip
    answer = {
        "plan": {"order": "desc", "standing_of": ["丙镇"]},
        "census": {"in_scope": 4, "match": 1, "other_value": 3},
        "findings": findings,
    }
    assert places_of_order(answer) == {2, 1}, "second of all, first of its year"
    assert places_of_order({**answer, "plan": {"order": "asc", "standing_of": ["丙镇"]}}) == {2}
    assert places_of_order({**answer, "plan": {"order": "desc"}}) == frozenset()
    for text in (
        "由高到低排第**2**位。",
        "只看2022年的报告，排第**1**位。",
        "number **2** of the 4",
    ):
        assert unsupported_numbers({**answer, "text": text}) == ()
    assert unsupported_numbers({**answer, "text": "由高到低排第**6**位。"}) == ("6",)
    assert unsupported_numbers({**answer, "text": "number **9** of the 4 reports"}) == ("9",)


def test_money_of_two_units_is_put_in_order_by_its_worth() -> None:
    findings = [
        {"state": "match", "value": 9000, "unit": "元"},
        {"state": "other_value", "value": 1.2, "unit": "万元"},
    ]
    plan = {"order": "desc", "standing_of": ["甲镇"]}
    assert places_of_order({"plan": plan, "findings": findings}) == {2}


def test_the_reports_of_each_year_are_counted_again() -> None:
    findings = [{"state": "match", "year": year} for year in (2021, 2022, 2022)]
    answer = {"text": "年度为2021（1份）、2022（2份）。", "findings": findings}
    assert year_counts(answer) == {1, 2}
    assert unsupported_numbers(answer) == ()
    wrong = {**answer, "text": "年度为2021（1份）、2022（5份）。"}
    assert unsupported_numbers(wrong) == ("5份",)
