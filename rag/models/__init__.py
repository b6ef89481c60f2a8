"""The nouns of the project: frozen, without I/O, shared by every package."""

from rag.models.answers import Answer, Census, Citation, ConditionResult, Finding, LeftOut
from rag.models.kinds import (
    STATES,
    FactKind,
    Language,
    Number,
    Operator,
    PlanKind,
    Qualifier,
    ReportType,
    SectionRole,
    State,
)
from rag.models.questions import Condition, Plan, Scope, Turn
from rag.models.reports import (
    Fact,
    Paragraph,
    Place,
    Removal,
    Report,
    ReportCard,
    Section,
    quote_of,
    stored_offsets,
)

__all__ = [
    "STATES",
    "Answer",
    "Census",
    "Citation",
    "Condition",
    "ConditionResult",
    "Fact",
    "FactKind",
    "Finding",
    "Language",
    "LeftOut",
    "Number",
    "Operator",
    "Paragraph",
    "Place",
    "Plan",
    "PlanKind",
    "Qualifier",
    "Removal",
    "Report",
    "ReportCard",
    "ReportType",
    "Scope",
    "Section",
    "SectionRole",
    "State",
    "Turn",
    "quote_of",
    "stored_offsets",
]
