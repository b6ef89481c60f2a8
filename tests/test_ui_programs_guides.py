"""The package as programs import it, and the examples of the documentation as they stand."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from chat_page import ROOT, Chat

from rag.stores import Stores

QUESTION = "哪些镇的行政诉讼应诉率达到100%？"
GUIDES = ("docs/programs.md", "docs/programs.zh-CN.md")


def examples(guide: str, language: str) -> list[str]:
    """The code of a guide in that language, one string a block."""
    text = (ROOT / guide).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def run_example(command: list[str], **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.slow
def test_the_python_example_answers_in_the_same_process(
    guide: str, sample_stores: Stores, tmp_path: Path
) -> None:
    here = Path(shutil.copytree(sample_stores.settings.data, tmp_path / "data"))
    code = next(code for code in examples(guide, "python") if "from rag import" in code)
    printed = run_example([sys.executable, "-W", "error", "-c", code], FAZHI_DATA=str(here))
    assert "马武镇 2024 行政诉讼应诉率100%" in printed
    assert "('行政诉讼应诉率', 100, '%')" in printed
    assert "no stored report has the id no-such-report" in printed


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.slow
def test_the_examples_over_http_and_mcp_work_as_they_stand(guide: str, sample_chat: Chat) -> None:
    ran = 0
    for code in examples(guide, "python"):
        if "http://127.0.0.1:7860/" in code:
            here = code.replace("http://127.0.0.1:7860/", sample_chat.url)
            printed = run_example([sys.executable, "-c", here])
            assert "'match': 1" in printed
            assert "行政诉讼应诉率100%" in printed
            ran += 1
    assert ran == 2


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("curl"), reason="no curl")
def test_the_curl_example_works_as_it_stands(guide: str, sample_chat: Chat) -> None:
    (code,) = examples(guide, "sh")
    printed = run_example(["bash", "-c", code.replace("http://127.0.0.1:7860/", sample_chat.url)])
    kind, data = printed.strip().split("\n")[-2:]
    assert kind == "event: complete"
    answer = json.loads(data.removeprefix("data: "))[0]
    assert (answer["status"], answer["census"]["in_scope"]) == ("answered", 1)


def test_rag_names_what_it_offers_and_loads_nothing_before_it_is_used() -> None:
    program = (
        "import sys, rag\n"
        "assert not [n for n in sys.modules if n.startswith('rag.')], 'loaded'\n"
        "print(all(getattr(rag, name) is not None for name in dir(rag)))\n"
        "assert 'rag.pipeline' in sys.modules\n"
    )
    assert run_example([sys.executable, "-c", program]).strip() == "True"
    with pytest.raises(ImportError, match="nothing_of_the_kind"):
        exec("from rag import nothing_of_the_kind")


def test_the_names_that_rag_gives_are_those_that_it_types() -> None:
    import rag

    tree = ast.parse((ROOT / "rag" / "__init__.py").read_text(encoding="utf-8"))
    typed = [
        name.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rag.")
        for name in node.names
    ]
    assert sorted(filter(None, typed)) == dir(rag)
    assert (ROOT / "rag" / "py.typed").is_file()
