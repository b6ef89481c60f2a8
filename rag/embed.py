"""Text to vectors: LangChain's `Embeddings` over sentence-transformers."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from rag.e5 import unpack_e5
from rag.errors import BadSetting
from rag.settings import BUNDLED_EMBEDDING

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 32  # texts of about equal length that go through the network together

Progress = Callable[[int, int], None]  # done, of how many


class Embedder(Embeddings):
    """An embedding model, loaded when the first text comes (about 7 seconds on 2 cores).

    Threads may share it: it works on one batch at a time, so that a question waits for
    one batch of an ingest at most.
    """

    def __init__(self, name: str, cache: Path) -> None:
        self.name = name  # kept in the store: vectors of different models are never mixed
        self.cache = cache
        self._model: SentenceTransformer | None = None
        self._loading = threading.Lock()
        self._working = threading.Lock()

    @property
    def window(self) -> int:
        """The most tokens a text may have; what is longer would be cut off."""
        return self.load().max_seq_length or 512

    def token_count(self, text: str) -> int:
        """How many tokens the text has as a document, with the model's prefix and marks."""
        model = self.load()
        prompt = model.prompts.get("document") or ""
        return len(model.tokenizer(prompt + text, verbose=False)["input_ids"])

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float32]:
        """Document vectors of unit length, shape (n_texts, dim), in the order of the texts."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        model = self.load()
        vectors = np.empty((len(texts), model.get_embedding_dimension() or 0), np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            with self._working:
                found = model.encode_document([texts[i] for i in batch], show_progress_bar=False)
            vectors[batch] = _unit(found)
            if progress:
                progress(start + len(batch), len(texts))
        return vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self.embed(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        model = self.load()
        with self._working:
            found = model.encode_query([text], show_progress_bar=False)
        vector: list[float] = _unit(found)[0].tolist()
        return vector

    def load(self) -> SentenceTransformer:
        """The model itself, loaded now if it was not; call it early to spare the first user.

        Raises:
            BadSetting: there is no such model here or on the hub, or it cannot be unpacked.
        """
        with self._loading:
            if self._model is None:
                self._model = _load(self.name, self.cache)
            return self._model


def open_embedder(name: str, cache: Path) -> Embedder:
    """The model of that name, not yet loaded.

    "bundled:multilingual-e5-small" comes out of an installed package, and nothing goes
    out for it; any other name is a folder or a hub model for sentence-transformers.

    Raises:
        BadSetting: the name says bundled and is not the bundled model's.
    """
    if name.startswith("bundled:") and name != BUNDLED_EMBEDDING:
        raise BadSetting(f"FAZHI_EMBEDDING: the only bundled model is {BUNDLED_EMBEDDING}")
    return Embedder(name, cache)


def _load(name: str, cache: Path) -> SentenceTransformer:
    place = str(unpack_e5(cache)) if name == BUNDLED_EMBEDDING else name
    local = Path(place).is_dir()
    if local:  # read once, when the hub's client is imported
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    # These two take seconds to import, so that is put off until a text is embedded.
    import torch  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from transformers.utils import logging  # noqa: PLC0415

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    abilities = torch.cpu.get_capabilities()
    # Three times as fast where the processor has it; cosine to 32 bits 0.99997.
    short = abilities.get("avx512_bf16") or abilities.get("amx_bf16")
    try:
        return SentenceTransformer(
            place,
            device="cpu",
            local_files_only=local,
            model_kwargs={"dtype": torch.bfloat16 if short else torch.float32},
        )
    except OSError as error:
        raise BadSetting(
            f"FAZHI_EMBEDDING: no model {name!r} for sentence-transformers here or on the hub: "
            f"{error}; unset it to use {BUNDLED_EMBEDDING}"
        ) from error


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of length 1: what is normalised in 16 bits is up to 0.4 % off."""
    exact = np.asarray(vectors, np.float32)
    length = np.linalg.norm(exact, axis=1, keepdims=True)
    unit: NDArray[np.float32] = exact / np.maximum(length, np.finfo(np.float32).tiny)
    return unit
