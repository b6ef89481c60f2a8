"""Importing any module of the project does nothing: no file, no folder, no network, no model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).parent.parent
PACKAGES = ("rag", "ingest", "ui", "eval")
PEERS = REPO / "eval" / "peers"  # adapters of other programs, which load what those load
MODULES = sorted(
    ".".join(path.relative_to(REPO).with_suffix("").parts).removesuffix(".__init__")
    for package in PACKAGES
    for path in (REPO / package).rglob("*.py")
    if PEERS not in path.parents
)
# The modules whose import loads these two: their homes, and what measures them.
USERS = {"chromadb": ("rag.vectors", "eval.bench"), "gradio": ("ui.app", "ui.rooms")}
NETWORK = ("openvino", "torch", "sentence_transformers", "transformers")  # what the model runs on

PROGRAM = """
import importlib, json, os, sys, tempfile

tempfile.gettempdir()  # Python finds the folder for temporary files by writing one
did = []

def note(event, arguments):
    if event == "open":
        path, _mode, flags = arguments
        if isinstance(path, str) and path != os.devnull and flags & (os.O_WRONLY | os.O_RDWR):
            did.append(f"writes {path}")
    elif event in ("os.mkdir", "os.rename", "os.remove", "socket.connect", "socket.getaddrinfo",
                   "subprocess.Popen"):
        did.append(f"{event} {arguments}")

sys.addaudithook(note)
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
print(json.dumps({"did": did, "loaded": sorted(n for n in sys.modules if "." not in n)}))
"""


def imported(modules: list[str], folder: Path) -> dict[str, list[str]]:
    """What importing these modules in a process of their own did, and what it loaded."""
    done = subprocess.run(
        [sys.executable, "-B", "-c", PROGRAM, json.dumps(modules)],
        check=True,
        cwd=REPO,
        capture_output=True,
        text=True,
        env=os.environ | {"HOME": str(folder), "TMPDIR": str(folder)},
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_there_are_modules_to_import() -> None:
    assert {"rag.pipeline", "ingest.pipeline", "ui.cli", "eval.run"} <= set(MODULES)


def test_importing_every_module_writes_nothing_and_talks_to_nobody(tmp_path) -> None:
    did = imported(MODULES, tmp_path)["did"]
    # Beside itself, when it is first imported after its installation.
    assert [what for what in did if not what.endswith("/gradio/hash_seed.txt")] == []
    assert list(tmp_path.iterdir()) == []


def test_no_import_loads_what_the_model_runs_on(tmp_path) -> None:
    assert not set(NETWORK) & set(imported(MODULES, tmp_path)["loaded"])


@pytest.mark.parametrize("library", USERS)
def test_a_heavy_library_is_loaded_by_those_who_are_for_it_alone(library: str, tmp_path) -> None:
    others = [name for name in MODULES if not name.startswith(USERS[library])]
    assert len(others) < len(MODULES)
    assert library not in imported(others, tmp_path)["loaded"]
