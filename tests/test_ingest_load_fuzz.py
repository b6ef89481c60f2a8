"""Damaged, renamed and malicious files: each is loaded or refused, in time and in 1 GB."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent


@pytest.mark.slow
@pytest.mark.parametrize(
    "seed",
    [
        pytest.param(0, id="malicious"),
        pytest.param(1, id="damaged-1"),
        pytest.param(2, id="damaged-2", marks=pytest.mark.soak),
    ],
)
def test_no_file_breaks_the_loaders(tmp_path: Path, seed: int) -> None:
    done = subprocess.run(
        [sys.executable, str(TESTS / "data" / "damage_reports.py"), str(seed), str(tmp_path)],
        env={"PATH": str(tmp_path), "PYTHONPATH": str(TESTS.parent)},
        capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert [result for result in told["results"] if result[1].startswith("failed")] == []
    assert {result[1] for result in told["results"]} == {"loaded", "refused"}
    assert told["megabytes"] < 1024
    assert told["megabytes_apart"] < 1024
