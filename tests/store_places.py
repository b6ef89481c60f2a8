"""Where the stores of a test are: files in its folder, or databases of servers that all share."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from chroma_server import new_vectors
from postgres_server import new_database

from eval.stand_in import StandInEmbedder
from rag.embed import Embedder
from rag.settings import Settings, read_settings
from rag.stores import Stores, open_stores

KINDS = ("files", "servers")  # SQLite and a folder of Chroma; PostgreSQL and a Chroma server


@dataclass(frozen=True)
class StorePlace:
    """Where one store is. The word index and the kept files are in the folder in any case."""

    data: Path
    database: str = ""  # as in the settings, here as there: empty stands for files in the folder
    chroma: str = ""

    @property
    def settings(self) -> Settings:
        own = {"database": self.database, "chroma": self.chroma}
        return read_settings(self.data).model_copy(update=own)

    @property
    def environment(self) -> dict[str, str]:
        """What another process that is given the folder needs to know of it."""
        return {"FAZHI_DATABASE": self.database, "FAZHI_CHROMA": self.chroma}

    def open(self, embedder: Embedder | None = None) -> Stores:
        """The stores there; their vectors are made up unless an embedder is given."""
        return open_stores(self.settings, embedder=embedder or StandInEmbedder())


@contextmanager
def new_place(kind: str, data: Path, request: pytest.FixtureRequest) -> Iterator[StorePlace]:
    """An empty place of one of the KINDS, of which nothing is left on the servers afterwards.

    Skips the test where there is no PostgreSQL to start.
    """
    if kind == "files":
        yield StorePlace(data)
        return
    name = f"t{uuid.uuid4().hex}"
    with (
        new_database(request.getfixturevalue("postgres"), name) as database,
        new_vectors(request.getfixturevalue("chroma"), name) as chroma,
    ):
        yield StorePlace(data, database, chroma)
