"""Check an answer before it leaves: quotes re-read, marks resolve, each number supported."""

from rag.verify.answer import BrokenCitation, reread, reread_citable, verify
from rag.verify.claims import Checked, Dropped, check_text, sentences_of
from rag.verify.evidence import Evidence

__all__ = [
    "BrokenCitation",
    "Checked",
    "Dropped",
    "Evidence",
    "check_text",
    "reread",
    "reread_citable",
    "sentences_of",
    "verify",
]
