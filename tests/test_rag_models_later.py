"""What an answer over thousands of reports holds is made when it is read, and once."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
from written_reports import stores_of

from rag.models import Answer, Census, Finding, LeftOut, Plan, altered
from rag.pipeline import answer
from rag.register import register

FOUND = (Finding("r", "r.txt", "甘宁镇", None, None, None, 2024, "match"),)


def waiting(made: list[str]) -> Answer:
    def findings() -> tuple[Finding, ...]:
        made.append("findings")
        return FOUND

    return Answer("?", "zh", "answered", "rules", "有。", Plan("census"), Census(1, 1), LeftOut(),
                  findings=findings)  # fmt: skip


def test_a_field_given_as_a_function_is_made_when_it_is_first_read() -> None:
    made: list[str] = []
    later = waiting(made)
    assert made == []
    assert later.findings == later.findings == FOUND
    assert made == ["findings"]
    assert asdict(later)["findings"] == tuple(asdict(finding) for finding in FOUND)
    assert later.citations == ()


def test_an_altered_answer_is_another_one_and_makes_nothing() -> None:
    made: list[str] = []
    later = waiting(made)
    other = altered(later, text="没有。", notes=("一",))
    assert (later.text, other.text, other.notes) == ("有。", "没有。", ("一",))
    assert made == []
    assert other.findings == FOUND
    assert other == altered(later, text="没有。", notes=("一",))


@pytest.mark.slow
def test_the_findings_of_many_reports_can_be_read_when_the_stores_are_closed(
    tmp_path: Path,
) -> None:
    towns = [name for name, places in register().towns.items() if len(places) == 1 and "镇" in name]
    bodies = {
        town: ("调解成功率98%。", "调解成功率90%。", "召开听证会2次。", "认真学习。")[number % 4]
        for number, town in enumerate(towns[:212])
    }
    with stores_of(tmp_path, bodies) as stores:
        answers = [
            answer(question, stores=stores)
            for question in ("哪些镇的调解成功率达到95%？", "哪些镇召开了听证会？")
        ]
    for found in answers:
        assert callable(vars(found)["_findings"]), "made before it was read"
        states = [finding.state for finding in found.findings]
        assert found.census.in_scope == len(states) > 200
        assert found.census.match == states.count("match") == 53
        assert states[:53] == ["match"] * 53
        cited = {mark for finding in found.findings for mark in finding.citations}
        assert cited == {citation.mark for citation in found.citations}
        quotes = {citation.mark: citation.quote for citation in found.citations}
        for finding in found.findings:
            assert finding.state == "not_reported" or quotes[finding.citations[0]]
