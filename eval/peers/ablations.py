"""This program without one of its parts, to see what the part is worth."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import ingest.pipeline
from eval.peers.ours import OwnRetrieval
from rag.embed import Embedder
from rag.passages import passages_of
from rag.stores import Stores
from rag.vectors import VectorIndex

STEP = "outline"  # the step of the ingest that tells the roles of sections


class WithoutHeadings(OwnRetrieval):
    """Retrieval over vectors of the bare paragraphs, without title and headings in front."""

    def __init__(self, stores: Stores, embedder: Embedder, folder: Path) -> None:
        super().__init__(stores, name="fazhi without headings in the embedding")
        index = VectorIndex.open(folder, embedder)
        for card in stores.database.cards():
            bare = [
                replace(paragraph, section=())
                for paragraph in stores.database.paragraphs(report_ids=[card.id])
            ]
            count, window = embedder.token_count, embedder.window
            index.add(passages_of(None, bare, count_tokens=count, window=window))
        self._vectors = index


def without_headings(stores: Stores, embedder: Embedder, folder: Path) -> WithoutHeadings:
    """The reports of these stores, embedded anew in that folder."""
    return WithoutHeadings(stores, embedder, folder)


@contextmanager
def without_roles() -> Iterator[None]:
    """Within the `with`, reports are read as if nobody could tell a plan from an achievement."""
    whole = getattr(ingest.pipeline, STEP)

    def flat(*arguments: Any, **named: Any) -> Any:
        found = whole(*arguments, **named)
        return replace(
            found,
            sections=tuple(replace(section, role="other") for section in found.sections),
            paragraphs=tuple(replace(paragraph, role="other") for paragraph in found.paragraphs),
        )

    setattr(ingest.pipeline, STEP, flat)
    try:
        yield
    finally:
        setattr(ingest.pipeline, STEP, whole)
