"""Which numbers of an answer are supported, on cases worked out by hand."""

import re

import pytest

from eval.metrics.arithmetic import read_calculations
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
