"""The vector index: passages by meaning (Chroma, through LangChain)."""

from rag.vectors.index import EXACT_REPORTS, VectorIndex

__all__ = ["EXACT_REPORTS", "VectorIndex"]
