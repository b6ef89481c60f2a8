"""Judge every report in scope: which state it is in for each condition of a question."""

from rag.census.census import take_census

__all__ = ["take_census"]
