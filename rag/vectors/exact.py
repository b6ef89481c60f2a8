"""Compare a question with every vector of some reports: nothing is missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from rag.database import PassageVectors

# A number of a unit vector is kept as a whole number of 1/32767: a cosine is off by less than
# 0.0003, and such numbers become floats again in a tenth of the time that 16-bit floats take.
KEPT_AS = np.int16
ONE = 32767
ROUNDING = 0.002  # of a number of a unit vector, that Chroma and this may come to


def packed(vectors: NDArray[np.float32]) -> bytes:
    """Vectors, shape (n_passages, dim), as a database keeps them: of length 1."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = vectors / np.maximum(length, np.finfo(np.float32).tiny)
    kept: bytes = np.rint(unit * ONE).astype(KEPT_AS).tobytes()
    return kept


def unpacked(kept: bytes, count: int) -> NDArray[np.float32]:
    """Vectors of length ONE from what packed() gave, shape (count, dim)."""
    return np.frombuffer(kept, KEPT_AS).reshape(count, -1 if count else 0).astype(np.float32)


def are_alike(one: PassageVectors, other: PassageVectors) -> bool:
    """Whether both hold the same vectors of the same paragraphs, but for rounding."""
    if one.paragraphs != other.paragraphs or len(one.vectors) != len(other.vectors):
        return False
    count = len(one.paragraphs)
    first, second = (unpacked(kept, count) for kept in (one.vectors, other.vectors))
    return bool(np.allclose(first, second, rtol=0, atol=ROUNDING * ONE))


def compare(vector: Sequence[float], held: Sequence[PassageVectors]) -> Iterator[tuple[str, float]]:
    """The paragraph id and the cosine (-1 to 1) of each passage, nearest first."""
    numbers = [number for one in held for number in one.paragraphs]
    if not numbers:
        return
    owners = np.repeat(np.arange(len(held)), [len(one.paragraphs) for one in held])
    query = np.asarray(vector, np.float32)
    kept = unpacked(b"".join(one.vectors for one in held), len(numbers))
    # Row by row: a product of the whole would wake threads that cost more than they spare.
    scores = np.vecdot(kept, query / (np.linalg.norm(query) * ONE))
    for row in np.argsort(-scores, kind="stable"):  # few of which are ever looked at
        yield f"{held[owners[row]].report_id}#{numbers[row]}", float(scores[row])
