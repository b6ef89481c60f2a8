"""What can be downloaded: an answer, a conversation, the file a report came from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from rag.errors import FazhiError
from rag.models import Language
from rag.stores import Stores
from ui.asks import asks_of
from ui.conversations import LONGEST_TITLE, MOST_QUESTIONS, read_ask
from ui.exports import FORMATS, Format, Told, export, export_conversation
from ui.findings_table import view_of
from ui.shelf import Shelf
from ui.texts import LANGUAGES, texts_in

TYPES: Mapping[Format, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
}
# What a report came in is given as bytes of no type, so that no browser runs what it may hold.
UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True)
class Download:
    name: str  # of the file
    type: str  # MIME
    content: bytes


class NothingToDownload(FazhiError):
    """An address asks for a file that there is not."""


def answer_file(form: str, query: str, *, shelf: Shelf) -> Download:
    """The answer to what an address asks, its table as the address wants it.

    Raises:
        NothingToDownload: the address asks nothing, or in no known format.
    """
    asks = asks_of(query)
    if not asks:
        raise NothingToDownload("the address holds no question: ?q=…")
    known = _format(form)
    found = shelf.get(asks)
    told = Told(asks[-1].question, found, view_of(query))
    content = export(told, known, texts_in(found.language))
    return Download(f"{_file_name(asks[-1].question)}.{form}", TYPES[known], content)


def conversation_file(form: str, values: Mapping[str, str], *, shelf: Shelf) -> Download:
    """A conversation of a browser, its questions answered by what is stored now.

    Raises:
        NothingToDownload: nothing is asked, or the format is not one of documents.
    """
    known = _format(form)
    try:
        entries = json.loads(values.get("asks", ""))
    except ValueError:
        entries = []
    found = (read_ask(entry) for entry in entries[:MOST_QUESTIONS])
    asks = tuple(ask for ask in found if ask is not None)
    if not asks or known not in ("md", "docx"):
        raise NothingToDownload("the form holds no question")
    told = [Told(ask.question, shelf.get(asks[: number + 1])) for number, ask in enumerate(asks)]
    title = values.get("title", "")[:LONGEST_TITLE] or asks[0].question
    language: Language = next((c for c in LANGUAGES if c == values.get("lang")), "zh")
    content = export_conversation(title, told, known, texts_in(language))
    return Download(f"{_file_name(title)}.{form}", TYPES[known], content)


def original_file(report_id: str, *, stores: Stores) -> Download:
    """The file a report was taken from, byte for byte.

    Raises:
        ReportNotFound: there is no such report, or its file is not kept.
    """
    original = stores.original(report_id)
    return Download(original.name, UNKNOWN_TYPE, original.path.read_bytes())


def _format(form: str) -> Format:
    known = next((known for known in FORMATS if known == form), None)
    if known is None:
        raise NothingToDownload(f"there is no format {form}; there are {', '.join(FORMATS)}")
    return known


def _file_name(title: str) -> str:
    """A title as a file's name, without what file systems or headers do not allow."""
    kept = "".join(c if c.isalnum() or c in " _-" else " " for c in title)
    return " ".join(kept.split())[:60] or "fazhi"
