"""Bounds on what the packed streams of a PDF unpack to, before pdfium unpacks them.

A page of text has some kilobytes of drawing, an embedded Chinese font up to about 20 MB;
pdfium needs thirty times the memory of the drawing.
"""

from __future__ import annotations

import re
import zlib

from rag.errors import UnreadableFile

MOST_STREAM = 32 * 2**20
MOST_STREAMS = 128 * 2**20
STEP = 2**20
STREAM = re.compile(rb"stream\r?\n")
PICTURE = re.compile(rb"/Subtype\s*/Image")


def check_streams(data: bytes, name: str) -> None:
    """Raises UnreadableFile where the streams, pictures aside, unpack to more than reports do."""
    total, before = 0, 0
    for match in STREAM.finditer(data):
        header = data[max(before, match.start() - 1000) : match.start()]
        header = header[header.rfind(b" obj") :]
        before = match.end()
        if b"Flate" not in header or PICTURE.search(header):
            continue
        size = unpacked_size(data[match.end() : data.find(b"endstream", match.end())], 1)
        total += size
        if size > MOST_STREAM or total > MOST_STREAMS:
            raise UnreadableFile(
                f"{name}: a stream in it unpacks to {size >> 20} MB, as in no report; "
                "print it to a new PDF and ingest that"
            )


def unpacked_size(packed: bytes, depth: int) -> int:
    """The bytes a deflated stream unpacks to, counted up to MOST_STREAM; 0 where it is none."""
    unpacker = zlib.decompressobj()
    size, first = 0, b""
    try:
        while packed and size <= MOST_STREAM:
            part = unpacker.decompress(packed, STEP)
            first, size, packed = first or part, size + len(part), unpacker.unconsumed_tail
            if not part:
                break
    except zlib.error:
        return size
    inner = unpacked_size(first, depth + 1) if depth < 3 and first[:1] == b"x" else 0
    return max(size, inner)
