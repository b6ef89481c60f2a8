"""What of a paragraph is indexed, and how a text is written there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import tantivy

from rag.models import Paragraph
from rag.words import fold, words

VERSION = 2  # of what is indexed; raise it when fields or what goes into them change
_BETWEEN = "\uffff"  # between the two readings of a paragraph; no phrase has it
_SPACE = "\u2423"  # stands for a space, at which tantivy would divide


def digest_of(paragraph: Paragraph, title: str | None) -> bytes:
    """16 bytes that are others where anything that is indexed is."""
    indexed = (title or "", *paragraph.section, paragraph.reading, paragraph.text)
    return hashlib.blake2b("\n\0".join(indexed).encode(), digest_size=16).digest()


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("digest", stored=True)
    builder.add_text_field("report_id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("headings", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("characters", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="position")
    return builder.build()


def document_of(paragraph: Paragraph, title: str | None) -> tantivy.Document:
    searched = plain(paragraph.reading)
    printed = plain(paragraph.text)
    if printed != searched:
        searched += _BETWEEN + printed
    document = tantivy.Document()
    document.add_text("id", paragraph.id)
    document.add_bytes("digest", digest_of(paragraph, title))
    document.add_text("report_id", paragraph.report_id)
    document.add_text("words", " ".join(words(paragraph.reading)))
    document.add_text("headings", " ".join(words("\n".join((title or "", *paragraph.section)))))
    document.add_text("characters", " ".join(sorted(set(searched))))
    document.add_text("pairs", " ".join(pairs(searched)))
    return document


def plain(text: str) -> str:
    """The text as phrases are compared: folded, without case, spaces and line breaks visible."""
    return "".join(_SPACE if c.isspace() else c for c in fold(text).casefold())


def pairs(text: str) -> Sequence[str]:
    """All pairs of neighbours in a plain text: a phrase of them in a row is the substring.

    >>> pairs("应诉率")
    ['应诉', '诉率']
    """
    return [text[i : i + 2] for i in range(len(text) - 1)]


def reading_order(paragraph_id: str) -> tuple[str, int]:
    report_id, _, number = paragraph_id.rpartition("#")
    return report_id, int(number)
