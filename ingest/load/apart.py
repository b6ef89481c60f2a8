"""Reads a file in another process, so that what crashes, hangs or fills the memory there ends
nothing but its own file.

pdfium, the recogniser of scanned pages and the parsers of web pages are written in C and meet
whatever lies in a folder. Their process is started for the first such file, kept for the next
ones, and ends with this one.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from ingest.load.formats import Format
from ingest.models import Loaded
from rag.errors import UnreadableFile

APART: tuple[Format, ...] = ("pdf", "image", "html", "mhtml")
SILENCE = 120  # seconds without a page read after which a file is given up
MOST_FILES = 200  # after which a process is replaced, whatever its libraries have kept
ROOT = Path(__file__).parents[2]
BROKEN = (
    "made the program that reads it break down ({}), it is damaged or too large; "
    "print it to a new PDF, or save its text, and ingest that"
)
START = "from ingest.load.worker import serve; serve()"


class Reader:
    """A process that reads files, started when the first one comes.

    `start`: the program it runs; `silence`: seconds after which it is given up.
    """

    def __init__(self, start: str = START, silence: float = SILENCE) -> None:
        self.start = start
        self.silence = silence
        self.process: subprocess.Popen[bytes] | None = None
        self.files = 0
        self.lock = Lock()

    def load(self, kind: Format, data: bytes, name: str) -> Loaded:
        """The text of the file.

        Raises:
            UnreadableFile: as the loader of its format, or the process crashed, ran out of
                memory, or did not get on for SILENCE seconds.
        """
        with self.lock:
            told = self.told_of(kind, data, name)
        if "refused" in told:
            raise UnreadableFile(told["refused"])
        pages = told["pages"]
        return Loaded(
            text=told["text"],
            encoding=told["encoding"],
            pages=None if pages is None else tuple(pages),
            warnings=tuple(told["warnings"]),
        )

    def told_of(self, kind: Format, data: bytes, name: str) -> dict[str, Any]:
        """What the process says of the file, in a new process where the last one has ended."""
        try:
            for _ in range(2):
                process = self.running()
                self.files += 1
                with suppress(BrokenPipeError):  # it had ended by itself, being idle
                    told = self.asked(process, kind, data, name)
                    break
                self.close()
            else:
                raise UnreadableFile(f"{name}: {BROKEN.format('at its start')}")
        except (KeyboardInterrupt, SystemExit):
            self.close()  # or its answer would be taken for the next file's
            raise
        if told is None:
            raise UnreadableFile(f"{name}: {self.ended(process)}")
        return told

    def running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None or self.files >= MOST_FILES:
            self.close()
            paths = [str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
            self.process = subprocess.Popen(
                [sys.executable, "-c", self.start],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
            )
            self.files = 0
        return self.process

    def asked(
        self, process: subprocess.Popen[bytes], kind: Format, data: bytes, name: str
    ) -> dict[str, Any] | None:
        """What the process answers, None where it ends or is silent too long.

        Raises:
            BrokenPipeError: it had ended before.
        """
        assert process.stdin is not None and process.stdout is not None
        parts = kind.encode(), name.encode(errors="replace"), data
        process.stdin.write(b"".join(len(part).to_bytes(4, "little") for part in parts))
        for part in parts:
            process.stdin.write(part)
        process.stdin.flush()
        line = bytearray()
        while select.select([process.stdout], [], [], self.silence)[0]:
            part = os.read(process.stdout.fileno(), 1 << 20)
            if not part:
                return None
            line += part
            while b"\n" in line:
                whole, _, line = line.partition(b"\n")
                told: dict[str, Any] = json.loads(whole)
                if "beat" not in told:
                    return told
        return None

    def ended(self, process: subprocess.Popen[bytes]) -> str:
        """Why a process gave no answer; it is ended where it goes on."""
        try:
            code = process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self.close()
            return (
                f"is not read in {self.silence:g} seconds; print it to a new PDF, or save its text, "
                "and ingest that"
            )
        self.close()
        reason = signal.Signals(-code).name if code < 0 else f"status {code}"
        return BROKEN.format(reason)

    def close(self) -> None:
        """End the process."""
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(BrokenPipeError):  # of a file that it did not take any more
                if pipe is not None:
                    pipe.close()
        self.process = None


reader = Reader()
atexit.register(reader.close)
