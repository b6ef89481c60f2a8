"""The word index: BM25 over words, and every paragraph that holds a phrase (tantivy)."""

from rag.lexical.fields import VERSION, digest_of
from rag.lexical.index import LexicalIndex

__all__ = ["VERSION", "LexicalIndex", "digest_of"]
