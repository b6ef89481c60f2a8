"""The five samples in stores: taken in once, however many processes share the tests."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from ingest.pipeline import ingest_paths
from rag.settings import BUNDLED_EMBEDDING, Settings, read_settings
from rag.stores import open_stores

SAMPLES = Path(__file__).parent.parent / "ingest" / "samples"


def sample_data(temporary: pytest.TempPathFactory) -> Path:
    """A data folder with the samples, for this process alone: a copy of what the first took in."""
    base = temporary.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # of all processes of the run
    whole, begun = base / "samples-taken-in", base / "samples-begun"
    with FileLock(base / "samples.lock"):
        if not whole.exists():
            shutil.rmtree(begun, ignore_errors=True)  # of a process that was stopped in between
            _take_in(begun)
            begun.rename(whole)
    return Path(shutil.copytree(whole, temporary.mktemp("samples") / "data"))


def settings_of(data: Path) -> Settings:
    """Settings of stores in files of this folder, with the bundled model."""
    own = {"data": data, "database": "", "chroma": "", "embedding": BUNDLED_EMBEDDING}
    return read_settings().model_copy(update=own)


def names_in(data: Path) -> list[str]:
    """The files of a data folder; those that SQLite has only while it is open are left out."""
    found = (path for path in data.rglob("*") if path.is_file())
    return sorted(str(p.relative_to(data)) for p in found if not p.name.endswith(("-wal", "-shm")))


def _take_in(data: Path) -> None:
    with open_stores(settings_of(data)) as stores:
        run = ingest_paths(sorted(SAMPLES.glob("*.txt")), stores=stores, sample=True)
        assert [result.verdict for result in run.files] == ["added"] * 5
