"""Nothing goes out: the program in a network namespace that has nothing but loopback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

REPO = Path(__file__).parent.parent
SAMPLES = REPO / "ingest" / "samples"
FAZHI = f"{sys.executable} -c 'from ui.cli import main; main()'"
LONELY = ("unshare", "--net", "--map-root-user")
ALONE = "ip link set lo up"
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")

# Imported by every Python process that finds it: takes down whom each wants to talk to.
WATCH = """
import os, sys

def note(event, arguments):
    if event in ("socket.connect", "socket.sendto"):
        whom = arguments[1]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        whom = arguments
    else:
        return
    if isinstance(whom, tuple) and whom[0]:
        host = whom[0].decode() if isinstance(whom[0], bytes) else str(whom[0])
        with open(os.environ["TALKED_TO"], "a") as log:
            log.write(host + "\\n")

sys.addaudithook(note)
"""


def can_be_alone() -> bool:
    if not shutil.which("unshare") or not shutil.which("ip"):
        return False
    made = subprocess.run([*LONELY, "sh", "-c", ALONE], check=False, capture_output=True)
    return made.returncode == 0


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not can_be_alone(),
        reason="no network namespace can be made here (needs unshare, ip, and the right to)",
    ),
]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder, so that the embedding model is unpacked without a network too."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def alone(tmp_path, cache):
    """A function that runs shell lines without a network, and gives what they print."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    ours = {name: value for name, value in os.environ.items() if not name.startswith("FAZHI_")}
    environment = ours | {
        "FAZHI_DATA": str(tmp_path / "data"),
        "FAZHI_CACHE": str(cache),
        "HOME": str(tmp_path),
        "PYTHONPATH": f"{tmp_path / 'watch'}:{REPO}",
        "TALKED_TO": str(tmp_path / "talked-to"),
    }

    def run(lines: str) -> str:
        done = subprocess.run(
            [*LONELY, "sh", "-euc", f"{ALONE}\n{lines}"],
            check=False,
            cwd=REPO,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def outsiders(tmp_path: Path) -> set[str]:
    log = tmp_path / "talked-to"
    hosts = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return {host for host in hosts if not host.startswith(LOOPBACK)}


def test_the_namespace_has_no_way_out_and_the_watch_sees_who_tries(alone, tmp_path) -> None:
    program = "import socket; socket.socket().connect(('192.0.2.1', 80))"
    assert alone(f'{sys.executable} -c "{program}" || echo refused').strip() == "refused"
    assert outsiders(tmp_path) == {"192.0.2.1"}


def test_reports_are_ingested_and_asked_without_a_network(alone, tmp_path) -> None:
    run = json.loads(alone(f"{FAZHI} ingest {SAMPLES}/mawu*.txt {SAMPLES}/lihe*.txt --json"))
    assert [file["verdict"] for file in run["files"]].count("added") == 2
    found = json.loads(alone(f"{FAZHI} ask '哪些镇的行政诉讼应诉率达到100%？' --json"))
    matches = [item["town"] for item in found["findings"] if item["state"] == "match"]
    assert matches == ["马武镇"]
    described = json.loads(alone(f"{FAZHI} ask '各镇的普法宣传做了哪些工作？' --json"))
    assert described["citations"]
    assert outsiders(tmp_path) == set()


# Starts the chat on an empty store, reads the page as a browser would, and stops it.
VISIT = f"""
import re, signal, subprocess, sys, urllib.request
program = [sys.executable, "-c", "from ui.cli import main; main()"]
chat = subprocess.Popen(
    [*program, "chat", "--port", "0", "--no-browser"], stderr=subprocess.PIPE, text=True
)
said = iter(chat.stderr.readline, "")
url = next(found[0] for line in said if (found := re.search("http://127[0-9.:]+/", line)))
for path in ("", "config", "?q={quote("哪些镇提到枫桥经验？")}"):
    print(urllib.request.urlopen(url + path, timeout=60).status)
chat.send_signal(signal.SIGTERM)
chat.stderr.read()
print(chat.wait(timeout=60))
"""


def test_the_chat_takes_the_samples_in_and_serves_its_page_without_a_network(
    alone, tmp_path
) -> None:
    (tmp_path / "visit.py").write_text(VISIT, encoding="utf-8")
    assert alone(f"{sys.executable} {tmp_path / 'visit.py'}").split() == ["200"] * 3 + ["0"]
    assert outsiders(tmp_path) == set()
