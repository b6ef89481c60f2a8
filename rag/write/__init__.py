"""Word an answer with a chat model: only what passes the checks of each sentence is said."""

from rag.write.checks import SentenceCheck
from rag.write.material import Material, gather
from rag.write.writer import check_of, is_prose, write

__all__ = ["Material", "SentenceCheck", "check_of", "gather", "is_prose", "write"]
