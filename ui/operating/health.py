"""Whether the server can answer: each store asked, what it holds, what it runs on."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass

from rag.errors import FazhiError
from rag.ledger import Ledger
from rag.stores import Stores
from ui.operating.versions import version_of
from ui.records import Record

PARTS = ("gradio", "chromadb", "tantivy", "sqlalchemy", "sentence-transformers")


@dataclass(frozen=True)
class Health:
    stores: dict[str, str]  # by name, "ok" or what is wrong
    counts: Record

    @property
    def ok(self) -> bool:
        return all(state == "ok" for state in self.stores.values())

    def record(self, *, detailed: bool) -> Record:
        """As JSON; only with `detailed` what is wrong, which may name files, and versions."""
        stores = {
            name: state if detailed or state == "ok" else f"the {name} cannot be used"
            for name, state in self.stores.items()
        }
        record = {"status": "ok" if self.ok else "failing", "stores": stores, **self.counts}
        return record | (_versions() if detailed else {})


def health_of(stores: Stores) -> Health:
    """Each store opened and asked for something small."""
    counts: Record = {}

    def ask_database() -> None:
        with stores.database.snapshot() as database:
            cards = Ledger(database).holdings.cards
            counts.update(
                reports=len(cards),
                paragraphs=sum(card.paragraphs for card in cards),
                facts=sum(card.facts for card in cards),
                ingesting=database.is_run_unfinished(),
            )

    def ask_vectors() -> None:
        stores.vectors.count()  # to open it may fail too

    asked: dict[str, Callable[[], object]] = {
        "database": ask_database,
        "word index": lambda: stores.lexical.search("法治", k=1),
        "vector index": ask_vectors,
    }
    return Health({name: _state_after(ask) for name, ask in asked.items()}, counts)


def _state_after(ask: Callable[[], object]) -> str:
    try:
        ask()
    except FazhiError as error:
        return str(error)
    return "ok"


def _versions() -> Record:
    return {
        "version": version_of("fazhi"),
        "versions": {"python": platform.python_version()}
        | {name: version_of(name) for name in PARTS},
    }
