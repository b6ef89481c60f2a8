"""Read a question: its kind, its conditions, and the places and years it is about."""

from rag.plan.planner import Known, plan_question

__all__ = ["Known", "plan_question"]
