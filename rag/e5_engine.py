"""The bundled model on OpenVINO: each core at work on texts of its own.

It runs where the package `openvino` has a wheel (x86-64); elsewhere PyTorch takes its place.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.e5_network import build_network, openvino, word_rows
from rag.encoder import Batch, unit

PASSAGE, QUESTION = "passage: ", "query: "
BATCH = 8  # so that padding is 2% of the tokens, where it is 8% of batches of 32

Tokens = tuple[int, ...]


def can_run() -> bool:
    return find_spec("openvino") is not None


def load_e5(folder: Path) -> E5Engine:
    """The model of an unpacked folder (`rag.e5`), in 16 bits where the processor has them."""
    core = openvino().Core()
    short = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    settings = {
        "PERFORMANCE_HINT": "THROUGHPUT",  # a stream for each core, not all cores on one text
        "INFERENCE_PRECISION_HINT": "bf16" if short else "f32",
        "ENABLE_CPU_PINNING": False,  # other programs want the cores as well
    }
    compiled = core.compile_model(build_network(folder), "CPU", settings)
    return E5Engine(compiled, folder)


class E5Engine:
    """The compiled network with its tokenizer and what stands for its words."""

    def __init__(self, compiled: Any, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._padding = self.tokenizer.token_to_id("<pad>")
        self._compiled = compiled
        # One that is worked on and one that waits, for each core.
        self._at_once = 2 * compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")
        self._words, self._places = word_rows(folder / "model.safetensors")

    @property
    def width(self) -> int:
        return int(self._words.shape[1])

    @property
    def window(self) -> int:
        return len(self._places)

    def token_count(self, text: str) -> int:
        return len(self.tokenizer.encode(PASSAGE + text).ids)

    def batches(self, passages: Sequence[str]) -> Sequence[Batch[Tokens]]:
        """The longest first, so that at the end no core waits long for another."""
        found = self.tokenizer.encode_batch([PASSAGE + passage for passage in passages])
        tokens = [self._fitted(encoding.ids) for encoding in found]
        order = sorted(range(len(tokens)), key=lambda number: -len(tokens[number]))
        parts = [tuple(order[start : start + BATCH]) for start in range(0, len(order), BATCH)]
        return [Batch(part, tuple(tokens[number] for number in part)) for part in parts]

    def run(
        self, batches: Iterable[Batch[Tokens]]
    ) -> Iterator[tuple[Batch[Tokens], NDArray[np.float32]]]:
        # Not OpenVINO's own queue: its threads call back into Python, and where the program ends
        # in that moment it is aborted.
        free = [self._compiled.create_infer_request() for _ in range(self._at_once)]
        working: deque[tuple[Any, Batch[Tokens]]] = deque()
        try:
            for batch in batches:
                if not free:
                    yield _done(*working[0])
                    free.append(working.popleft()[0])
                request = free.pop()
                request.start_async(self._inputs(batch.content))
                working.append((request, batch))
            while working:
                yield _done(*working[0])
                working.popleft()
        finally:
            for request, _ in working:
                request.wait()

    def question(self, text: str) -> NDArray[np.float32]:
        tokens = self._fitted(self.tokenizer.encode(QUESTION + text).ids)
        request = self._compiled.create_infer_request()
        request.infer(self._inputs([tokens]))
        vector: NDArray[np.float32] = unit(request.get_output_tensor().data)[0]
        return vector

    def _fitted(self, tokens: Sequence[int]) -> Tokens:
        """At most as many as the window holds, with the mark at the end."""
        if len(tokens) <= self.window:
            return tuple(tokens)
        return (*tokens[: self.window - 1], tokens[-1])

    def _inputs(self, texts: Sequence[Tokens]) -> list[NDArray[np.float32]]:
        """What stands for the words, shape (n, length, dim), and 1 for each word, (n, length)."""
        length = max(map(len, texts))
        ids = np.full((len(texts), length), self._padding, np.int64)
        marks = np.zeros((len(texts), length), np.float32)
        for row, tokens in enumerate(texts):
            ids[row, : len(tokens)] = tokens
            marks[row, : len(tokens)] = 1
        return [self._words[ids].astype(np.float32) + self._places[:length], marks]


def _done(request: Any, batch: Batch[Tokens]) -> tuple[Batch[Tokens], NDArray[np.float32]]:
    request.wait()
    return batch, unit(request.get_output_tensor().data)
