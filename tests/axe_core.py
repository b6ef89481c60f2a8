"""axe-core, and what it finds on a page that would keep somebody from using it."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from chat_page import NARROW

# Two looks in which every width, colour scheme and language is seen once.
LOOKS: dict[str, dict[str, Any]] = {
    "wide": {},
    "narrow, dark and English": {
        "viewport": NARROW,
        "color_scheme": "dark",
        "locale": "en-US",
    },
}
AXE = "axe-core@4.10.3"


@cache
def axe_source() -> str:
    """The source of axe-core, from npm; skips the test where it cannot be got."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm to get axe-core with")
    with TemporaryDirectory() as folder:
        command = [npm, "install", "--no-audit", "--no-fund", "--prefix", folder, AXE]
        got = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
        source = Path(folder) / "node_modules" / "axe-core" / "axe.min.js"
        if not source.exists():
            pytest.skip(f"axe-core cannot be got: {got.stderr[-200:]}")
        return source.read_text(encoding="utf-8")


def problems(page: Any) -> list[str]:
    """What axe-core calls serious or critical, each with the first place it stands at."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_source())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{problem['id']}: {problem['nodes'][0]['html'][:200]}"
        for problem in found["violations"]
        if problem["impact"] in ("serious", "critical")
    ]
