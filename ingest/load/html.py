"""Saved web pages (.html, .mhtml): the article and what its page says about it."""

from __future__ import annotations

import email
import email.policy
import re
from email.errors import MessageError
from email.message import Message
from html import unescape

from ingest.load.article import article_lines
from ingest.load.page_address import address_of
from ingest.load.text import CHINESE, MARKS, decode, strict
from ingest.models import Loaded
from rag.errors import UnreadableFile

MOST_BYTES = 24 * 2**20  # of the page's own markup
DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{2,20})", re.I
)
# Encodings that sites declare, as the wider one their pages really use.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs"}


def load_html(data: bytes, name: str) -> Loaded:
    """The article of a web page: its title, a line of what is said about it, its paragraphs.

    Raises:
        UnreadableFile: the page can not be decoded, or holds no text of its own.
    """
    text, encoding = decode_page(data, name, None)
    return loaded(text, encoding, name, address_of(text))


def load_mhtml(data: bytes, name: str) -> Loaded:
    """The article of a web page that was saved as one file (RFC 2557).

    Raises:
        UnreadableFile: the file holds no page, or one that holds no text of its own.
    """
    pages: list[tuple[str, str, str | None]] = []
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        for one in message.walk():
            if one.get_content_type() in ("text/html", "application/xhtml+xml"):
                payload = one.get_payload(decode=True)
                if isinstance(payload, bytes) and payload.strip():
                    text, encoding = decode_page(payload, name, one.get_content_charset())
                    pages.append((text, encoding, location_of(one)))
        whole = location_of(message)
    except (MessageError, ValueError, LookupError, TypeError) as error:
        raise UnreadableFile(
            f"{name}: is a damaged web archive ({error}); save the page again"
        ) from error
    if not pages:
        raise UnreadableFile(f"{name}: is a web archive without a page in it; save the page again")
    # An article in a frame is a part of its own.
    text, encoding, location = max(pages, key=lambda page: len(CHINESE.findall(page[0])))
    return loaded(text, encoding, name, location or whole or address_of(text))


def location_of(message: Message) -> str | None:
    """Where a page or the archive it is in was, as its header says."""
    for header in ("Content-Location", "Snapshot-Content-Location"):
        found = re.match(r"https?://\S{4,500}$", str(message.get(header) or "").strip())
        if found:
            return found[0]
    return None


def loaded(text: str, encoding: str, name: str, address: str | None) -> Loaded:
    lines = article_lines(text, address)
    if not any(line.strip() for line in lines):
        raise UnreadableFile(
            f"{name}: holds no article, perhaps its text is drawn by a script or a picture; print "
            "the page to a PDF and ingest that"
        )
    warnings = ("replacement_characters: the page was already damaged when it was saved",)
    stored = "\n".join(lines)
    return Loaded(stored, f"html ({encoding})", None, warnings if "\ufffd" in stored else ())


def decode_page(data: bytes, name: str, charset: str | None) -> tuple[str, str]:
    """The markup and its encoding: by a mark, by what is declared, else by the whole of it.

    >>> page = '<meta charset="gb2312"><p>喆乡法治政府</p>'.encode("gb18030")
    >>> decode_page(page, "a.html", None)[1]
    'gb18030'
    """
    if len(data) > MOST_BYTES:
        raise UnreadableFile(
            f"{name}: has {len(data) >> 20} MB of markup, which no report has; save its text only"
        )
    found = DECLARED.search(data[:8000])
    named = [charset, found[1].decode("ascii") if found else None]
    if not data.startswith(tuple(MARKS)):
        for declared in [one.lower() for one in named if one]:
            encoding = WIDER.get(declared, declared)
            try:
                text = strict(data, encoding)
            except LookupError:
                continue
            if text is not None and encoding not in ("iso-8859-1", "latin-1", "windows-1252"):
                return text, encoding
    try:
        return decode(data, name)
    except UnreadableFile:
        if data.isascii():
            return unescape(data.decode("ascii")), "ascii"
        damaged = data.decode("utf-8", errors="replace")
        if damaged.count("\ufffd") * 200 < len(CHINESE.findall(damaged)):
            return damaged, "utf-8"  # told of where the article is hit
        raise
