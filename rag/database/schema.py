"""The tables. Tuples of strings are kept as JSON text; offsets count characters."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

# Of the tables that hold what no program can make again. When one of them changes, raise it
# and add the step to `rag.database.migrations`.
SCHEMA_VERSION = 2

metadata = MetaData()


def _report_key() -> Column[str]:
    owner = ForeignKey("reports.id", ondelete="CASCADE")
    return Column("report_id", String, owner, primary_key=True)


meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("title", Text),
    Column("type", String, nullable=False),
    Column("town", String),
    Column("county", String),
    Column("city", String),
    Column("province", String),
    Column("code", String),
    Column("year", Integer),
    Column("year_doubtful", Boolean, nullable=False),
    Column("published", String),
    Column("issuers", Text, nullable=False),
    Column("encoding", String, nullable=False),
    Column("pages", Integer),
    Column("warnings", Text, nullable=False),
    Column("sections", Integer, nullable=False),
    Column("paragraphs", Integer, nullable=False),
    Column("facts", Integer, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("superseded_by", String),
    Column("unreadable", Boolean, nullable=False),
    Column("made_with", Text, nullable=False),
    Column("version", Integer, nullable=False),  # generation of the last replacement
    Column("passages_version", Integer, nullable=False),  # …that changed what is indexed
    Index("reports_by_place_and_year", "town", "year"),
)

texts = Table(
    "texts",
    metadata,
    _report_key(),
    Column("text", Text, nullable=False),
    Column("page_starts", Text),  # None: the file has no pages
    Column("load_warnings", Text, nullable=False),
)

sections = Table(
    "sections",
    metadata,
    _report_key(),
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False),
    Column("headings", Text, nullable=False),
    Column("role", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

paragraphs = Table(
    "paragraphs",
    metadata,
    _report_key(),
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("section", Text, nullable=False),
    Column("role", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("reading", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer),
)

facts = Table(
    "facts",
    metadata,
    _report_key(),
    Column("number", Integer, primary_key=True),  # from 0, in order of position
    Column("paragraph", Integer, nullable=False),
    Column("section", Text, nullable=False),
    Column("indicator", String, index=True),
    Column("label", String, nullable=False),
    Column("value", Double),
    Column("low", Double),
    Column("high", Double),
    Column("unit", String, nullable=False),
    Column("qualifier", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("actor", String),
    Column("period", String),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("value_start", Integer, nullable=False),
    Column("value_end", Integer, nullable=False),
    Column("raw", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("whole", Integer),
    Column("rule", String, nullable=False),
)

contradictions = Table(
    "contradictions",
    metadata,
    _report_key(),
    Column("number", Integer, primary_key=True),
    Column("check", String, nullable=False),
    Column("facts", Text, nullable=False),  # their numbers, a whole or a rate first
    Column("arithmetic", Text, nullable=False),
)

removals = Table(
    "removals",
    metadata,
    _report_key(),
    Column("number", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("reason", String, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", String, nullable=False),  # ISO time, UTC
    Column("finished", String),
)

files = Table(
    "files",
    metadata,
    Column("path", String, primary_key=True),  # absolute
    Column("sha256", String(64), index=True),  # None: the bytes could not be read
    Column("verdict", String, nullable=False),
    Column("report_id", String, index=True),
    Column("error", Text),
    Column("run_id", Integer),
    Column("checked", String, nullable=False),  # ISO time, UTC
    Column("size", BigInteger),  # bytes; with the next, what tells an unchanged file unread
    Column("changed_ns", BigInteger),  # time of its last change, nanoseconds since 1970
)

index_state = Table(
    "index_state",
    metadata,
    Column("index", String, primary_key=True),
    Column("report_id", String, primary_key=True),  # no foreign key: it outlives the report
    Column("version", Integer, nullable=False),  # 0: it is being changed, or a kill cut that short
)

passage_vectors = Table(
    "passage_vectors",
    metadata,
    Column("report_id", String, primary_key=True),  # no foreign key: it outlives the report
    Column("version", Integer, nullable=False),  # of the passages that they were made of
    Column("paragraphs", Text, nullable=False),  # the number of each vector's paragraph
    Column("packed", LargeBinary, nullable=False),  # 16 bits a number, one vector after the other
)

signatures = Table(
    "signatures",
    metadata,
    _report_key(),
    Column("signature", LargeBinary, nullable=False),  # MinHash of the stored text
)

lookalikes = Table(
    "lookalikes",
    metadata,
    _report_key(),
    Column("other_id", String, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("likeness", Double, nullable=False),  # estimated share of common text, 0 to 1
)

# Made from the stored texts; where their columns change they are emptied and made anew.
DERIVED = (
    sections,
    paragraphs,
    facts,
    contradictions,
    removals,
    index_state,
    passage_vectors,
    signatures,
    lookalikes,
)
# What no program can make again, in the order in which rows refer to earlier ones.
KEPT = (meta, reports, texts, runs, files)


def columns_of(table: Table) -> str:
    """The names and types of a table's columns."""
    return ", ".join(f"{column.name} {column.type!r}" for column in table.columns)
