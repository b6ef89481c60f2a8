"""Write answers by rules, in the language of the question."""

from rag.compose.compose import compose
from rag.compose.joined import join_answers

__all__ = ["compose", "join_answers"]
