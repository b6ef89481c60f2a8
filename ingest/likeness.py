"""How much text two reports have in common, estimated from signatures (MinHash)."""

# ruff: noqa: PLC0415  datasketch takes half a second to load, and only a new text needs it

from __future__ import annotations

import re
from collections.abc import Mapping
from heapq import nlargest

import numpy as np

from rag.database import Likeness

ALIKE = 0.8  # of the text in common, from which two reports are told to be alike
MOST = 5  # reports that one is told to be alike to, the most alike ones
_PERMUTATIONS = 128  # the estimate is off by 0.035 at 0.8 (one standard deviation)
_LENGTH = 5  # characters of a piece of text
_LAYOUT = re.compile(r"[\W_]+")


class Signatures:
    """The signatures of all stored reports, to be compared with that of one more."""

    def __init__(self, stored: Mapping[str, bytes]) -> None:
        self._stored = dict(stored)

    def likeness(self, report_id: str, text: str) -> Likeness:
        """The signature of a report's text and the other reports alike; it is stored among them."""
        made = signature(text)
        others = [name for name in self._stored if name != report_id]
        shares = _shares(made, [self._stored[name] for name in others])
        self._stored[report_id] = made
        pairs = [pair for pair in zip(shares, others, strict=True) if pair[0] >= ALIKE]
        return Likeness(made, {name: share for share, name in nlargest(MOST, pairs)})

    def forget(self, report_id: str) -> None:
        self._stored.pop(report_id, None)


def signature(text: str) -> bytes:
    """The MinHash of the text's pieces, 512 bytes; spaces and punctuation count for nothing.

    After Broder, "On the resemblance and containment of documents" (1997).
    """
    from datasketch import MinHash  # type: ignore[import-untyped]

    plain = _LAYOUT.sub("", text)
    pieces = {plain[start : start + _LENGTH] for start in range(max(1, len(plain) - _LENGTH + 1))}
    made = MinHash(_PERMUTATIONS, scheme="affine32")
    made.update_batch([piece.encode() for piece in sorted(pieces)])
    return bytes(made.hashvalues.astype("<u4").tobytes())


def _shares(one: bytes, others: list[bytes]) -> list[float]:
    """The estimated Jaccard similarity of one signature to each of the others, 0 to 1."""
    if not others:
        return []
    matrix = np.frombuffer(b"".join(others), "<u4").reshape(len(others), _PERMUTATIONS)
    shares = (matrix == np.frombuffer(one, "<u4")).mean(axis=1)  # (n_others,)
    return [float(share) for share in shares]
