"""The import rules of the project: directions, steps, and what is heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPO = Path(__file__).parent.parent
ALLOWED = {
    "rag": {"rag"},
    "ingest": {"ingest", "rag"},
    "eval": {"eval", "ingest", "rag"},
    "ui": {"ui", "eval", "ingest", "rag"},
}
# Each heavy library and the file or small package (of the page: two) that alone imports it.
HOMES = {
    "chromadb": "rag/vectors",
    "langchain_chroma": "rag/vectors",
    "langchain": "rag/chat_model",
    "openvino": "rag/e5_network.py",
    "sentence_transformers": "rag/sentence_model.py",
    "torch": "rag/sentence_model.py",
    "transformers": "rag/sentence_model.py",
    "sqlalchemy": "rag/database",
    "alembic": "rag/database",
    "datasketch": "ingest/likeness.py",
    "tantivy": "rag/lexical",
    "jieba": "rag/words.py",
    "gradio": "ui/app ui/rooms",
    "mcp": "ui/programs/mcp_server.py",
    "prometheus_client": "ui/operating/metrics.py",
    "ir_measures": "eval/metrics/ranking.py",
    "langchain_text_splitters": "eval/peers/langchain_recipe.py",
    "llama_index": "eval/peers/llamaindex_default.py",
    "txtai": "eval/peers/txtai_hybrid.py",
}
PEERS = REPO / "eval" / "peers"  # other programs, set up with what they themselves use
# The steps of DESIGN.md; a step is a file or a small package.
STEPS = {
    "ingest": {"load", "repair", "outline", "identify", "facts", "contradictions", "store"},
    "rag": {"plan", "census", "retrieve", "compose", "write", "verify"},
}
HEAVY = ("torch", "sentence_transformers", "transformers", "openvino", "chromadb", "gradio",
         "tantivy", "jieba", "sqlalchemy", "langchain", "langchain_core", "langchain_chroma", "openpyxl",
         "numpy", "pydantic")  # fmt: skip


def sources(package: str) -> list[Path]:
    return sorted((REPO / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module the file imports, wherever in the file, with the names taken from it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_the_rules_are_checked_on_real_files() -> None:
    found = {module.partition(".")[0] for package in ALLOWED for path in sources(package)
             for module in imports(path)}  # fmt: skip
    assert set(HOMES) <= found, "a library without an import needs no home"


@pytest.mark.parametrize("package", ALLOWED)
def test_packages_import_in_one_direction(package: str) -> None:
    wrong = [
        f"{path.relative_to(REPO)} imports {module}"
        for path in sources(package)
        for module in imports(path)
        if module.partition(".")[0] in ALLOWED.keys() - ALLOWED[package]
    ]
    assert wrong == []


@pytest.mark.parametrize("library", HOMES)
def test_a_heavy_library_is_imported_in_one_place(library: str) -> None:
    homes = [REPO / home for home in HOMES[library].split()]
    wrong = [
        str(path.relative_to(REPO))
        for package in ALLOWED
        for path in sources(package)
        if not any(path.is_relative_to(home) for home in homes)
        and not path.is_relative_to(PEERS)
        and any(module.partition(".")[0] == library for module in imports(path))
    ]
    assert wrong == []


@pytest.mark.parametrize("package", STEPS)
def test_a_step_imports_no_other_step(package: str) -> None:
    wrong = []
    for path in sources(package):
        step = path.relative_to(REPO / package).parts[0].removesuffix(".py")
        if step not in STEPS[package]:
            continue
        for module in imports(path):
            top, _, rest = module.partition(".")
            other = rest.partition(".")[0]
            if top == package and other in STEPS[package] - {step}:
                wrong.append(f"{path.relative_to(REPO)} imports {module}")
    assert wrong == []


@pytest.mark.parametrize("package", STEPS)
def test_a_pipeline_joins_the_steps(package: str) -> None:
    joined = {module.split(".")[1] for module in imports(REPO / package / "pipeline.py")
              if module.startswith(f"{package}.")}  # fmt: skip
    there = {path.relative_to(REPO / package).parts[0].removesuffix(".py")
             for path in sources(package)}  # fmt: skip
    assert STEPS[package] & there <= joined


def test_the_command_line_loads_nothing_heavy_before_a_command_runs() -> None:
    program = f"import sys, ui.cli; print([n for n in {HEAVY!r} if n in sys.modules])"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=REPO, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"
