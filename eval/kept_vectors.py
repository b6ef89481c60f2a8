"""The vectors of a corpus kept between runs: embedding it is most of what an evaluation costs.

Kept is what a model made of a text, never what the program read out of a report, so that a
change of any rule is measured and nothing stale is.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.embed import Embedder

FOLDER = "evaluated"  # in the cache


class KeptVectors(Embedder):
    """An embedding model that looks up the texts it embedded for a corpus before.

    Args:
        corpus: what names the corpus; each has a file of its own in the cache.
    """

    def __init__(self, name: str, cache: Path, corpus: str) -> None:
        super().__init__(name, cache)
        digest = hashlib.sha256(f"{name}\n{corpus}".encode()).hexdigest()[:16]
        self._file = cache / FOLDER / f"{digest}.npz"
        self._before = _read(self._file)
        self._used: dict[str, NDArray[np.float32]] = {}

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        known = self._before | self._used
        new = [number for number, key in enumerate(keys) if key not in known]
        if new:
            found = super().embed([texts[number] for number in new], progress)
            known |= {keys[number]: vector for number, vector in zip(new, found, strict=True)}
        self._used |= {key: known[key] for key in keys}
        return np.stack([known[key] for key in keys])

    def keep(self) -> None:
        """Write the vectors that were used, and no others, for the next run."""
        if self._used.keys() == self._before.keys():
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        writing = self._file.with_suffix(f".{os.getpid()}.tmp")
        with writing.open("wb") as file:
            np.savez(
                file, keys=np.array(list(self._used)), vectors=np.stack([*self._used.values()])
            )
        writing.replace(self._file)


def _read(file: Path) -> dict[str, NDArray[np.float32]]:
    """Vectors by the digest of their text; none where the file is missing or damaged."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as kept:
            return dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return {}
