"""A deliberately broken system is caught by the metric made for it."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from eval.dataset import Question, read_questions
from eval.metrics.score import Score, score_answer

SAMPLES = Path(str(files("ingest.samples")))
TEXTS = {path.name: path.read_bytes().decode("utf-8") for path in SAMPLES.glob("*.txt")}
QUESTIONS = {
    question.id: question
    for question in read_questions(Path(str(files("eval"))) / "questions" / "samples.jsonl")
}
LIHE, XIAOJIANG, MAWU = "lihe-2023.txt", "xiaojiang-2022.txt", "mawu-2024.txt"
QUOTES = {
    1: (LIHE, "调处成功率达96%"),
    2: (XIAOJIANG, "调处成功率达到100%"),
    3: (MAWU, "排查并处理矛盾纠纷共414件，调解成功412件"),
}


def cite(mark: int, source: str, quote: str) -> dict[str, Any]:
    start = TEXTS[source].index(quote)
    place = {"start": start, "end": start + len(quote), "raw": quote, "quote": quote}
    return {"mark": mark, "source": source, **place}


def finding(source: str, state: str, value: float | None = None, **more: Any) -> dict[str, Any]:
    unit, qualifier = ("%", "exact") if value is not None else (None, None)
    part = {"source": source, "state": state, "value": value, "unit": unit}
    return {**part, "qualifier": qualifier, "conditions": [], **more}


def good_answer() -> dict[str, Any]:
    """What the answer to "which towns are at 95% or more" should be."""
    counts = {"match": 2, "implied": 1, "not_reported": 2}
    text = "共5份报告，2个镇达到：\n- 李河镇96%[1]\n- 小江镇100%[2]\n"
    text += "推算：马武镇99.5%（412 ÷ 414 = 99.5%）[3]"
    return {
        "question": QUESTIONS["census-mediation-95"].question,
        "status": "answered",
        "text": text,
        "census": {"in_scope": 5, **counts},
        "findings": [
            finding(LIHE, "match", 96),
            finding(XIAOJIANG, "match", 100),
            finding(MAWU, "implied", 99.5, derivation="412 ÷ 414 = 99.5%"),
            finding("shangjia-2023.txt", "not_reported"),
            finding("changzheng-2023.txt", "not_reported"),
        ],
        "citations": [cite(mark, *quote) for mark, quote in QUOTES.items()],
    }


def score(answer: Mapping[str, Any], question: Question | None = None) -> Score:
    return score_answer(question or QUESTIONS["census-mediation-95"], answer, TEXTS)


def test_the_good_answer_is_right_in_every_metric() -> None:
    result = score(good_answer())
    assert result.failures == ()
    assert result.sets and result.sets.exact == 1
    assert result.census and result.census.accuracy == 1 and result.census.consistent
    assert result.values and (result.values.precision, result.values.recall) == (1, 1)
    assert result.citations and (result.citations.precision, result.citations.recall) == (1, 1)


def test_an_answer_without_its_citations_loses_citation_recall() -> None:
    result = score({**good_answer(), "citations": []})
    assert result.citations and (result.citations.recall, result.citations.precision) == (0, 0)
    assert result.unsupported == ("96%", "100%", "99.5%", "412", "414", "99.5%")


def test_a_dropped_town_loses_set_recall_and_census_accuracy() -> None:
    answer = good_answer()
    answer["findings"] = [item for item in answer["findings"] if item["source"] != XIAOJIANG]
    result = score(answer)
    assert result.sets and (result.sets.recall, result.sets.precision) == (1 / 2, 1)
    assert result.census and result.census.accuracy == 2 / 3 and not result.census.consistent


def test_a_plan_counted_as_done_loses_set_precision_and_census_accuracy() -> None:
    question = QUESTIONS["census-body-cameras-en"]
    states = dict(question.census) | {XIAOJIANG: "match"}
    findings = [finding(source, state) for source, state in states.items()]
    census = {"in_scope": 5, "match": 2, "not_reported": 3}
    result = score({"status": "answered", "findings": findings, "census": census}, question)
    assert result.sets and result.sets.precision == 1 / 2
    assert result.census and result.census.accuracy == 4 / 5


def test_a_target_counted_as_achieved_loses_set_and_value_precision() -> None:
    answer = good_answer()
    answer["text"] += "\n- 尚家镇98%"  # what a plan says, given as if it were reached
    target = next(item for item in answer["findings"] if item["source"] == "shangjia-2023.txt")
    target |= {"state": "match", "value": 98, "unit": "%", "qualifier": "exact", "kind": "target"}
    answer["census"] |= {"match": 3, "not_reported": 1}
    result = score(answer)
    assert result.sets and (result.sets.precision, result.sets.recall) == (2 / 3, 1)
    assert result.values and result.values.precision < 1 and result.values.recall == 1
    assert "shangjia-2023.txt: 98%" in result.values.extra
    assert result.unsupported == ("98%",)


@pytest.mark.parametrize("altered", ["97%", "9.6%", "96万件"])
def test_an_altered_number_loses_value_recall_and_has_no_support(altered: str) -> None:
    answer = good_answer()
    answer["text"] = answer["text"].replace("李河镇96%", f"李河镇{altered}")
    answer["findings"][0] |= {"value": 97}
    result = score(answer)
    assert result.values and result.values.recall == 1 / 2
    assert result.values.precision < 1
    assert len(result.unsupported) == 1


def test_the_whole_ledger_dumped_loses_value_and_citation_precision() -> None:
    answer = good_answer()
    dumped = ["开展执法检查398次", "查处违法总量370件", "全年共投入执法力量1056人次"]
    answer["text"] += "".join(f"\n- {quote}[{mark}]" for mark, quote in enumerate(dumped, 4))
    answer["citations"] += [cite(mark, LIHE, quote) for mark, quote in enumerate(dumped, 4)]
    result = score(answer)
    assert result.values and result.values.recall == 1
    assert len(result.values.extra) == 3
    assert result.values.precision < 2 / 3
    assert result.citations and result.citations.precision == 3 / 6
    assert not result.right


def test_one_character_quotes_support_nothing() -> None:
    answer = good_answer()
    start = TEXTS[LIHE].index("调处成功率达96%")
    shard = {"start": start, "end": start + 1, "raw": "调", "quote": "调"}
    answer["citations"][0] |= shard
    result = score(answer)
    assert result.citations and result.citations.recall == 1 / 2
    assert result.citations.needless == ("调",)
    assert result.citations.exact == 1


def test_a_whole_report_as_quote_supports_nothing() -> None:
    answer = good_answer()
    for citation in answer["citations"]:
        whole = TEXTS[citation["source"]]
        citation |= {"start": 0, "end": len(whole), "raw": whole, "quote": whole}
    result = score(answer)
    assert result.citations and (result.citations.precision, result.citations.recall) == (0, 0)


def test_a_quote_that_is_not_the_stored_text_is_not_exact() -> None:
    answer = good_answer()
    answer["citations"][0] |= {"raw": "调处成功率达97%", "quote": "调处成功率达97%"}
    result = score(answer)
    assert result.citations_exact == 2 / 3
    assert "a citation is not the stored text at its offsets" in result.failures


def test_answering_what_no_report_states_fails_on_status_and_set() -> None:
    question = QUESTIONS["none-mawu-mediators"]
    invented = {"status": "answered", "text": "31名", "findings": [finding(MAWU, "match", 31)]}
    result = score(invented, question)
    assert result.sets and result.sets.precision == 0
    assert result.failures[0] == "status answered, not not_found"
    assert score({"status": "not_found", "text": "没有找到"}, question).right


def test_a_forbidden_claim_is_caught() -> None:
    question = QUESTIONS["none-mawu-mediators"]
    claims = {"status": "not_found", "question": question.question, "text": "没有找到，或为31名"}
    assert score(claims, question).forbidden == ("31名",)
    assert score({**claims, "text": "没有找到"}, question).forbidden == ()


def test_the_wrong_answer_to_a_yes_no_question_is_caught() -> None:
    question = QUESTIONS["yes-no-lihe-petitions"].model_copy(update={"spans": (), "reports": None})
    assert score({"status": "answered", "text": "没有，全年未发生。"}, question).yes_no == 1
    assert score({"status": "answered", "text": "有。"}, question).yes_no == 0
