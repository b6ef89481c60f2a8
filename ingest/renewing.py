"""Indexes that an older program or another embedding model made are made anew."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from rag.errors import EmbedderMismatch, StoreUnavailable
from rag.lexical import VERSION as WORDS
from rag.passages import VERSION as PASSAGES
from rag.stores import Stores

LEXICAL, VECTORS = "lexical", "vectors"


def are_indexes_current(stores: Stores) -> bool:
    """Whether this program and the model of the settings made what both indexes hold."""
    return all(
        stores.database.index_made_with(index) == made_with or _never_filled(index, stores)
        for index, made_with in _made_with(stores).items()
    ) and not stores.database.uncopied(VECTORS)


def renew_indexes(stores: Stores) -> None:
    """Make what is in an index pending where something else made it. For the sole writer.

    What is taken down at the end is taken down when it is done, so that a process that is
    killed before leaves it to be done again.
    """
    for index, made_with in _made_with(stores).items():
        found = stores.database.index_made_with(index)
        if found == made_with:
            continue
        if index == LEXICAL:
            _renew_words(stores)
        else:
            _renew_vectors(found, stores)
        stores.database.mark_made_with(index, made_with)


def _renew_words(stores: Stores) -> None:
    try:
        _ = stores.lexical
    except StoreUnavailable:  # of other fields, or damaged: nothing of it can be kept
        stores.renew_words()
    else:  # each report keeps its words until it has the new ones
        stores.database.mark_changing(LEXICAL, stores.database.held(LEXICAL))


def _renew_vectors(found: str | None, stores: Stores) -> None:
    held = stores.database.held(VECTORS)
    if found is None and not held:
        return
    model, _, version = (found or f"{stores.embedding} {PASSAGES}").rpartition(" ")
    try:
        if model != stores.embedding:
            raise EmbedderMismatch(model)
        stores.vectors.tune()
    except EmbedderMismatch:
        stores.renew_vectors()
        return
    if version != str(PASSAGES):
        stores.database.mark_changing(VECTORS, held)


def _never_filled(index: str, stores: Stores) -> bool:
    return stores.database.index_made_with(index) is None and not stores.database.held(index)


def _made_with(stores: Stores) -> dict[str, str]:
    return {LEXICAL: f"{WORDS} {_words()}", VECTORS: f"{stores.embedding} {PASSAGES}"}


@cache
def _words() -> str:
    """A digest of what divides texts into words: where it changes, so do the words."""
    parts = sorted(
        (part for part in files("rag").iterdir() if part.name in ("words.py", "words.txt")),
        key=lambda part: part.name,
    )
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:16]
