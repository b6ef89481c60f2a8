"""The verdicts on files that are in a format no text is taken from."""

from __future__ import annotations

from pathlib import PurePath

from ingest.load.formats import Format
from rag.errors import UnreadableFile

REASONS: dict[Format, str] = {
    "empty": "holds no text (it is 0 bytes long); export the report again",
    "zip": "is an archive without a file to read in it; put the reports themselves there",
    "archive": "is a packed archive of another kind than .zip; unpack it and ingest the folder: "
    "tar -xf, unrar x or 7z x",
    "encrypted": "is protected by a password; open it, remove the password and save it again",
    "spreadsheet": "is a spreadsheet, and reports are documents; save the text as .docx or .pdf",
    "slides": "is a presentation, and reports are documents; save the text as .docx or .pdf",
}


def refuse(kind: Format, name: str) -> UnreadableFile:
    """The error to raise for a file of this format."""
    suffix = PurePath(name).suffix or "(no ending)"
    damaged = f"is named {suffix} but its bytes are damaged or cut off; get the file again"
    return UnreadableFile(f"{name}: {REASONS.get(kind, damaged)}")
