"""A chat model words an answer; what fails its checks is rewritten or dropped, and the rules stand."""

from __future__ import annotations

import logging
import time

import pytest
from scripted_model import Reply, with_model

from rag.models import Answer, Citation, Finding
from rag.models.events import Begun, Finished, Writing
from rag.pipeline import answer, stream_answer
from rag.settings import Settings
from rag.stores import Stores, open_stores
from rag.write.assemble import with_prose

RATE = "马武镇的行政诉讼应诉率是多少？"
KEY = "sk-geheim-7f3a9c"


@pytest.fixture(scope="module")
def by_rules(sample_stores: Stores) -> Answer:
    return answer(RATE, stores=sample_stores)


def test_prose_that_passes_stands_before_the_rules_answer(
    sample_stores: Stores, by_rules: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "rag.write")
    said = "马武镇行政机关负责人应出庭7次。[2]马武镇2024年行政诉讼应诉率为100%。[1]"
    with with_model(sample_stores, [Reply(said)], chat_price="2 8") as (stores, model):
        found = answer(RATE, stores=stores)
        assert len(model.requests) == 1
    assert found.writer == "model"
    prose, _, rest = found.text.partition("\n\n")
    assert prose == "马武镇行政机关负责人应出庭7次。[1]马武镇2024年行政诉讼应诉率为100%。[2]"
    assert rest.startswith("马武镇2024年行政诉讼应诉率为**100%**[2]")
    assert [citation.mark for citation in found.citations] == [1, 2, 3, 4]
    assert found.citations[0].quote == by_rules.citations[1].quote
    assert found.findings[0].citations[0] == 2
    assert (found.census, found.plan) == (by_rules.census, by_rules.plan)
    line = next(r.getMessage() for r in caplog.records if r.name == "rag.write.writer")
    assert "calls=1 input_tokens=70 output_tokens=7 cost=0.000196" in line
    assert "sentences=2 kept=2" in line


def test_a_failed_sentence_is_rewritten_once(sample_stores: Stores) -> None:
    script = [
        Reply("马武镇2024年行政诉讼应诉率为98%。[1]"),
        Reply("马武镇2024年行政诉讼应诉率为100%。[1]"),
    ]
    with with_model(sample_stores, script) as (stores, model):
        found = answer(RATE, stores=stores)
        assert "98%" in model.prompts[1]
        assert len(model.requests) == 2
    assert found.writer == "model"
    assert "98%" not in found.text
    assert "改写1句" in found.notes[-1]


def test_what_fails_twice_is_dropped_and_the_rest_stands(sample_stores: Stores) -> None:
    good = "马武镇2024年行政诉讼应诉率为100%。[1]"
    script = [Reply(f"{good}高峰镇应诉率为98%。[1]"), Reply("高峰镇应诉率为97%。[1]")]
    with with_model(sample_stores, script) as (stores, _):
        found = answer(RATE, stores=stores)
    assert found.text.partition("\n\n")[0] == good
    assert "高峰" not in found.text


@pytest.mark.parametrize(
    "said",
    [
        "马武镇应诉率为98%。[1]",
        "",
        "[1]",
        "哈哈哈哈哈哈哈哈",
        "| 镇 | 率 |\n|---|---|\n| 马武镇 | 98% |",
    ],
)
def test_where_the_substance_fails_the_rules_answer_stands(
    said: str, sample_stores: Stores, by_rules: Answer
) -> None:
    with with_model(sample_stores, [Reply(said)]) as (stores, _):
        found = answer(RATE, stores=stores)
    assert (found.writer, found.text) == ("rules", by_rules.text)
    assert found.citations == by_rules.citations
    assert "这是按规则写的答案" in found.notes[-1]


@pytest.mark.parametrize(
    "question",
    ["哪些镇的行政诉讼应诉率达到100%？", "哪个镇罚款最多？", "乌镇的行政诉讼应诉率是多少？"],
)
def test_lists_rankings_and_what_is_not_there_are_never_a_models(
    question: str, sample_stores: Stores
) -> None:
    with with_model(sample_stores, [Reply("马武镇第一。[1]")]) as (stores, model):
        found = answer(question, stores=stores)
        assert model.requests == []
    assert found.text == answer(question, stores=sample_stores).text


