"""Judge every report in scope: which state it is in for each condition of a question."""

from rag.census.census import CensusTable, Row, take_census
from rag.census.judge import Judgement, Span

__all__ = ["CensusTable", "Judgement", "Row", "Span", "take_census"]
