"""The sample reports cut at line breaks, and the bundled embedder, shared by tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from rag.embed import Embedder
from rag.models import Paragraph
from rag.passages import Passage, passages_of
from rag.settings import BUNDLED_EMBEDDING, read_settings
from rag.words import fold

SAMPLES = ("changzheng-2023", "lihe-2023", "mawu-2024", "shangjia-2023", "xiaojiang-2022")


@cache
def paragraphs_of(report_id: str) -> tuple[Paragraph, ...]:
    """The lines of a sample report that are not empty, as paragraphs."""
    path = files("ingest") / "samples" / f"{report_id}.txt"
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(
        Paragraph(f"{report_id}#{n}", report_id, n, (), "other", line, fold(line), 0, len(line))
        for n, line in enumerate(line for line in lines if line)
    )


def paragraph(report_id: str, number: int, text: str, *headings: str) -> Paragraph:
    return Paragraph(
        f"{report_id}#{number}", report_id, number, headings, "other", text, fold(text), 0, 0
    )


class Remembering(Embedder):
    """The bundled model, which embeds each text once in a run of the tests."""

    def __init__(self) -> None:
        super().__init__(BUNDLED_EMBEDDING, read_settings().cache)
        self._known: dict[str, NDArray[np.float32]] = {}

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known |= dict(zip(new, super().embed(new, progress), strict=True))
        known = [self._known[text] for text in texts]
        return np.stack(known) if known else super().embed(texts, progress)


@cache
def embedder() -> Embedder:
    """The bundled model, loaded once for all tests of a run."""
    return Remembering()


def passages(report_id: str) -> tuple[Passage, ...]:
    """The passages of a sample report, under its id as the title."""
    return passages_of(
        report_id,
        paragraphs_of(report_id),
        count_tokens=embedder().token_count,
        window=embedder().window,
    )
