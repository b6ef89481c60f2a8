"""Vectors for a large index, drawn so that they lie as really embedded passages do.

A drawn vector is a mixture of a real passage's and of one of its five nearest, moved by half
the difference of another two near neighbours. With 3,097 real passages and half as the share,
100,000 drawn ones had their first, tenth and fiftieth neighbour where those of 400, 800, 1,600
and 3,097 real ones, continued to 100,000, would have them (0.010, 0.014, 0.022 against 0.007,
0.014, 0.031); shares from 0.3 to 1.1 were tried. Uniformly random vectors would be another
problem: the question's neighbours are then all equally far.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from eval.stand_in import StandInEmbedder
from rag.passages import Passage
from rag.vectors import VectorIndex

MOVED = 0.5
PASSAGES = 33  # of a report, as real ones have on average

Matrix = NDArray[np.float32]


def draw(real: Matrix, count: int, *, seed: int) -> Matrix:
    """So many vectors of unit length, (count, dim), around these, (n_passages, dim)."""
    random = np.random.default_rng(seed)
    near = np.argsort(-(real @ real.T), axis=1)[:, 1:11]

    def some(neighbours: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        chosen = random.integers(len(real), size=count)
        return chosen, near[chosen, random.integers(neighbours, size=count)]

    one, its = some(5)
    share = random.random((count, 1)) * 0.5
    other, of_other = some(10)
    sign = random.choice([-1, 1], size=(count, 1))
    drawn = (1 - share) * real[one] + share * real[its]
    drawn += MOVED * sign * (real[other] - real[of_other])
    unit: Matrix = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
    return unit


class Drawn(StandInEmbedder):
    """A text is the number of a vector, of a passage or of a question."""

    def __init__(self, vectors: Matrix, questions: Matrix) -> None:
        super().__init__()
        self.vectors, self.questions = vectors, questions

    def embed(
        self,
        texts: Sequence[str],
        progress: Callable[[int, int], None] | None = None,  # noqa: ARG002
    ) -> Matrix:
        return self.vectors[[int(text) for text in texts]]

    def embed_query(self, text: str) -> list[float]:
        found: list[float] = self.questions[int(text)].tolist()
        return found

    def nearest(self, question: int, k: int) -> set[str]:
        """The ids of the paragraphs that are nearest to a question, compared with each."""
        scores = self.vectors @ self.questions[question]
        return {passage_of(int(row)).paragraph_id for row in np.argpartition(-scores, k)[:k]}


def passage_of(number: int) -> Passage:
    report_id = f"r{number // PASSAGES}"
    paragraph_id = f"{report_id}#{number % PASSAGES}"
    return Passage(f"{paragraph_id}.0", paragraph_id, report_id, str(number))


def fill(index: VectorIndex, count: int) -> None:
    index.add([passage_of(number) for number in range(count)])
