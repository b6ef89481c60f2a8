"""The network of the bundled model (BERT, of XLM-R's vocabulary) as a graph for OpenVINO.

Words are looked up outside of the graph, in the file as it lies on the disk: of 250,000 rows
an ingest needs some thousand.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

Weights = Callable[[str], NDArray[np.float32]]  # by name, in 32 bits
TELLS_ITS_MAKERS = "openvino.tools.ovc"  # converts models, and reports each import of openvino
NEVER = np.float32(-1e4)  # added to the score of padding, which then has no weight


def openvino() -> Any:
    """The library, without the part of it that would reach out to the internet."""
    # The library goes on where that part cannot be imported.
    sys.modules.setdefault(TELLS_ITS_MAKERS, None)  # type: ignore[arg-type]
    import openvino as library  # type: ignore[import-untyped]  # noqa: PLC0415  half a second

    return library


def word_rows(file: Path) -> tuple[NDArray[np.float16], NDArray[np.float32]]:
    """What stands for each word, shape (n_words, dim), read where it is used; and for each place.

    The second has shape (n_places, dim) and includes what all words of a first text have.
    """
    name = "embeddings.word_embeddings.weight"
    with file.open("rb") as opened:
        header_size = int.from_bytes(opened.read(8), "little")
        place = json.loads(opened.read(header_size))[name]
    start = 8 + header_size + place["data_offsets"][0]
    words = np.memmap(file, np.float16, "r", offset=start, shape=tuple(place["shape"]))
    with safe_open(file, "np") as tensors:
        positions = tensors.get_tensor("embeddings.position_embeddings.weight")
        kind = tensors.get_tensor("embeddings.token_type_embeddings.weight")[0]
    return words, positions.astype(np.float32) + kind.astype(np.float32)


def build_network(folder: Path) -> Any:
    """The model: (n, length, dim) words and (n, length) marks of 1 in, (n, dim) means out."""
    library = openvino()
    size = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    with safe_open(folder / "model.safetensors", "np") as tensors:

        def weights(name: str) -> NDArray[np.float32]:
            found: NDArray[np.float32] = tensors.get_tensor(name).astype(np.float32)
            return found

        made = _Network(library.opset13, weights, size)
        words = made.op.parameter([-1, -1, size["hidden_size"]], np.float32, "words")
        marks = made.op.parameter([-1, -1], np.float32, "marks")
        hidden = made.normalised(words, "embeddings.LayerNorm")
        padding = made.scores_of_padding(marks)
        for layer in range(size["num_hidden_layers"]):
            hidden = made.layer(hidden, padding, f"encoder.layer.{layer}")
        return library.Model([made.mean(hidden, marks)], [words, marks], "multilingual-e5-small")


class _Network:
    """The parts that the layers are made of."""

    def __init__(self, op: Any, weights: Weights, size: dict[str, Any]) -> None:
        self.op = op
        self._weights = weights
        self._heads = size["num_attention_heads"]
        self._width = size["hidden_size"]
        self._epsilon = size["layer_norm_eps"]

    def layer(self, hidden: Any, padding: Any, name: str) -> Any:
        attended = self._attention(hidden, padding, f"{name}.attention.self")
        told = self._dense(attended, f"{name}.attention.output.dense")
        hidden = self.normalised(self.op.add(hidden, told), f"{name}.attention.output.LayerNorm")
        inner = self.op.gelu(self._dense(hidden, f"{name}.intermediate.dense"), "ERF")
        outer = self._dense(inner, f"{name}.output.dense")
        return self.normalised(self.op.add(hidden, outer), f"{name}.output.LayerNorm")

    def normalised(self, hidden: Any, name: str) -> Any:
        op = self.op
        centred = op.mvn(hidden, self._numbers(-1), True, self._epsilon, "inside_sqrt")
        scaled = op.multiply(centred, op.constant(self._weights(f"{name}.weight")))
        return op.add(scaled, op.constant(self._weights(f"{name}.bias")))

    def scores_of_padding(self, marks: Any) -> Any:
        """0 for a word and far below it for padding, shape (n, 1, 1, length)."""
        op = self.op
        missing = op.subtract(op.constant(np.float32(1)), marks)
        return op.unsqueeze(op.multiply(missing, op.constant(NEVER)), self._numbers(1, 2))

    def mean(self, hidden: Any, marks: Any) -> Any:
        """Of the words of each text, padding left out, shape (n, dim)."""
        op = self.op
        marks = op.unsqueeze(marks, self._numbers(2))
        total = op.reduce_sum(op.multiply(hidden, marks), self._numbers(1), False)
        return op.divide(total, op.reduce_sum(marks, self._numbers(1), False))

    def _attention(self, hidden: Any, padding: Any, name: str) -> Any:
        op = self.op
        query, key, value = (self._by_head(part) for part in self._three(hidden, name).outputs())
        scores = op.add(op.matmul(query, key, False, True), padding)
        seen = op.matmul(op.softmax(scores, -1), value, False, False)
        together = op.transpose(seen, self._numbers(0, 2, 1, 3))
        return op.reshape(together, self._numbers(0, 0, self._width), True)

    def _three(self, hidden: Any, name: str) -> Any:
        """Query, key and value by one multiplication; the query is scaled beforehand."""
        scale = np.float32((self._width // self._heads) ** -0.5)
        parts = [("query", scale), ("key", np.float32(1)), ("value", np.float32(1))]
        weights, biases = (
            np.concatenate([self._weights(f"{name}.{part}.{kind}") * by for part, by in parts])
            for kind in ("weight", "bias")
        )
        return self.op.split(self._product(hidden, weights, biases), self._axis(2), 3)

    def _by_head(self, part: Any) -> Any:
        """Shape (n, length, dim) to (n, heads, length, dim of a head)."""
        shape = self._numbers(0, 0, self._heads, self._width // self._heads)
        return self.op.transpose(self.op.reshape(part, shape, True), self._numbers(0, 2, 1, 3))

    def _dense(self, hidden: Any, name: str) -> Any:
        return self._product(hidden, self._weights(f"{name}.weight"), self._weights(f"{name}.bias"))

    def _product(self, hidden: Any, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> Any:
        op = self.op
        return op.add(op.matmul(hidden, op.constant(weights), False, True), op.constant(bias))

    def _numbers(self, *numbers: int) -> Any:
        return self.op.constant(np.array(numbers, np.int64))

    def _axis(self, number: int) -> Any:
        return self.op.constant(np.int64(number))
