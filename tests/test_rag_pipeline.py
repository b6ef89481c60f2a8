"""Questions to the five sample reports, from the words asked to the verified answer."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

import pytest

from rag.models import STATES, Answer, Turn
from rag.pipeline import answer
from rag.stores import Stores

APPEARANCE = (
    "which towns reported 100% litigation appearance rates",
    "哪些镇的行政诉讼应诉率达到100%？",
)
NOT_REPORTED = (
    "马武镇2024年的GDP是多少？",
    "哪些镇报告了垃圾分类覆盖率？",
    "银河镇的调解成功率是多少？",
    "银河镇存在哪些不足？",
    "2019年哪些镇的行政诉讼应诉率达到100%？",
    "商家镇调解了多少件纠纷？",
    "李河镇的行政诉讼应诉率是多少？",
    "What was the GDP of Mawu in 2024?",
    "What is the unemployment rate of Lihe?",
)
ASKED = (
    *APPEARANCE,
    *NOT_REPORTED,
    "谁提到了枫桥经验？",
    "哪个镇调解成功率最高？",
    "各镇一共开展了多少场法治宣传？",
    "李河镇和小江镇的调解成功率哪个高？",
    "马武镇的行政诉讼应诉率是100%吗？",
    "各镇存在哪些不足？",
    "库里有哪些报告？",
    "今天天气怎么样？",
)


def sources(found: Answer, state: str) -> set[str]:
    return {finding.source for finding in found.findings if finding.state == state}


@pytest.mark.parametrize("question", APPEARANCE)
def test_the_appearance_rate_is_one_towns_alone(sample_stores: Stores, question: str) -> None:
    found = answer(question, stores=sample_stores)
    assert found.status == "answered"
    assert sources(found, "match") == {"mawu-2024.txt"}
    assert (found.census.in_scope, found.census.match) == (5, 1)
    assert "行政诉讼应诉率100%" in {citation.quote for citation in found.citations}
    (match,) = (finding for finding in found.findings if finding.state == "match")
    assert (match.value, match.unit, match.qualifier, match.year) == (100, "%", "exact", 2024)
    for figure in ("7次", "5次", "2次"):
        assert figure in found.text, "what the same sentence says stands beside the rate"
    first = found.text.splitlines()[0]
    assert "马武镇" in first and not re.search("李河|长征|小江|商家", first)


@pytest.mark.parametrize(
    ("question", "shown", "source"),
    [
        ("李河镇的调解成功率是多少？", ["96%"], "lihe-2023.txt"),
        ("小江镇人民调解了多少宗？", ["66宗", "27宗", "39宗"], "xiaojiang-2022.txt"),
        ("小江镇调解涉案金额是多少？", ["73.39万元"], "xiaojiang-2022.txt"),
        ("马武镇罚款多少？", ["1770元"], "mawu-2024.txt"),
        ("长征镇的主动公开率是多少？", ["87.5%"], "changzheng-2023.txt"),
        ("小江镇承接了多少项行政处罚权？", ["299项"], "xiaojiang-2022.txt"),
        ("马武镇处理了多少矛盾纠纷？", ["414件"], "mawu-2024.txt"),
        ("What was the mediation success rate in Lihe?", ["96%"], "lihe-2023.txt"),
    ],
)
def test_a_value_comes_out_right_and_cited(
    sample_stores: Stores, question: str, shown: list[str], source: str
) -> None:
    found = answer(question, stores=sample_stores)
    assert found.status == "answered"
    assert [figure for figure in shown if figure not in found.text] == []
    assert {citation.source for citation in found.citations} == {source}


def test_a_success_rate_that_is_not_stated_is_derived_with_its_arithmetic(
    sample_stores: Stores,
) -> None:
    found = answer("马武镇的调解成功率是多少？", stores=sample_stores)
    (finding,) = found.findings
    assert finding.state == "implied"
    assert finding.derivation == "412 ÷ 414 ≈ 99.5%"
    assert finding.derivation in found.text
    assert {"414", "412"} <= set(re.findall(r"\d+", " ".join(c.quote for c in found.citations)))


def test_a_practice_is_found_where_it_is_named(sample_stores: Stores) -> None:
    found = answer("谁提到了枫桥经验？", stores=sample_stores)
    assert sources(found, "match") == {"lihe-2023.txt"}
    assert any("枫桥经验" in citation.quote for citation in found.citations)


def test_the_highest_rate_is_the_winners_alone(sample_stores: Stores) -> None:
    found = answer("哪个镇调解成功率最高？", stores=sample_stores)
    assert found.plan.kind == "rank"
    assert sources(found, "match") == {"xiaojiang-2022.txt"}
    assert "小江镇" in found.text.splitlines()[0]
    assert sources(found, "other_value") == {"lihe-2023.txt"}


@pytest.mark.parametrize("town", ["马武镇", "李河镇", "小江镇", "长征镇", "商家镇"])
def test_each_towns_shortcomings_are_bullets_with_a_mark(sample_stores: Stores, town: str) -> None:
    found = answer(f"{town}存在哪些不足？", stores=sample_stores)
    assert found.status == "answered"
    bullets = [line for line in found.text.splitlines() if line.lstrip().startswith("- ")]
    assert len(bullets) >= 2
    assert all(re.search(r"\[\d+\]", bullet) for bullet in bullets)
    assert {citation.town for citation in found.citations} == {town}


@pytest.mark.parametrize("question", NOT_REPORTED)
def test_what_no_report_states_is_not_found_and_nothing_is_claimed(
    sample_stores: Stores, question: str
) -> None:
    found = answer(question, stores=sample_stores)
    assert found.status == "not_found"
    assert found.census.match == 0
    claims = re.sub(r"\[\d+\]|\d{4}", "", found.text)
    numbers = set(re.findall(r"\d+(?:\.\d+)?", claims))
    assert numbers <= {str(found.census.in_scope)}, "the nearest labels come without figures"


def test_what_is_none_of_the_corpus_is_out_of_scope(sample_stores: Stores) -> None:
    found = answer("今天天气怎么样？", stores=sample_stores)
    assert found.status == "out_of_scope"
    assert found.findings == found.citations == ()


@pytest.mark.parametrize("question", ASKED)
def test_every_answer_accounts_for_its_reports_and_resolves_its_marks(
    sample_stores: Stores, question: str
) -> None:
    found = answer(question, stores=sample_stores)
    assert sum(getattr(found.census, state) for state in STATES) == found.census.in_scope
    assert [citation.mark for citation in found.citations] == list(
        range(1, len(found.citations) + 1)
    )
    marks = {int(mark) for mark in re.findall(r"\[(\d+)\]", found.text)}
    marks |= {mark for finding in found.findings for mark in finding.citations}
    assert marks <= {citation.mark for citation in found.citations}
    if found.status != "out_of_scope":
        assert len(found.findings) == found.census.in_scope
    assert found.writer == "rules"
    assert found.timings_ms["total"] > 0


def test_the_answer_is_in_the_language_of_the_question(sample_stores: Stores) -> None:
    english, chinese = (answer(question, stores=sample_stores) for question in APPEARANCE)
    assert (english.language, chinese.language) == ("en", "zh")
    assert "Mawu" in english.text and "Census: 5 reports" in english.text
    assert "普查：范围内5份报告" in chinese.text


def test_the_scope_of_an_answer_is_told(sample_stores: Stores) -> None:
    found = answer("2023年哪些镇的法律顾问覆盖率是100%？", stores=sample_stores)
    (scope,) = (note for note in found.notes if note.startswith("口径："))
    assert all(words in scope for words in ("法律顾问覆盖率", "100%", "2023", "报告 3 份"))


def test_a_doubtful_year_is_told(sample_stores: Stores) -> None:
    found = answer("长征镇的主动公开率是多少？", stores=sample_stores)
    assert any("长征镇" in note and "可疑" in note for note in found.notes)


def test_a_follow_up_takes_what_it_leaves_out_from_before(sample_stores: Stores) -> None:
    history = [Turn("马武镇的行政检查次数是多少？")]
    found = answer("那李河镇呢？", history=history, stores=sample_stores)
    assert "398次" in found.text
    assert {citation.source for citation in found.citations} == {"lihe-2023.txt"}


def test_the_callers_places_and_years_keep_an_answer_to_them(sample_stores: Stores) -> None:
    found = answer("调解成功率是多少？", stores=sample_stores, places=["李河镇"], years=[2023])
    assert [finding.source for finding in found.findings] == ["lihe-2023.txt"]
    found = answer("调解成功率是多少？", stores=sample_stores, years=[2022])
    assert [finding.source for finding in found.findings] == ["xiaojiang-2022.txt"]


def test_the_same_question_has_the_same_answer(sample_stores: Stores) -> None:
    first, second = (
        {**asdict(answer(APPEARANCE[1], stores=sample_stores)), "timings_ms": None}
        for _ in range(2)
    )
    assert first == second


NUMBER, TEXT, MARKS = (int, float), (str,), "marks"
TYPES: dict[str, tuple[type, ...]] = {
    "id": (type(None), str), "question": TEXT, "language": TEXT, "status": TEXT, "writer": TEXT,
    "text": TEXT, "plan": (dict,), "census": (dict,), "left_out": (dict,),
    "findings": (list,), "citations": (list,), "notes": (list,), "timings_ms": (dict,),
}  # fmt: skip
CITATION: dict[str, tuple[type, ...]] = {
    "mark": (int,), "report_id": TEXT, "source": TEXT, "title": (str, type(None)),
    "town": (str, type(None)), "year": (int, type(None)), "section": (list,), "paragraph": (int,),
    "page": (int, type(None)), "start": (int,), "end": (int,), "raw": TEXT, "quote": TEXT,
}  # fmt: skip


@pytest.mark.parametrize("question", ASKED)
def test_the_json_of_an_answer_keeps_the_contract(sample_stores: Stores, question: str) -> None:
    found: dict[str, Any] = json.loads(json.dumps(asdict(answer(question, stores=sample_stores))))
    assert found.keys() == TYPES.keys()
    assert all(isinstance(found[key], kinds) for key, kinds in TYPES.items())
    assert found["status"] in ("answered", "not_found", "out_of_scope")
    assert all(isinstance(count, int) for count in found["census"].values())
    for citation in found["citations"]:
        assert citation.keys() == CITATION.keys()
        assert all(isinstance(citation[key], kinds) for key, kinds in CITATION.items())
    for finding in found["findings"]:
        assert finding["state"] in STATES
        assert isinstance(finding["conflict"], bool)
        assert all(isinstance(mark, int) for mark in finding["citations"])
        assert finding["value"] is None or isinstance(finding["value"], NUMBER)


@pytest.mark.parametrize("question", ["库里有哪些2024年的报告？", "2024年的报告是哪几个镇的？"])
def test_the_reports_of_one_year_are_listed(sample_stores: Stores, question: str) -> None:
    found = answer(question, stores=sample_stores)
    assert found.status == "answered"
    assert "马武镇" in found.text and "李河镇" not in found.text
