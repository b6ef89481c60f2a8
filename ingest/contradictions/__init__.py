"""Figures of one report that cannot all be right."""

from ingest.contradictions.contradictions import find_contradictions

__all__ = ["find_contradictions"]
