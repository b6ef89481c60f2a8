"""The fact ledger: every figure of a paragraph, with what it means."""

from ingest.facts.extract import extract_facts

__all__ = ["extract_facts"]
