"""The run that goes on, one at a time, in a process of its own; and the runs there are."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from eval.saved import RUN_FILE, SavedRun, read_run
from rag.errors import BadQuestionFile, FazhiError
from rag.settings import Settings
from ui.rooms.evaluation.question_sets import QuestionSet
from ui.worker_processes import start_worker, told_by

RUNS = "runs"  # folder of the data folder, as `fazhi eval` has it
MOST_LISTED = 200
STORES = ("data", "cache", "database", "chroma", "embedding")  # settings that name the stores

Status = Literal["running", "done", "failed", "stopped"]


class RunRefused(FazhiError):
    """A run goes on already."""


@dataclass(frozen=True)
class Going:
    """A run that was started from the page, as far as it is."""

    id: str  # the folder that it is written to
    questions: str  # id of the question set
    status: Status = "running"
    stage: str = ""  # reading | indexing | answering
    done: int = 0
    total: int = 0
    error: str = ""


class Runs:
    """Starts runs and stops them, and reads those that are there. Many threads may use it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.data / RUNS
        self._lock = threading.Lock()
        self._going: Going | None = None
        self._process: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None
        self._read: dict[Path, tuple[int, SavedRun]] = {}  # by file, with when it changed

    @property
    def going(self) -> Going | None:
        """The run started last from this page."""
        return self._going

    def start(self, wanted: QuestionSet) -> Going:
        """Start a run; raises RunRefused while another goes on."""
        name = f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}"
        order = {
            "questions": str(wanted.path),
            "corpus": str(wanted.corpus) if wanted.corpus else None,
            "stored": wanted.stored,
            "out": str(self._folder / name),
            "settings": {name: str(getattr(self._settings, name)) for name in STORES},
        }
        with self._lock:
            if self._going is not None and self._going.status == "running":
                raise RunRefused("a run goes on; wait for it, or stop it")
            self._process = start_worker("ui.rooms.evaluation.worker", order)
            self._going = Going(name, wanted.id)
            following = (self._process, name)
            self._thread = threading.Thread(target=self._follow, args=following, daemon=True)
            self._thread.start()
            return self._going

    def stop(self) -> None:
        """End the run that goes on; nothing of it is kept."""
        with self._lock:
            if self._going is None or self._going.status != "running" or not self._process:
                return
            self._going = replace(self._going, status="stopped")
            self._process.terminate()

    def wait(self, seconds: float) -> Going | None:
        """The run once it is over, or as it is after so many seconds."""
        if self._thread is not None:
            self._thread.join(seconds)
        return self._going

    def all(self) -> tuple[SavedRun, ...]:
        """The runs in the data folder, the latest first; what is no run is passed over."""
        files = sorted(self._folder.glob(f"*/{RUN_FILE}"), reverse=True)[:MOST_LISTED]
        found = (self._known(file) for file in files)
        return tuple(sorted(filter(None, found), key=lambda run: run.started, reverse=True))

    def file(self, name: str, file: str) -> Path | None:
        """A file of a run; None where there is no such run. The name only ever is compared."""
        folders = {path.parent.name: path.parent for path in self._folder.glob(f"*/{RUN_FILE}")}
        return folders[name] / file if name in folders else None

    def raw(self, name: str) -> Mapping[str, Any] | None:
        """A whole run as `fazhi eval` wrote it; None where there is no such run."""
        file = self.file(name, RUN_FILE)
        if file is None or self._known(file) is None:
            return None
        found: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return found

    def _known(self, file: Path) -> SavedRun | None:
        """The run of a file, read again only where the file has changed."""
        try:
            changed = file.stat().st_mtime_ns
            kept = self._read.get(file)
            if kept is None or kept[0] != changed:
                kept = self._read[file] = (changed, read_run(file))
        except (BadQuestionFile, OSError):
            return None
        return kept[1]

    def _follow(self, process: subprocess.Popen[str], name: str) -> None:
        for told in told_by(process):
            told.pop("run", None)
            self._change(name, **told)
        status = process.wait()
        with self._lock:
            going = self._going
            if going is not None and going.id == name and going.status == "running":
                error = going.error or (f"exit status {status}" if status else "")
                ended: Status = "failed" if error else "done"
                self._going = replace(going, status=ended, error=error)

    def _change(self, name: str, **told: Any) -> None:
        with self._lock:
            if self._going is not None and self._going.id == name:
                self._going = replace(self._going, **told)
