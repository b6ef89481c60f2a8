"""The vector index: passages by meaning (Chroma, through LangChain)."""

from rag.vectors.exact import are_alike, compare
from rag.vectors.index import HORIZON, VectorIndex, best_of, passages_for

__all__ = ["HORIZON", "VectorIndex", "are_alike", "best_of", "compare", "passages_for"]
