"""A file whose reading crashes or hangs is told of, and the next one is read."""

import os
import signal
from pathlib import Path

import pytest

from ingest.load.apart import START, Reader
from rag.errors import UnreadableFile

PDF = (Path(__file__).parent / "data" / "reports" / "running.pdf").read_bytes()


def test_a_crash_is_told_of_and_the_next_file_is_read() -> None:
    # The process aborts on the first file it is given, as a fault of a C library makes it.
    reader = Reader("import os, sys; sys.stdin.buffer.read(1); os.abort()")
    with pytest.raises(UnreadableFile, match=r"a\.pdf: made .* break down \(SIGABRT\)"):
        reader.load("pdf", PDF, "a.pdf")
    reader.start = START
    assert reader.load("pdf", PDF, "a.pdf").encoding == "pdf"
    reader.close()


def test_a_reading_that_does_not_end_is_ended() -> None:
    reader = Reader("import sys, time; sys.stdin.buffer.read(1); time.sleep(600)", silence=0.5)
    with pytest.raises(UnreadableFile, match=r"a\.pdf: is not read in 0\.5 seconds"):
        reader.load("pdf", b"x", "a.pdf")
    assert reader.process is None


def test_a_process_that_ended_by_itself_is_started_anew() -> None:
    reader = Reader()
    reader.load("pdf", PDF, "a.pdf")
    assert reader.process is not None
    os.kill(reader.process.pid, signal.SIGTERM)
    reader.process.wait()
    assert reader.load("pdf", PDF, "a.pdf").pages
    reader.close()


def test_too_much_memory_ends_the_reading_only() -> None:
    program = (
        "import sys; from ingest.load.worker import limit_memory; limit_memory()\n"
        "sys.stdin.buffer.read(1); held = bytearray(2 << 30)"
    )
    with pytest.raises(UnreadableFile, match=r"break down \(status 1\)"):
        Reader(program).load("pdf", b"x", "a.pdf")


def test_what_is_refused_there_is_refused_here() -> None:
    reader = Reader()
    with pytest.raises(UnreadableFile, match=r"法治\.pdf: is no PDF that can be opened"):
        reader.load("pdf", b"%PDF-1.4", "法治.pdf")
    reader.close()
