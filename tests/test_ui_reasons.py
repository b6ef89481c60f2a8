"""Why a file was not taken in is said in the reader's language, whatever the reason."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

from ingest.load.apart import BROKEN
from ingest.load.ocr import INSTALL
from ingest.load.refused import REASONS, refuse
from ui.reasons import reason_in

ROOT = Path(__file__).parent.parent
OF_FILES = (
    *sorted((ROOT / "ingest" / "load").rglob("*.py")),
    ROOT / "ingest" / "files.py",
    ROOT / "ingest" / "pipeline.py",
    ROOT / "ingest" / "watching.py",
)
ENTRIES: dict[str, str] = yaml.safe_load((ROOT / "ui" / "reasons.yaml").read_text("utf-8"))
NAMED = {
    "INSTALL": INSTALL,
    "DEEPEST": "is nested too deeply to be a report; open it and save it anew",
}


def said(node: ast.expr) -> str | None:
    """The message that the code makes, with 7 for what it fills in; None where it is made elsewhere."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if not isinstance(node, ast.JoinedStr):
        return None
    whole = ""
    for part in node.values:
        if isinstance(part, ast.Constant):
            whole += part.value
            continue
        assert isinstance(part, ast.FormattedValue)
        name = ast.unparse(part.value)
        if re.match(r"BROKEN|self\.ended|REASONS", name):  # further down, by what they give
            return None
        whole += NAMED.get(name, "7")
    return whole


def messages() -> list[str]:
    """Every message that the code of loading and ingesting files raises."""
    nodes = (node for path in OF_FILES for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    calls = (node for node in nodes if isinstance(node, ast.Call))
    raised = [node for node in calls if getattr(node.func, "id", "") == "UnreadableFile"]
    return [message for message in (said(node.args[0]) for node in raised) if message]


def test_there_are_messages_to_say() -> None:
    assert len(messages()) >= 40


@pytest.mark.parametrize("message", messages())
def test_every_message_is_said_in_chinese(message: str) -> None:
    chinese = reason_in("zh", message)
    assert chinese != message
    assert (
        "；" in chinese or "超过" in chinese
    )  # what to do, but for what nothing can be done about
    assert reason_in("en", message) == message


@pytest.mark.parametrize("kind", [*REASONS, "pdf"])
def test_a_file_of_another_kind_is_refused_in_chinese(kind: str) -> None:
    refused = str(refuse(kind, "报告.pdf"))  # type: ignore[arg-type]
    assert reason_in("zh", refused).startswith("报告.pdf：")


def test_a_reader_that_breaks_down_is_told_in_chinese() -> None:
    message = f"报告.pdf: {BROKEN.format('SIGKILL')}"
    assert reason_in("zh", message).startswith("报告.pdf：读取程序因它而中断（SIGKILL）")
    late = "报告.pdf: is not read in 60 seconds; print it to a new PDF, or save its text, and ingest that"
    assert reason_in("zh", late).startswith("报告.pdf：60 秒内没有读完")


@pytest.mark.parametrize(("english", "chinese"), ENTRIES.items())
def test_both_languages_say_the_same_things(english: str, chinese: str) -> None:
    braces = re.compile(r"\{(\w+)\}")
    assert set(braces.findall(chinese)) == set(braces.findall(english))


def test_a_name_with_braces_or_colons_stays_as_it_is() -> None:
    name = "{0} 报告: 一{name}.txt"
    message = f"{name}: holds no text; export the report again"
    assert reason_in("zh", message) == f"{name}：没有文字；请重新导出报告"


def test_a_message_without_an_entry_stays_as_it_is() -> None:
    assert reason_in("zh", "the moon is in the way") == "the moon is in the way"
