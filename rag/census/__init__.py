"""Judge every report in scope: which state it is in for each condition of a question."""

from rag.census.census import take_census
from rag.census.matrix import Matrix, take_matrix

__all__ = ["Matrix", "take_census", "take_matrix"]
