"""Any model that sentence-transformers can run, on PyTorch."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.encoder import Batch, unit
from rag.errors import BadSetting

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 32


class SentenceModel:
    """A model of sentence-transformers, in 16 bits where the processor is faster with them.

    It works on one batch at a time, so that a question waits for one batch of an ingest at most.
    """

    def __init__(self, model: SentenceTransformer) -> None:
        self.model = model
        self._working = threading.Lock()

    @property
    def width(self) -> int:
        return self.model.get_embedding_dimension() or 0

    @property
    def window(self) -> int:
        return self.model.max_seq_length or 512

    def token_count(self, text: str) -> int:
        prompt = self.model.prompts.get("document") or ""
        return len(self.model.tokenizer(prompt + text, verbose=False)["input_ids"])

    def batches(self, passages: Sequence[str]) -> Sequence[Batch[str]]:
        order = sorted(range(len(passages)), key=lambda number: len(passages[number]))
        parts = [tuple(order[start : start + BATCH]) for start in range(0, len(order), BATCH)]
        return [Batch(part, tuple(passages[number] for number in part)) for part in parts]

    def run(
        self, batches: Iterable[Batch[str]]
    ) -> Iterator[tuple[Batch[str], NDArray[np.float32]]]:
        for batch in batches:
            with self._working:
                found = self.model.encode_document(list(batch.content), show_progress_bar=False)
            yield batch, unit(found)

    def question(self, text: str) -> NDArray[np.float32]:
        with self._working:
            found = self.model.encode_query([text], show_progress_bar=False)
        vector: NDArray[np.float32] = unit(found)[0]
        return vector


def load_sentence_model(place: str, *, exact: bool = False) -> SentenceTransformer:
    """The model in a folder or of that name on the hub; loading takes about 7 seconds on 2 cores.

    Args:
        exact: in 32 bits, which is the default of sentence-transformers.

    Raises:
        BadSetting: there is no such model here or on the hub.
    """
    local = Path(place).is_dir()
    if local:  # read once, when the hub's client is imported
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    # These take seconds to import, so that is put off until a text is embedded.
    import torch  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from transformers.utils import logging  # noqa: PLC0415

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    abilities = torch.cpu.get_capabilities()
    # Three times as fast where the processor has it; cosine to 32 bits 0.99997.
    short = abilities.get("avx512_bf16") or abilities.get("amx_bf16")
    dtype = torch.bfloat16 if short and not exact else torch.float32
    try:
        return SentenceTransformer(
            place, device="cpu", local_files_only=local, model_kwargs={"dtype": dtype}
        )
    except OSError as error:
        raise BadSetting(
            f"FAZHI_EMBEDDING: no model {place!r} for sentence-transformers here or on the hub: "
            f"{error}; unset it to use the bundled model"
        ) from error
