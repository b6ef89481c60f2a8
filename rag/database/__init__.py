"""The SQL database: the truth about every report; the indexes are derived from it."""

from rag.database.database import Database
from rag.database.indexes import Pending
from rag.database.lookalikes import Likeness
from rag.database.manifest import FileRecord
from rag.database.passage_vectors import PassageVectors
from rag.database.rivals import may_be_one
from rag.database.write import StoredText

__all__ = [
    "Database",
    "FileRecord",
    "Likeness",
    "PassageVectors",
    "Pending",
    "StoredText",
    "may_be_one",
]
