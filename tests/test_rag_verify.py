"""An answer is checked before it leaves: what is not supported does not leave."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest
from written_reports import stores_of

from rag.judgements import Citable, Span
from rag.ledger import Ledger
from rag.models import Answer, Census, Citation, Condition, Fact, Finding, LeftOut, Plan, Removal
from rag.verify import (
    BrokenCitation,
    Evidence,
    check_text,
    reread,
    reread_citable,
    sentences_of,
    verify,
)

TEXT = "甘宁镇行政诉讼应诉率100%，罚款17\n70元，发放资料3.3万余份。"
REMOVALS = (Removal(19, 20, "line_break"),)


def read_sources(report_ids: Collection[str]) -> list[tuple[str, str, tuple[Removal, ...]]]:
    assert set(report_ids) == {"r"}
    return [("r", TEXT, REMOVALS)]


def cite(mark: int, raw: str) -> Citation:
    start = TEXT.index(raw)
    return Citation(
        mark=mark, report_id="r", source="r.txt", title="报告", town="甘宁镇", year=2024,
        section=("一、成效",), paragraph=0, page=None, start=start, end=start + len(raw),
        raw=raw, quote=raw.replace("\n", ""),
    )  # fmt: skip


RATE, FINE, COPIES = (
    cite(1, "行政诉讼应诉率100%"),
    cite(2, "罚款17\n70元"),
    cite(3, "发放资料3.3万余份"),
)


def written(*lines: str, citations: tuple[Citation, ...] = (RATE, FINE, COPIES)) -> Answer:
    return Answer(
        question="哪些镇的行政诉讼应诉率达到100%？",
        language="zh",
        status="answered",
        writer="rules",
        text="\n".join(lines),
        plan=Plan("census", conditions=(Condition("行政诉讼应诉率", "==", 100, unit="%"),)),
        census=Census(in_scope=8, match=1, not_reported=7),
        left_out=LeftOut(),
        findings=(Finding("r", "r.txt", "甘宁镇", None, None, None, 2024, "match"),),
        citations=citations,
    )


def test_an_answer_that_is_supported_leaves_as_it_is() -> None:
    answer = written(
        "**甘宁镇**（2024年）行政诉讼应诉率100%[1]。",
        "罚款1770元[2]",
        "发放资料33000余份[3]",
        "普查：范围内8份报告——符合1份；未载明7份。",
    )
    assert verify(answer, read_sources=read_sources) is answer


@pytest.mark.parametrize(
    "broken",
    [
        replace(RATE, raw="行政诉讼应诉率99%"),
        replace(RATE, start=RATE.start + 1),
        replace(RATE, end=RATE.end + 1),
        replace(RATE, quote="行政诉讼应诉率 100%"),
        replace(RATE, start=len(TEXT) + 5, end=len(TEXT) + 9, raw="", quote=""),
        replace(RATE, start=3, end=3, raw="", quote=""),
        replace(FINE, mark=1, quote=FINE.raw),
    ],
    ids=["words", "start", "end", "quote", "behind the text", "empty", "what repair removed"],
)
def test_a_citation_that_does_not_reread_is_a_bug_and_raises(broken: Citation) -> None:
    with pytest.raises(BrokenCitation, match=r"r\.txt"):
        verify(written("应诉率100%[1]", citations=(broken,)), read_sources=read_sources)


@pytest.mark.parametrize(
    "claim",
    [
        "高峰镇的应诉率为96%[1]",
        "罚款1771元[2]",
        "罚款17元[2]",
        "应诉率100.5%[1]",
        "罚款1770元，罚没物品35件[2]",
        "应诉率100%[4]",
        "应诉率100%[1][9]",
        "全年罚款26530元",
    ],
)
def test_a_claim_that_nothing_supports_is_dropped_and_logged(
    claim: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        found = verify(written("应诉率100%[1]", claim), read_sources=read_sources)
    assert found.text == "应诉率100%[1]"
    assert found.status == "answered"
    assert any("1处" in note for note in found.notes)
    assert claim in caplog.text


def test_an_answer_that_loses_its_first_line_is_not_found() -> None:
    found = verify(written("应诉率97%[1]", "罚款1770元[2]"), read_sources=read_sources)
    assert found.status == "not_found"
    assert "97" not in found.text
    assert found.notes


def test_the_note_on_dropped_claims_is_in_the_answers_language() -> None:
    answer = replace(written("100%[1]", "96%[1]"), language="en")
    assert "dropped" in verify(answer, read_sources=read_sources).notes[-1]


def test_a_census_whose_states_do_not_sum_is_a_bug_and_raises() -> None:
    answer = replace(written("应诉率100%[1]"), census=Census(in_scope=8, match=1, not_reported=6))
    with pytest.raises(AssertionError, match="in scope 8"):
        verify(answer, read_sources=read_sources)


def test_arithmetic_that_is_shown_supports_its_outcome() -> None:
    citations = (RATE, FINE)
    answer = written(
        "应诉率100%[1]", "合计：1770元[2] + 1770元[2] = **3540元**", citations=citations
    )
    assert verify(answer, read_sources=read_sources) is answer


def test_the_number_of_a_list_item_and_of_a_title_are_no_claims() -> None:
    answer = written("应诉率100%[1]", "36. 甘宁镇100%[1]", "- 《2019年度报告》[1]")
    assert verify(answer, read_sources=read_sources) is answer


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("甘宁镇罚款1770万元[2]", "number: 1770万元"),
        ("甘宁镇罚款1770件[2]", "number: 1770件"),
        ("甘宁镇应诉率提高100个百分点[1]", "number: 100个百分点"),
        ("甘宁镇发放资料33000份[3]", "number: 33000份"),
        ("甘宁镇发放资料三万三千份[3]", "number: 三万三千份"),
        ("甘宁镇应诉率超过100%[2]", "number: 超过100%"),
        ("高峰镇应诉率100%[1]", "town: 高峰镇"),
        ("甘宁镇（2022年）应诉率100%[1]", "year: 2022"),
        ("甘宁镇应诉率100%[7]", "unknown mark: [7]"),
        ("甘宁镇 5 + 5 = 99[1]", "number: 5"),
        ("甘宁镇 1770元[2] + 100元[2] = 1870元", "number: 1770元"),
        ("甘宁镇 1770元[2] - 100%[1] = 1670元", "number: 1770元"),
        ("甘宁镇罚款8元[2]", "number: 8元"),
    ],
)
def test_a_claim_is_refused_with_what_is_wrong_with_it(claim: str, reason: str) -> None:
    answer = written("应诉率100%[1]", citations=(RATE, FINE, COPIES))
    others = Finding("s", "s.txt", "高峰镇", None, None, None, 2023, "other_value")
    evidence = Evidence.of(replace(answer, findings=(*answer.findings, others)))
    checked = check_text(claim, evidence)
    assert checked.kept == ""
    assert checked.dropped[0].text == claim
    assert checked.dropped[0].reason.partition(":")[0] == reason.partition(":")[0]


@pytest.mark.parametrize(
    "claim",
    [
        "甘宁镇罚款0.177万元[2]",
        "Ganning fined 1,770 yuan[2]",
        "甘宁镇发放资料33000余份[3]",
        "甘宁镇发放资料超过3万份[3]",
        "At least 33,000 copies were given out[3]",
        "甘宁镇应诉率为百分之百[1]",
        "应诉率不低于90%的有甘宁镇[1]",
        "甘宁镇应诉率100%[1],罚款1770元[2]",
    ],
)
def test_the_same_amount_in_other_words_is_supported(claim: str) -> None:
    assert (
        check_text(claim, Evidence.of(written(claim, citations=(RATE, FINE, COPIES)))).dropped == ()
    )


def test_prose_is_checked_sentence_by_sentence() -> None:
    text = "甘宁镇应诉率100%[1]。罚款1771元[2]。发放资料33000余份。[3]"
    checked = check_text(
        text, Evidence.of(written(text, citations=(RATE, FINE, COPIES))), cut=sentences_of
    )
    assert checked.kept == "甘宁镇应诉率100%[1]。发放资料33000余份。[3]"
    assert [claim.reason for claim in checked.dropped] == ["number: 1771元"]


def test_counts_of_reports_support_no_figure_of_a_report() -> None:
    answer = written("应诉率100%[1]", "罚款8元[2]", "普查：范围内8份报告——符合1份；未载明7份。")
    found = verify(answer, read_sources=read_sources)
    assert "罚款8元" not in found.text
    assert "范围内8份报告" in found.text


def test_an_answer_that_loses_its_first_line_claims_nothing() -> None:
    found = verify(written("应诉率97%[1]", "罚款1770元[2]"), read_sources=read_sources)
    assert found.citations == ()
    assert [finding.state for finding in found.findings] == ["not_reported"]
    assert found.census.match == 0


def unplaced(source: str = "made-00452.txt") -> tuple[Citation, Finding]:
    """A citation and a finding of a report whose town is unknown, called by its file."""
    cited = replace(RATE, source=source, town=None)
    return cited, Finding("r", source, None, None, None, None, 2024, "match")


@pytest.mark.parametrize("source", ["made-00452.txt", "2019年（终稿）97%.docx", "12.pdf"])
def test_the_digits_of_a_files_name_are_no_figures(source: str) -> None:
    cited, finding = unplaced(source)
    claim = f"共有**1**份报告载明行政诉讼应诉率为100%：**{source}**（2024年）[1]。"
    answer = replace(written(claim, citations=(cited,)), findings=(finding,))
    assert verify(answer, read_sources=read_sources) is answer


@pytest.mark.parametrize(
    "claim",
    [
        "**made-00452.txt**（2024年）452件[1]",
        "**made-00453.txt**（2024年）100%[1]",
        "**amade-00452.txt**（2024年）100%[1]",
        "**made-00452.txt5**（2024年）100%[1]",
        "made-00452 100%[1]",
        "**made-00452.txt**（2024年）罚款1770元[2]",
    ],
)
def test_no_figure_passes_for_a_files_name(claim: str) -> None:
    cited, finding = unplaced()
    evidence = Evidence.of(replace(written(claim, citations=(cited, FINE)), findings=(finding,)))
    assert check_text(claim, evidence).dropped


EVENTS = Condition("法治宣传场次", ">=", 54, unit="场")


def judged(*conditions: Condition) -> Evidence:
    """Evidence for a set question whose match states its figure in another unit."""
    answer = replace(
        written("", citations=(COPIES, FINE)), plan=Plan("census", conditions=conditions)
    )
    others = Finding("s", "s.txt", "高峰镇", None, None, None, 2024, "other_value")
    evidence = Evidence.of(replace(answer, findings=(*answer.findings, others)))
    elsewhere = replace(RATE, mark=4, report_id="s", town="高峰镇")
    return replace(evidence, citations={**evidence.citations, 4: elsewhere})


@pytest.mark.parametrize(
    "claim",
    [
        "共有**1**份报告载明法治宣传场次不低于54场：**甘宁镇**（2024年）[3]。",
        "**甘宁镇**（2024年）载明法治宣传场次不低于54场[3]。",
        "**1** reports: states publicity events (法治宣传场次) of at least 54场 — **甘宁镇** (2024)[3].",
    ],
)
def test_the_questions_own_figure_may_be_repeated_where_the_condition_is_told(claim: str) -> None:
    assert check_text(claim, judged(EVENTS)).dropped == ()


@pytest.mark.parametrize(
    "claim",
    [
        "**甘宁镇**（2024年）法治宣传场次54场[3]",
        "**甘宁镇**（2024年）载明法治宣传场次54场[3]",
        "**甘宁镇**（2024年）法治宣传场次不低于54场[3]",
        "共有**1**份报告载明法治宣传场次不低于55场：**甘宁镇**（2024年）[3]。",
        "共有**1**份报告载明法治宣传场次不到54场：**甘宁镇**（2024年）[3]。",
        "共有**1**份报告载明行政检查次数不低于54场：**甘宁镇**（2024年）[3]。",
        "共有**1**份报告载明法治宣传场次不低于54场：**甘宁镇**（2024年）54场[3]。",
        "共有**1**份报告载明法治宣传场次不低于54场：**高峰镇**（2024年）[4]。",
        "共有**1**份报告载明法治宣传场次。**甘宁镇**不低于54场[3]。",
    ],
)
def test_the_questions_own_figure_is_no_value_of_a_report(claim: str) -> None:
    dropped = check_text(claim, judged(EVENTS)).dropped
    assert [one.reason.partition(":")[0] for one in dropped] == ["number"]


def test_words_that_only_the_findings_cite_are_read_again_as_well() -> None:
    start = TEXT.index("罚款17")
    span = Span("r", 0, start, start + len(FINE.raw), (), FINE.raw, FINE.quote)
    reread([span, RATE], read_sources)
    for wrong in (replace(span, end=span.end - 1), replace(span, quote=FINE.raw)):
        with pytest.raises(BrokenCitation, match=rf"r {wrong.start}-{wrong.end}"):
            reread([RATE, wrong], read_sources)


def test_what_findings_may_cite_is_read_again_once_while_nothing_changes(tmp_path: Path) -> None:
    with stores_of(tmp_path, {"甘宁镇": "调解成功率98%。"}) as stores:
        ledger = Ledger(stores.database)
        facts = ledger.facts(ledger.cards().ids)
        asked: list[str] = []

        def words(name: str, *wrong: Fact) -> Citable:
            return Citable(name, lambda: asked.append(name) or (*facts, *wrong), {})  # type: ignore[func-returns-value]

        for _ in range(3):
            reread_citable([words("one"), words("other")], ledger)
        assert asked == ["one", "other"]
        broken = words("broken", replace(facts[0], end=facts[0].end + 1))
        for _ in range(2):  # what is broken is never taken for held
            with pytest.raises(BrokenCitation):
                reread_citable([broken], ledger)
