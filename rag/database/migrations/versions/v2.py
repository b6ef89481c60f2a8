"""Files are known by size and time of change, so that unchanged ones are not read again."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column

revision = "2"
down_revision = "1"


def upgrade() -> None:
    op.add_column("files", Column("size", BigInteger))
    op.add_column("files", Column("changed_ns", BigInteger))
