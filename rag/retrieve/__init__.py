"""Find the paragraphs, and the figures, that bear on a question."""

from rag.retrieve.gathering import containing, evidence_for, nearest_reported
from rag.retrieve.hybrid import HybridRetriever, Index, fuse, retrieve

__all__ = [
    "HybridRetriever",
    "Index",
    "containing",
    "evidence_for",
    "fuse",
    "nearest_reported",
    "retrieve",
]
