"""Search by meaning as one state of the database has the reports, or not at all where it fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from rag.database import Database
from rag.errors import EmbedderMismatch, StoreUnavailable
from rag.models import Language

if TYPE_CHECKING:
    from rag.embed import Embedder
    from rag.vectors import VectorIndex

log = logging.getLogger(__name__)

Hits = tuple[tuple[str, float], ...]
Vector = list[float]

# Up to so many reports the copies of their vectors in the database are compared with the
# question: 14 ms, as a search of 100,000 passages takes. Of more, the nearest of all hold
# enough; the further down the list, the more the index misses (0.983 of the 50 nearest are
# found in 500 reports, 0.990 in 800), so twice as many have to be among them as are wanted.
EXACT_REPORTS = 400
NOTES = {
    "zh": "按意思检索暂不可用，本回答只按词语查找段落，可能有遗漏（原因见运行日志）。",
    "en": "Search by meaning is not available at the moment: paragraphs were found by their words "
    "alone, and some may be missed (the log says why).",
}


class Meaning:
    """What is nearest in meaning, of no other version of a report than the database has.

    The vector index follows the database some moments later, so what it may hold otherwise is
    passed over in it: such a report is found by its words. Of a few reports the copies of the
    vectors in the database are compared instead, and nothing is missed. Where the index
    cannot be used, nothing is found by meaning, and `lost` says why.
    """

    def __init__(
        self,
        database: Database,
        *,
        embedder: Callable[[], Embedder],
        index: Callable[[], VectorIndex],
        behind: Callable[[], Collection[str]],
    ) -> None:
        """`behind`: the reports that the index may hold otherwise, asked after each search."""
        self.lost: StoreUnavailable | None = None  # why a search found nothing by meaning
        self._database = database
        self._embedder = embedder
        self._index = index
        self._behind = behind

    def search(self, query: str, *, k: int, report_ids: Collection[str] | None = None) -> Hits:
        """The k nearest paragraph ids with their cosine (-1 to 1) to the query, nearest first."""
        if k < 1 or (report_ids is not None and not report_ids):
            return ()
        try:
            vector = self._embedder().embed_query(query)
            if report_ids is not None and len(report_ids) <= EXACT_REPORTS:
                return self._compared(vector, k, report_ids)
            return self._nearest(vector, k, report_ids)
        except StoreUnavailable as error:
            log.warning("searching without meaning: %s", error)
            self.lost = error
            return ()

    def unseen(self) -> Collection[str]:
        """The reports that are passed over, since their vectors are of another version."""
        return self._behind()

    def _nearest(self, vector: Vector, k: int, report_ids: Collection[str] | None) -> Hits:
        from rag.vectors import HORIZON, best_of, passages_for  # noqa: PLC0415  on first use

        scope = None if report_ids is None else set(report_ids)
        index = self._index()
        hits = index.nearest(vector, passages_for(k) if scope is None else HORIZON)
        behind = self._behind()
        found = [
            hit
            for hit in hits
            if (report_id := hit[0].rpartition("#")[0]) not in behind
            and (scope is None or report_id in scope)
        ]
        if scope is None or len(found) >= passages_for(k) or len(hits) < HORIZON:
            return best_of(found, k)
        return self._compared(vector, k, scope)

    def _compared(self, vector: Vector, k: int, report_ids: Collection[str]) -> Hits:
        from rag.vectors import best_of, compare  # noqa: PLC0415  on first use

        made_by = (self._database.index_made_with("vectors") or "").rpartition(" ")[0]
        name = self._embedder().name
        if made_by not in ("", name):
            raise EmbedderMismatch(
                f"the stored vectors were made by the embedding model {made_by}, not by {name}: "
                f"set FAZHI_EMBEDDING={made_by}, or run `fazhi check --repair` to embed all reports anew"
            )
        return best_of(compare(vector, self._database.vectors(report_ids)), k)


def without_meaning(language: Language) -> str:
    """The note of an answer that was searched for without meaning."""
    return NOTES[language]
