"""The word index as one state of the database has the reports, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Self

from rag.lexical import LexicalIndex
from rag.lexical.fields import reading_order

Behind = Callable[[], Collection[str]]  # the reports that the index may hold otherwise
Hit = tuple[str, float]  # a paragraph's id and its score
Making = Callable[[Collection[str]], LexicalIndex]  # an index of these reports alone


class CurrentWords(LexicalIndex):
    """A LexicalIndex to search, of which no report is in another state than in the database.

    The index follows the database some moments later. What it may hold otherwise is passed
    over in it and looked up in a small index of its own.
    """

    @classmethod
    def of(cls, whole: LexicalIndex, *, behind: Behind, making: Making) -> Self:
        """The index `whole`, in which the reports of `behind` are not to be believed.

        Args:
            behind: asked after each search, since the index may have changed before it.
        """
        current = cls(whole._index, whole._path, whole._wait)
        current._behind = behind
        current._making = making
        return current

    def search(
        self,
        query: str,
        *,
        k: int,
        paragraph_ids: Collection[str] | None = None,
        report_ids: Collection[str] | None = None,
    ) -> tuple[tuple[str, float], ...]:
        found = super().search(query, k=k, paragraph_ids=paragraph_ids, report_ids=report_ids)
        behind = self._behind()
        if not behind:
            return found
        own = self._making(behind).search(
            query, k=k, paragraph_ids=paragraph_ids, report_ids=report_ids
        )
        kept = [(name, score) for name, score in found if _report_of(name) not in behind]
        merged = [*kept, *_on_the_scale_of(kept, own)]
        return tuple(sorted(merged, key=lambda hit: (-hit[1], hit[0])))[:k]

    def containing(
        self, phrase: str, *, report_ids: Collection[str] | None = None
    ) -> tuple[str, ...]:
        found = super().containing(phrase, report_ids=report_ids)
        behind = self._behind()
        if not behind:
            return found
        own = self._making(behind).containing(phrase, report_ids=report_ids)
        return tuple(sorted([*_not_of(behind, found), *own], key=reading_order))

    _behind: Behind
    _making: Making


def _on_the_scale_of(kept: Sequence[Hit], own: Sequence[Hit]) -> Sequence[Hit]:
    """The second list with the scores that the first has at the same part of its length.

    BM25 weighs words by how many paragraphs of its index have them, so the scores of two
    indexes do not compare: those of a few reports would all stand above or below the rest.
    """
    if not kept:
        return own
    share = len(kept) / max(len(own), 1)
    return [(name, kept[int((rank + 0.5) * share)][1]) for rank, (name, _) in enumerate(own)]


def _not_of(report_ids: Collection[str], names: Iterable[str]) -> list[str]:
    return [name for name in names if _report_of(name) not in report_ids]


def _report_of(paragraph_id: str) -> str:
    return paragraph_id.rpartition("#")[0]
