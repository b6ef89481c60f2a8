"""Read a question: its kind, its conditions, and the places and years it is about."""

from rag.plan.courtesies import plainly
from rag.plan.languages import language_of
from rag.plan.planner import plan_question
from rag.plan.practices import known_terms
from rag.plan.reading import Known

__all__ = ["Known", "known_terms", "language_of", "plainly", "plan_question"]
