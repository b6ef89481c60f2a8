"""Read a question: its kind, its conditions, and the places and years it is about."""

from rag.plan.planner import plan_question
from rag.plan.reading import Known, language_of

__all__ = ["Known", "language_of", "plan_question"]
