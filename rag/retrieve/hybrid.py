"""Hybrid retrieval: paragraphs by meaning and by words, fused by rank."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

DAMPING = 60  # of reciprocal rank fusion: Cormack, Clarke and Büttcher, SIGIR 2009
DEPTH = 50  # how far down each list is read, at least


@dataclass(frozen=True)
class Evidence:
    """A paragraph that may answer the question."""

    paragraph_id: str
    report_id: str
    score: float  # above 0 and at most 1; 1: first by meaning and first by words


@runtime_checkable
class Index(Protocol):
    """What can be searched: `rag.vectors.VectorIndex`, `rag.lexical.LexicalIndex`."""

    def search(
        self, query: str, *, k: int, report_ids: Collection[str] | None = None
    ) -> tuple[tuple[str, float], ...]:
        """The k best paragraph ids with a score each, best first, within the reports."""


def retrieve(
    query: str,
    *,
    vectors: Index,
    lexical: Index,
    k: int,
    report_ids: Collection[str] | None = None,
    unseen: Callable[[], Collection[str]] = tuple,
) -> tuple[Evidence, ...]:
    """The k paragraphs that rank best by meaning and by words together, best first.

    None for a scope without reports; the whole index where no scope is given.

    Args:
        unseen: gives, once they were searched, the reports that the vectors pass over; what
            their paragraphs rank by words counts as if they ranked so by meaning too.
    """
    depth = max(DEPTH, 2 * k)
    rankings = [
        _ranks(index.search(query, k=depth, report_ids=report_ids)) for index in (vectors, lexical)
    ]
    fused = _counted_twice(_summed(rankings), set(unseen()))[:k]
    return tuple(Evidence(name, name.rpartition("#")[0], score) for name, score in fused)


def _counted_twice(
    fused: list[tuple[str, float]], report_ids: Collection[str]
) -> list[tuple[str, float]]:
    """The fused list with the scores of these reports' paragraphs doubled, of two rankings."""
    if not report_ids:
        return fused
    scores = (
        (name, score * 2 if name.rpartition("#")[0] in report_ids else score)
        for name, score in fused
    )
    return sorted(scores, key=lambda item: (-item[1], item[0]))


def fuse(rankings: Sequence[Sequence[str]]) -> list[tuple[str, float]]:
    """Each ranked id once with its reciprocal ranks summed, as a share of the most possible.

    >>> [(name, round(score, 3)) for name, score in fuse([["a", "b"], ["a"]])]
    [('a', 1.0), ('b', 0.492)]
    """
    return _summed([[(name, n) for n, name in enumerate(names, start=1)] for names in rankings])


def _ranks(hits: Sequence[tuple[str, float]]) -> list[tuple[str, int]]:
    """Each hit with its rank from 1; those of one score have one rank, whatever their order.

    Reports that say the same in the same words would else stand behind each other, report
    by report, and the last of them too far down to be read.
    """
    first: dict[float, int] = {}
    return [
        (name, first.setdefault(round(score, 4), number))
        for number, (name, score) in enumerate(hits, start=1)
    ]


def _summed(rankings: Sequence[Sequence[tuple[str, int]]]) -> list[tuple[str, float]]:
    scores: dict[str, float] = {}
    for ranking in rankings:
        for name, rank in ranking:
            scores[name] = scores.get(name, 0.0) + (DAMPING + 1) / (DAMPING + rank)
    most = max(len(rankings), 1)
    ordered = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [(name, score / most) for name, score in ordered]


class HybridRetriever(BaseRetriever):
    """`retrieve` as a LangChain retriever.

    The documents carry paragraph_id, report_id and score (above 0, at most 1) in their
    metadata. A paragraph whose text `read` does not give any more is left out.
    """

    vectors: Index
    lexical: Index
    read: Callable[[Sequence[str]], Mapping[str, str]]  # paragraph ids to their texts
    report_ids: tuple[str, ...] | None = None
    k: int = 10

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
    ) -> list[Document]:
        found = retrieve(
            query,
            vectors=self.vectors,
            lexical=self.lexical,
            k=self.k,
            report_ids=self.report_ids,
        )
        texts = self.read([evidence.paragraph_id for evidence in found])
        return [
            Document(
                texts[evidence.paragraph_id],
                id=evidence.paragraph_id,
                metadata={
                    "paragraph_id": evidence.paragraph_id,
                    "report_id": evidence.report_id,
                    "score": evidence.score,
                },
            )
            for evidence in found
            if evidence.paragraph_id in texts
        ]
