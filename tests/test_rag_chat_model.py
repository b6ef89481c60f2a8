"""A chat model's words come as they are said; whatever goes wrong is told, and never the key."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from pathlib import Path

import pytest
from scripted_model import Reply, ScriptedModel, scripted_model

from rag.chat_model import ChatModel, Usage, open_chat_model, tokens_of
from rag.errors import BadSetting, ModelFailed
from rag.settings import Settings, read_settings

REPO = Path(__file__).parent.parent
KEY = "sk-geheim-7f3a9c"
ASKED = [("human", "说一句话")]
SCHEMA = {
    "title": "Town", "description": "A town", "type": "object",
    "properties": {"town": {"type": "string"}}, "required": ["town"],
    "additionalProperties": False,
}  # fmt: skip


def settings(url: str, **more: object) -> Settings:
    return Settings(chat_model="openai:scripted", chat_url=url, chat_key=KEY, **more)  # type: ignore[arg-type]


def opened(model: ScriptedModel, **more: object) -> ChatModel:
    return open_chat_model(settings(model.url, **more))


def said(chat: ChatModel, usage: Usage | None = None, seconds: float = 10) -> list[str]:
    deadline = time.monotonic() + seconds
    return list(chat.stream(ASKED, deadline=deadline, usage=usage or Usage()))


def test_words_come_in_pieces_and_are_counted_as_the_provider_counts() -> None:
    usage = Usage()
    with scripted_model([Reply("马武镇应诉率为100%。")]) as model:
        pieces = said(opened(model, chat_price="2 8"), usage)
    assert "".join(pieces) == "马武镇应诉率为100%。"
    assert len([piece for piece in pieces if piece]) > 1
    assert (usage.calls, usage.input_tokens, usage.output_tokens) == (1, 70, 7)
    assert usage.cost("2 8") == pytest.approx((70 * 2 + 7 * 8) / 1_000_000)
    assert "~" not in usage.line("m", "2 8")


def test_a_model_that_is_stopped_has_its_tokens_estimated() -> None:
    usage = Usage()
    with scripted_model([Reply("一二三四五六七八九十" * 20)]) as model:
        pieces = opened(model).stream(ASKED, deadline=time.monotonic() + 10, usage=usage)
        assert next(piece for piece in pieces if piece)
        pieces.close()
    assert usage.estimated
    assert usage.input_tokens == tokens_of("说一句话")
    assert "~" in usage.line("m", "")


def test_the_key_goes_to_the_provider_and_the_limits_with_the_request() -> None:
    with scripted_model([Reply("好。")]) as model:
        said(opened(model, chat_tokens=33))
        assert model.keys == [f"Bearer {KEY}"]
        assert 33 in (
            model.requests[0].get("max_tokens"),
            model.requests[0].get("max_completion_tokens"),
        )
        assert model.requests[0]["temperature"] == 0


@pytest.mark.parametrize(
    "first", [Reply("busy", 503), Reply("slow down", 429, {"Retry-After": "0.3"}), Reply("", 500)]
)
def test_a_provider_that_asks_to_wait_or_stumbles_is_tried_again(first: Reply) -> None:
    with scripted_model([first, Reply("好。")]) as model:
        assert "".join(said(opened(model))) == "好。"
        assert len(model.requests) == 2


def test_a_provider_asking_for_a_long_wait_is_not_waited_for() -> None:
    started = time.monotonic()
    with scripted_model([Reply("", 429, {"Retry-After": "60"})]) as model:
        with pytest.raises(ModelFailed) as failed:
            said(opened(model))
        assert len(model.requests) == 1
    assert failed.value.cause == "rate"
    assert time.monotonic() - started < 5


def test_a_provider_that_is_not_there_is_found_out_within_two_seconds_and_left_alone() -> None:
    with scripted_model([Reply("好。")]) as model:
        chat = opened(model)
    said_at = time.monotonic()  # the server is gone
    with pytest.raises(ModelFailed) as failed:
        said(chat)
    assert failed.value.cause == "down"
    assert time.monotonic() - said_at < 2
    again = time.monotonic()
    with pytest.raises(ModelFailed):
        said(chat)
    assert time.monotonic() - again < 0.1


def test_a_provider_that_hangs_is_left_at_the_deadline() -> None:
    started = time.monotonic()
    with scripted_model([Reply("好。", pause=3)]) as model:
        with pytest.raises(ModelFailed) as failed:
            said(opened(model), seconds=0.5)
        assert time.monotonic() - started < 1.5
    assert failed.value.cause == "late"


def test_a_provider_that_says_nothing_is_left_after_a_third_of_the_time_and_then_rests() -> None:
    with scripted_model([Reply("好。", pause=4)]) as model:
        chat = opened(model, chat_timeout=3)
        started = time.monotonic()
        with pytest.raises(ModelFailed) as failed:
            said(chat)
        assert 0.9 < time.monotonic() - started < 2.5
        again = time.monotonic()
        with pytest.raises(ModelFailed, match="a moment ago"):
            said(chat)
        assert time.monotonic() - again < 0.3
    assert failed.value.cause == "late"


def test_a_provider_that_is_slow_but_speaks_is_heard_to_the_end() -> None:
    slow = Reply("一二三四五六七八九十" * 2, slowly=0.4)  # two seconds in all
    with scripted_model([slow]) as model:
        assert "".join(said(opened(model, chat_timeout=3), seconds=8)) == slow.text


def test_who_waits_for_words_can_stop_waiting() -> None:
    with scripted_model([Reply("好。", pause=3)]) as model:
        started = time.monotonic()
        pieces = opened(model).stream(ASKED, deadline=started + 10, usage=Usage())
        assert next(pieces) == ""
        pieces.close()
        assert time.monotonic() - started < 2.5


def test_requests_keep_to_the_rate_and_the_first_goes_at_once() -> None:
    with scripted_model([Reply("好。")]) as model:
        chat = opened(model, chat_rate=60)
        asked_at = time.monotonic()
        for _ in range(3):
            said(chat)
        first, second, third = model.arrivals
    assert first - asked_at < 0.9
    assert second - first > 0.8
    assert third - second > 0.8


def test_a_wait_for_the_rate_ends_at_the_deadline() -> None:
    with scripted_model([Reply("好。")]) as model:
        chat = opened(model, chat_rate=1)
        said(chat)
        started = time.monotonic()
        with pytest.raises(ModelFailed) as failed:
            said(chat, seconds=0.6)
        assert time.monotonic() - started < 1.6
        assert len(model.requests) == 1
    assert failed.value.cause == "late"


def test_too_long_a_request_is_told_apart() -> None:
    too_long = Reply("This model's maximum context length is 10 tokens", 400)
    with scripted_model([too_long]) as model, pytest.raises(ModelFailed) as failed:
        said(opened(model))
    assert failed.value.cause == "context"


def test_a_structured_answer_is_an_object_of_the_schema() -> None:
    usage, deadline = Usage(), time.monotonic() + 10
    with scripted_model([Reply('{"town": "马武镇"}')]) as model:
        given = opened(model).fill(ASKED, SCHEMA, deadline=deadline, usage=usage)
        assert model.requests[0]["response_format"]["type"] == "json_schema"
    assert given == {"town": "马武镇"}
    assert usage.input_tokens == 70


def test_an_answer_that_is_no_object_is_a_failure() -> None:
    with scripted_model([Reply("马武镇")]) as model, pytest.raises(ModelFailed) as failed:
        opened(model).fill(ASKED, SCHEMA, deadline=time.monotonic() + 5, usage=Usage())
    assert failed.value.cause == "silent"


@pytest.mark.parametrize("status", [401, 403])
def test_a_bad_key_is_told_at_the_start_without_the_key(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    refusal = Reply(f"Incorrect API key provided: {KEY}", status)  # as providers do
    with scripted_model([refusal]) as model, pytest.raises(BadSetting) as raised:
        opened(model).check()
    assert "FAZHI_CHAT_KEY" in str(raised.value)
    assert raised.value.__suppress_context__  # a traceback does not show the provider's words
    logged = (f"{record.getMessage()}{record.exc_text or ''}" for record in caplog.records)
    assert KEY not in "".join((str(raised.value), *logged))


def test_a_model_that_answers_passes_the_check() -> None:
    with scripted_model([Reply("1")]) as model:
        opened(model).check()


@pytest.mark.parametrize(
    ("name", "more", "told"),
    [
        ("nosuch:model", {}, "provider:name"),
        ("cohere:command", {}, "pip install"),
        ("openai:gpt", {}, "FAZHI_CHAT_KEY"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(
    name: str, more: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(BadSetting, match=told):
        open_chat_model(Settings(chat_model=name, **more))  # type: ignore[arg-type]


def test_settings_never_show_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAZHI_CHAT_KEY", KEY)
    read = read_settings()
    assert read.chat_key.get_secret_value() == KEY
    assert KEY not in f"{read!r} {read} {read.model_dump_json()}"


@pytest.mark.parametrize("name", ["ollama:qwen3:8b", "anthropic:claude-sonnet", "openai:qwen-plus"])
def test_the_extras_open_without_talking_to_anyone(name: str) -> None:
    chat = open_chat_model(
        Settings(chat_model=name, chat_url="http://127.0.0.1:9", chat_key=KEY)  # type: ignore[arg-type]
    )
    assert chat.name == name


def test_without_a_model_nothing_of_it_is_imported(sample_settings: Settings) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from rag.settings import read_settings\n"
        "from rag.stores import open_stores\n"
        "from rag.pipeline import answer\n"
        "import ui.cli, ui.asking\n"
        "with open_stores(read_settings(Path(sys.argv[1]))) as stores:\n"
        "    assert answer('各镇存在哪些不足？', stores=stores).writer == 'rules'\n"
        "names = ('langchain', 'langchain_openai', 'openai', 'anthropic', 'ollama', 'langgraph',\n"
        "         'rag.chat_model', 'rag.write', 'rag.plan.model_reading')\n"
        "print([name for name in names if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(sample_settings.data)],
        cwd=REPO, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
