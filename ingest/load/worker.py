"""The process in which files are read that foreign code has to read: PDF, pictures, web pages.

It takes one file after the other from its standard input and answers with a line of JSON:
what was loaded, or why not. Nobody imports it but the process itself; see `apart`.
"""

from __future__ import annotations

import json
import os
import select
import struct
import sys
import traceback
from collections.abc import Callable
from typing import IO

from ingest.load import pulse
from ingest.load.formats import Format
from ingest.load.html import load_html, load_mhtml
from ingest.load.pdf import load_pdf
from ingest.load.pictures import load_image
from ingest.models import Loaded
from rag.errors import UnreadableFile

LOADERS: dict[Format, Callable[[bytes, str], Loaded]] = {
    "pdf": load_pdf,
    "image": load_image,
    "html": load_html,
    "mhtml": load_mhtml,
}
HEADER = struct.Struct("<III")  # bytes of the kind, of the name and of the file
MOST_MEMORY = 1 << 30  # bytes of data a process may have; a scanned page takes about 650 MB
LONGEST_LOAD = 1800  # seconds of processor time for one file
IDLE = 120  # seconds without a file after which the process ends by itself
DEEPEST = "is nested too deeply to be a report; open it and save it anew"


def serve() -> None:
    """Answer until the input ends, or nothing comes for a while."""
    # What libraries print belongs on the standard error, not among the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    files = os.fdopen(os.dup(0), "rb", buffering=0)
    limit_memory()
    pulse.listener = lambda: answer(answers, {"beat": True})
    while select.select([files], [], [], IDLE)[0]:
        header = read_exactly(files, HEADER.size)
        if header is None:
            return
        sizes = HEADER.unpack(header)
        kind, name, data = (read_exactly(files, size) or b"" for size in sizes)
        limit_time()
        answer(answers, outcome(kind.decode(), name.decode(), data))


def outcome(kind: str, name: str, data: bytes) -> dict[str, object]:
    """What came of the file, as it is sent; a fault of the program is told on standard error."""
    try:
        loaded = LOADERS[kind](data, name)  # type: ignore[index]  # a key out of it is sent
    except UnreadableFile as error:
        return {"refused": str(error)}
    except RecursionError:
        return {"refused": f"{name}: {DEEPEST}"}
    except MemoryError:
        return {"refused": f"{name}: needs more memory than a report does; save it as a new file"}
    except Exception as error:  # noqa: BLE001  one bad file never stops the rest
        traceback.print_exc()
        return {
            "refused": f"{name}: could not be read for a fault of this program "
            f"({type(error).__name__}: {error}); save it in another format, and report the fault"
        }
    return {
        "text": loaded.text,
        "encoding": loaded.encoding,
        "pages": loaded.pages,
        "warnings": loaded.warnings,
    }


def answer(answers: IO[str], told: dict[str, object]) -> None:
    answers.write(json.dumps(told) + "\n")
    answers.flush()


def read_exactly(files: IO[bytes], size: int) -> bytes | None:
    """As many bytes, None where the input ends before."""
    parts = bytearray()
    while len(parts) < size:
        part = files.read(min(size - len(parts), 1 << 20))
        if not part:
            return None
        parts += part
    return bytes(parts)


def limit_memory() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  not on Windows

        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time() -> None:
    """Let the process end by itself where nobody is left to end it."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  not on Windows

        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + LONGEST_LOAD
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
