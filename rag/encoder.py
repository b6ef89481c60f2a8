"""What an engine that runs an embedding model has to do, whatever it runs on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Content = TypeVar("Content")


@dataclass(frozen=True)
class Batch(Generic[Content]):
    """Texts of about equal length that go through the network together."""

    numbers: tuple[int, ...]  # which of the texts, from 0
    content: tuple[Content, ...]  # of each what the engine takes: the text, or its tokens


class Encoder(Protocol[Content]):
    """A loaded model. Threads may ask for questions while another has batches in work."""

    @property
    def width(self) -> int:
        """Numbers of a vector."""

    @property
    def window(self) -> int:
        """The most tokens a text may have; what is longer would be cut off."""

    def token_count(self, text: str) -> int:
        """How many tokens the text has as a passage, with the model's prefix and marks."""

    def batches(self, passages: Sequence[str]) -> Sequence[Batch[Content]]:
        """All of the passages, in batches that waste little."""

    def run(
        self, batches: Iterable[Batch[Content]]
    ) -> Iterator[tuple[Batch[Content], NDArray[np.float32]]]:
        """Each batch with its vectors of unit length, shape (n_batch, width), as it is done."""

    def question(self, text: str) -> NDArray[np.float32]:
        """The vector of a question, of unit length, shape (width,)."""


def unit(vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    """Rows of length 1: what is normalised in 16 bits is up to 0.4 % off."""
    exact = np.asarray(vectors, np.float32)
    length = np.linalg.norm(exact, axis=-1, keepdims=True)
    scaled: NDArray[np.float32] = exact / np.maximum(length, np.finfo(np.float32).tiny)
    return scaled
