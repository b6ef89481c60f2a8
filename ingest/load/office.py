"""Formats that LibreOffice turns into .docx: .doc, .wps, .rtf, .odt and Word's XML."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from ingest.load.formats import OLE
from ingest.load.word import load_word
from ingest.models import Loaded
from rag.errors import UnreadableFile

SECONDS = 120
MOST_MEMORY = 1 << 30  # bytes of LibreOffice's data; a report takes about 200 MB
NAMES = {
    ".doc": "Word 97-2003", ".wps": "WPS Writer", ".rtf": "Rich Text", ".odt": "OpenDocument",
    ".xml": "Word XML",
}  # fmt: skip
COMMANDS = {
    "darwin": "brew install --cask libreoffice",
    "win32": "winget install TheDocumentFoundation.LibreOffice",
}
INSTALL = COMMANDS.get(sys.platform, "apt-get install libreoffice-writer")


def load_office(data: bytes, name: str) -> Loaded:
    """The text of a document in an older or foreign office format.

    Raises:
        UnreadableFile: LibreOffice is not installed, does not read the file, or does not
            finish in SECONDS.
    """
    suffix = suffix_of(data, name)
    program = office_program()
    if program is None:
        raise UnreadableFile(
            f"{name}: is a {NAMES[suffix]} file ({suffix}), which LibreOffice has to read; "
            f"install it with: {INSTALL}"
        )
    with TemporaryDirectory(prefix="fazhi-office-") as folder:
        # Kingsoft's .wps holds the streams of a .doc; LibreOffice takes .wps for Microsoft Works.
        source = Path(folder) / f"report{'.doc' if is_word(data) else suffix}"
        source.write_bytes(data)
        run(program, source, name)
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise UnreadableFile(
                f"{name}: LibreOffice can not read this {NAMES[suffix]} file; open it in Word or "
                "WPS and save it as .docx"
            )
        loaded = load_word(made.read_bytes(), name)
    return replace(loaded, encoding=f"{suffix.removeprefix('.')} (LibreOffice)")


def office_program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def suffix_of(data: bytes, name: str) -> str:
    """The ending that says what the format is, whatever the file is named."""
    if data.startswith(b"{\\rt"):
        return ".rtf"
    if data.startswith(OLE):
        return ".wps" if PurePath(name).suffix.lower() == ".wps" else ".doc"
    return ".odt" if data.startswith(b"PK") else ".xml"


def is_word(data: bytes) -> bool:
    return data.startswith(OLE) and "WordDocument".encode("utf-16-le") in data


def limited(command: list[str]) -> list[str]:
    """The command that runs this one with no more than MOST_MEMORY for its data."""
    if sys.platform == "win32":
        return command
    start = (
        "import os, resource, sys; most = int(sys.argv[1])\n"
        "resource.setrlimit(resource.RLIMIT_DATA, (most, most))\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
        "os.execv(sys.argv[2], sys.argv[2:])"
    )
    return [sys.executable, "-c", start, str(MOST_MEMORY), *command]


def run(program: str, source: Path, name: str) -> None:
    """Convert beside the source, with a profile of its own, and end all of it in time."""
    profile = (source.parent / "profile").as_uri()
    command = [
        program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "docx", "--outdir", str(source.parent), str(source),
    ]  # fmt: skip
    process = subprocess.Popen(
        limited(command), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            f"{name}: LibreOffice did not read it in {SECONDS} seconds; open it in Word or WPS "
            "and save it as .docx"
        ) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
