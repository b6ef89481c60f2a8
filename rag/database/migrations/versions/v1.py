"""The first schema."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Text

revision = "1"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "meta",
        Column("key", String, primary_key=True),
        Column("value", Text, nullable=False),
    )
    op.create_table(
        "reports",
        Column("id", String, primary_key=True),
        Column("source", String, nullable=False),
        Column("sha256", String(64), nullable=False, index=True),
        Column("title", Text),
        Column("type", String, nullable=False),
        *(Column(name, String) for name in ("town", "county", "city", "province", "code")),
        Column("year", Integer),
        Column("year_doubtful", Boolean, nullable=False),
        Column("published", String),
        Column("issuers", Text, nullable=False),
        Column("encoding", String, nullable=False),
        Column("pages", Integer),
        Column("warnings", Text, nullable=False),
        *(Column(name, Integer, nullable=False) for name in ("sections", "paragraphs", "facts")),
        Column("sample", Boolean, nullable=False),
        Column("superseded_by", String),
        Column("unreadable", Boolean, nullable=False),
        Column("made_with", Text, nullable=False),
        Column("version", Integer, nullable=False),
        Column("passages_version", Integer, nullable=False),
    )
    op.create_index("reports_by_place_and_year", "reports", ["town", "year"])
    op.create_table(
        "texts",
        Column("report_id", String, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
        Column("text", Text, nullable=False),
        Column("page_starts", Text),
        Column("load_warnings", Text, nullable=False),
    )
    op.create_table(
        "runs",
        Column("id", Integer, primary_key=True),
        Column("started", String, nullable=False),
        Column("finished", String),
    )
    op.create_table(
        "files",
        Column("path", String, primary_key=True),
        Column("sha256", String(64), index=True),
        Column("verdict", String, nullable=False),
        Column("report_id", String, index=True),
        Column("error", Text),
        Column("run_id", Integer),
        Column("checked", String, nullable=False),
    )
