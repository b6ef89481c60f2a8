"""A chat model at the command line and on the page: a bad key is told, a draft is marked as one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from scripted_model import Reply, scripted_model

from rag.models import Answer, Census, Citation, LeftOut, Plan
from rag.models.events import Begun, Writing
from rag.pipeline import answer
from rag.settings import Settings
from rag.stores import Stores
from ui.writing_view import GrowingAnswer

REPO = Path(__file__).parent.parent
KEY = "sk-geheim-7f3a9c"
QUOTE = Citation(
    1, "r", "r.txt", "报告", "马武镇", 2024, ("一、成效",), 0, None, 0, 11, "行政诉讼应诉率100%",
    "行政诉讼应诉率100%",
)  # fmt: skip
RULES = Answer(
    "马武镇的应诉率是多少？", "zh", "answered", "rules", "应诉率为100%[1]。", Plan("lookup"),
    Census(1, 1), LeftOut(), citations=(QUOTE,),
)  # fmt: skip


def test_a_bad_key_stops_the_chat_at_its_start_and_is_not_shown(tmp_path: Path) -> None:
    with scripted_model([Reply(f"Incorrect API key provided: {KEY}", 401)]) as model:
        done = subprocess.run(
            [sys.executable, "-c", "from ui.cli import main; main()", "chat", "--no-browser", "--port", "0",
             "--data", str(tmp_path)],
            cwd=REPO, capture_output=True, text=True, check=False, timeout=120,
            env=os.environ | {"FAZHI_CHAT_MODEL": "openai:x", "FAZHI_CHAT_URL": model.url,
                              "FAZHI_CHAT_KEY": KEY},
        )  # fmt: skip
        assert model.keys == [f"Bearer {KEY}"]
    assert done.returncode == 2
    assert "FAZHI_CHAT_KEY" in done.stderr
    assert KEY not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_question_to_a_provider_that_hangs_is_answered_by_the_rules_in_time(
    sample_settings: Settings, sample_stores: Stores
) -> None:
    seconds = 6
    with scripted_model([Reply("太晚了。[1]", pause=30)]) as model:
        done = subprocess.run(
            [sys.executable, "-c", "from ui.cli import main; main()", "ask", RULES.question,
             "--json", "--data", str(sample_settings.data)],
            cwd=REPO, capture_output=True, text=True, check=True, timeout=120,
            env=os.environ | {"FAZHI_CHAT_MODEL": "openai:x", "FAZHI_CHAT_URL": model.url,
                              "FAZHI_CHAT_TIMEOUT": str(seconds)},
        )  # fmt: skip
        assert time.monotonic() - model.arrivals[0] < seconds + 2
    found = json.loads(done.stdout)
    assert found["writer"] == "rules"
    assert found["text"] == answer(RULES.question, stores=sample_stores).text
    assert "FAZHI_CHAT_TIMEOUT" in found["notes"][-1]


def test_the_rules_answer_is_shown_at_once_and_a_draft_above_it_as_unverified() -> None:
    growing = GrowingAnswer()
    first = growing.picture(Begun(RULES))
    assert first is not None
    assert "应诉率为100%" in first
    assert "unverified" not in first
    draft = growing.picture(Writing("马武镇应诉率为100%。[1]", "<b>高峰镇98%", (QUOTE,)))
    assert draft is not None
    assert draft.endswith(first)
    assert "未经核对" in draft
    assert "&lt;b&gt;高峰镇98%" in draft
    assert draft.count('class="chip"') == first.count('class="chip"') + 1
    assert growing.picture(Writing("", "太快了", ())) is None
