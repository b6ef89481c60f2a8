"""Importing any module of the project does nothing: no file, no folder, no network, no model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

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

# Imports the modules that load neither, then each library's own in a child of its own, so that
# what all import is imported once. Prints what was done and loaded, a line for each process.
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

def import_and_tell(group, modules):
    for name in modules:
        importlib.import_module(name)
    loaded = sorted(name for name in sys.modules if "." not in name)
    print(json.dumps({"group": group, "did": did, "loaded": loaded}), flush=True)

sys.addaudithook(note)
groups = json.loads(sys.argv[1])
import_and_tell("neither", groups.pop("neither"))
for library, modules in groups.items():
    child = os.fork()
    if child == 0:
        import_and_tell(library, modules)
        os._exit(0)
    os.waitpid(child, 0)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What importing every module did and loaded, by the library that the modules are for."""
    folder = tmp_path_factory.mktemp("home")
    groups = {library: [m for m in MODULES if m.startswith(own)] for library, own in USERS.items()}
    every = {name for modules in groups.values() for name in modules}
    groups["neither"] = [name for name in MODULES if name not in every]
    done = subprocess.run(
        [sys.executable, "-B", "-c", PROGRAM, json.dumps(groups)],
        check=True,
        cwd=REPO,
        capture_output=True,
        text=True,
        env=os.environ | {"HOME": str(folder), "TMPDIR": str(folder)},
    )
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    found = {line["group"]: line for line in lines}
    assert set(found) == {"neither", *USERS}, done.stderr
    return {"groups": groups, "folder": folder, "found": found}


def test_there_are_modules_to_import(told: dict[str, Any]) -> None:
    assert {"rag.pipeline", "ingest.pipeline", "ui.cli", "eval.run"} <= set(MODULES)
    assert sorted(name for modules in told["groups"].values() for name in modules) == MODULES
    assert all(told["groups"].values())


def test_importing_every_module_writes_nothing_and_talks_to_nobody(told: dict[str, Any]) -> None:
    did = [what for line in told["found"].values() for what in line["did"]]
    # Beside itself, when it is first imported after its installation.
    assert [what for what in did if not what.endswith("/gradio/hash_seed.txt")] == []
    assert list(told["folder"].iterdir()) == []


def test_no_import_loads_what_the_model_runs_on(told: dict[str, Any]) -> None:
    loaded = {name for line in told["found"].values() for name in line["loaded"]}
    assert not set(NETWORK) & loaded


@pytest.mark.parametrize("library", USERS)
def test_a_heavy_library_is_loaded_by_those_who_are_for_it_alone(
    library: str, told: dict[str, Any]
) -> None:
    loads = {group for group, line in told["found"].items() if library in line["loaded"]}
    assert loads == {library}
