"""The work that the room has had done, one piece after another, each in a process of its own."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import threading
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from rag.errors import FazhiError
from rag.settings import Settings
from ui.ingest_worker import settings_record
from ui.worker_processes import start_worker, told_by

Kind = Literal["upload", "folder", "remove"]
Status = Literal["waiting", "running", "done", "failed", "stopped"]
MOST_WAITING = 20
MOST_KEPT = 30  # pieces of work that are remembered, in the data folder too
MOST_FILES = 500  # files that are told of one by one


class WorkRefused(FazhiError):
    """Too much work is waiting."""


@dataclass(frozen=True)
class Piece:
    """A piece of work, as far as it is."""

    id: str
    kind: Kind
    name: str  # the folder or the first file, and what it is called
    count: int  # files or reports it is about; 0 where that is found out
    at: str  # ISO, UTC; when it was ordered
    status: Status = "waiting"
    stage: str = ""  # waiting | reading | indexing | removing
    done: int = 0
    total: int = 0
    files: tuple[Mapping[str, Any], ...] = ()  # ingest_worker.file_record
    verdicts: Mapping[str, int] = field(default_factory=dict)  # of all files
    told: Mapping[str, Any] = field(default_factory=dict)  # ingest_worker.run_record
    error: str = ""

    @property
    def finished(self) -> bool:
        return self.status not in ("waiting", "running")


class Work:
    """A queue of work and what came of it. Many threads may use it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._path = settings.data / "taken-in.jsonl"
        self._lock = threading.Lock()
        self._orders: deque[tuple[str, dict[str, Any]]] = deque()
        self._pieces: dict[str, Piece] = {piece.id: piece for piece in self._remembered()}
        self._process: tuple[str, subprocess.Popen[str]] | None = None
        self._running = False

    def take_in(self, kind: Kind, paths: Sequence[Path], name: str) -> Piece:
        """Have these files or folders ingested; raises WorkRefused."""
        order = {"kind": kind, "paths": [str(path) for path in paths]}
        return self._order(kind, name, len(paths) if kind == "upload" else 0, order)

    def remove(self, report_ids: Sequence[str], paths: Iterable[str], name: str) -> Piece:
        """Have these reports removed, and these files forgotten; raises WorkRefused."""
        forgotten = list(paths)
        order = {"kind": "remove", "report_ids": list(report_ids), "paths": forgotten}
        return self._order("remove", name, len(report_ids) + len(forgotten), order)

    def pieces(self) -> tuple[Piece, ...]:
        """All that is remembered, the latest first."""
        with self._lock:
            return tuple(reversed(self._pieces.values()))

    def piece(self, name: str) -> Piece | None:
        with self._lock:
            return self._pieces.get(name)

    def stop(self, name: str) -> None:
        """Stop a piece of work; what it has taken in by then is kept."""
        with self._lock:
            piece = self._pieces.get(name)
            if piece is None or piece.finished:
                return
            self._pieces[name] = replace(piece, status="stopped")
            if self._process is not None and self._process[0] == name:
                self._process[1].terminate()

    def wait(self, name: str, seconds: float) -> Piece:
        """The piece of work once it is finished, or as it is after so many seconds."""
        for thread in threading.enumerate():
            if thread.name == f"work-{id(self)}":
                thread.join(seconds)
        found = self.piece(name)
        assert found is not None
        return found

    def _order(self, kind: Kind, name: str, count: int, order: dict[str, Any]) -> Piece:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        piece = Piece(secrets.token_hex(6), kind, name, count, now)
        with self._lock:
            if len(self._orders) >= MOST_WAITING:
                raise WorkRefused(f"{MOST_WAITING} pieces of work are waiting; try again later")
            self._pieces[piece.id] = piece
            self._orders.append((piece.id, order))
            if not self._running:
                self._running = True
                threading.Thread(target=self._do_all, name=f"work-{id(self)}", daemon=True).start()
        return piece

    def _do_all(self) -> None:
        while True:
            with self._lock:
                if not self._orders:
                    self._running = False
                    return
                name, order = self._orders.popleft()
                wanted = self._pieces[name].status == "waiting"
            try:
                if wanted:
                    self._do(name, order)
                self._remember()
            except OSError as error:  # no memory for a process, no space for the list
                self._end(name, str(error))

    def _do(self, name: str, order: dict[str, Any]) -> None:
        """Run the worker for one order, and follow what it tells."""
        record = {**order, "settings": settings_record(self._settings)}
        process = start_worker("ui.ingest_worker", record)
        with self._lock:
            self._process = (name, process)
            if self._pieces[name].status == "stopped":
                process.terminate()
            else:
                self._pieces[name] = replace(self._pieces[name], status="running")
        for told in told_by(process):
            self._hear(name, told)
        status = process.wait()
        self._end(name, "" if status == 0 else f"exit status {status}")

    def _end(self, name: str, error: str) -> None:
        with self._lock:
            self._process = None
            piece = self._pieces[name]
            if piece.status != "stopped":
                error = piece.error or error
                ended: Status = "failed" if error else "done"
                self._pieces[name] = replace(piece, status=ended, error=error)

    def _hear(self, name: str, told: dict[str, Any]) -> None:
        with self._lock:
            self._pieces[name] = heard(self._pieces[name], told)

    def _remembered(self) -> list[Piece]:
        if not self._path.is_file():
            return []
        lines = self._path.read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines[-MOST_KEPT:]]
        return [Piece(**record | {"files": tuple(record["files"])}) for record in records]

    def _remember(self) -> None:
        with self._lock:
            finished = [piece for piece in self._pieces.values() if piece.finished]
            for piece in finished[:-MOST_KEPT]:
                del self._pieces[piece.id]
            lines = [json.dumps(asdict(piece), ensure_ascii=False) for piece in finished]
        written = self._path.with_suffix(".part")
        written.write_text("\n".join(lines[-MOST_KEPT:]) + "\n", encoding="utf-8")
        os.replace(written, self._path)  # noqa: PTH105  a killed server leaves the old file whole


def heard(piece: Piece, told: Mapping[str, Any]) -> Piece:
    """The piece of work after a line of its worker."""
    if "file" in told:
        file = told["file"]
        verdicts = dict(piece.verdicts)
        verdicts[file["verdict"]] = verdicts.get(file["verdict"], 0) + 1
        files = (*piece.files, file) if len(piece.files) < MOST_FILES else piece.files
        return replace(piece, files=files, verdicts=verdicts)
    if "error" in told:
        return replace(piece, error=told["error"])
    if "stage" in told:
        return replace(piece, stage=told["stage"], done=told["done"], total=told["total"])
    return replace(piece, told=told)
