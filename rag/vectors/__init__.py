"""The vector index: passages by meaning (Chroma, through LangChain)."""

from rag.vectors.exact import compare, unpacked
from rag.vectors.index import HORIZON, VectorIndex, best_of, passages_for, within

__all__ = ["HORIZON", "VectorIndex", "best_of", "compare", "passages_for", "unpacked", "within"]