def test_the_draft_is_shown_unverified_and_soon(sample_stores: Stores) -> None:
    said = "马武镇2024年行政诉讼应诉率为100%。[1]马武镇应诉率为98%。[1]"
    with with_model(sample_stores, [Reply(said)]) as (stores, model):
        answer(RATE, stores=stores)  # what is loaded once
        model.first_piece_at = None
        shown_at, events = None, []
        for event in stream_answer(RATE, stores=stores):
            events.append(event)
            if shown_at is None and isinstance(event, Writing) and event.unverified:
                shown_at = time.monotonic()
    assert isinstance(events[0], Begun)
    assert isinstance(events[-1], Finished)
    assert shown_at is not None
    assert model.first_piece_at is not None
    assert shown_at - model.first_piece_at < 0.3
    writing = [event for event in events if isinstance(event, Writing)]
    assert not any("98%" in event.verified for event in writing)
    assert any("98" in event.unverified for event in writing)
    assert "98%" not in events[-1].answer.text


def test_a_provider_that_is_down_costs_two_seconds_at_most(
    sample_stores: Stores, by_rules: Answer
) -> None:
    with with_model(sample_stores, [Reply("")]) as (stores, model):
        pass
    own = {"chat_model": "openai:gone", "chat_url": model.url}
    with open_stores(sample_stores.settings.model_copy(update=own)) as stores:
        assert stores.chat_model is not None  # loaded once, as when the chat starts
        events = stream_answer(RATE, stores=stores)
        next(events)
        started = time.monotonic()
        found = next(event for event in events if isinstance(event, Finished)).answer
        assert time.monotonic() - started < 2
    assert (found.writer, found.text) == ("rules", by_rules.text)
    assert "模型没有应答" in found.notes[-1]


def test_a_connection_that_breaks_keeps_what_had_passed(sample_stores: Stores) -> None:
    good = "马武镇2024年行政诉讼应诉率为100%。[1]"
    broken = Reply(f"{good}行政机关", breaks_off=True)
    with with_model(sample_stores, [broken, Reply("", 500)]) as (stores, _):
        found = answer(RATE, stores=stores)
    assert found.text.startswith(good)


def test_a_key_in_a_providers_error_reaches_no_answer_and_no_log(
    sample_stores: Stores, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    refusal = [Reply(f"Incorrect API key provided: {KEY}", 401)]
    with with_model(sample_stores, refusal, chat_key=Settings(chat_key=KEY).chat_key) as (
        stores,
        model,
    ):  # type: ignore[arg-type]
        found = answer(RATE, stores=stores)
        assert model.keys == [f"Bearer {KEY}"]
    assert found.writer == "rules"
    assert KEY not in repr(found)
    assert "FAZHI_CHAT_KEY" in found.notes[-1]
    assert KEY not in "".join(record.getMessage() for record in caplog.records)


def test_evidence_is_cut_by_rank_and_the_answer_says_so(sample_stores: Stores) -> None:
    said = [Reply("小江镇专职执法人员不足，执法力量较为薄弱。[8]")]
    with with_model(sample_stores, said, chat_context=1_600, chat_tokens=200) as (stores, model):
        found = answer("各镇存在哪些不足？", stores=stores)
        assert len(model.prompts[0]) < 1_600
    assert found.writer == "rules" or any("模型只读了" in note for note in found.notes)
    first = model.prompts[0]
    assert all(town in first for town in ("马武镇", "小江镇", "商家镇", "长征镇"))


def test_a_request_that_is_too_long_is_asked_again_with_half_the_evidence(
    sample_stores: Stores,
) -> None:
    good = "马武镇2024年行政诉讼应诉率为100%。[1]"
    script = [Reply("maximum context length is 10 tokens", 400), Reply(good)]
    with with_model(sample_stores, script) as (stores, model):
        found = answer(RATE, stores=stores)
        assert len(model.prompts[1]) < len(model.prompts[0])
    assert found.writer == "model"
    assert any("模型只读了" in note for note in found.notes)


def test_marks_are_numbered_in_order_of_first_use() -> None:
    cited = tuple(
        Citation(mark, "r", "r.txt", None, None, None, (), 0, None, 0, 1, f"q{mark}", f"q{mark}")
        for mark in (1, 2, 3)
    )
    finding = Finding("r", "r.txt", None, None, None, None, None, "match", citations=(1, 2))
    rules = Answer(
        "q", "zh", "answered", "rules", "一[1]二[2]", None, None, None, (finding,), cited[:2]
    )  # type: ignore[arg-type]
    found = with_prose(rules, "三[3]二[2]", cited)
    assert found.text == "三[1]二[2]\n\n一[3]二[2]"
    assert [citation.quote for citation in found.citations] == ["q3", "q2", "q1"]
    assert found.findings[0].citations == (3, 2)
