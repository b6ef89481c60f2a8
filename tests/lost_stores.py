"""Stores that go away while they are used."""

from __future__ import annotations

from rag.errors import StoreUnavailable
from rag.stores import Stores


class LostStores:
    """Stores that cannot be read any more."""

    def __init__(self, stores: Stores) -> None:
        self.settings = stores.settings

    @property
    def database(self) -> object:
        raise StoreUnavailable("gone")
