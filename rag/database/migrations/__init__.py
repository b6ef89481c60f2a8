"""Bring the kept tables of an older database up to date (Alembic), one step a schema version.

Derived tables are not migrated: `rag.database.engine` makes them anew where they differ.
"""

from rag.database.migrations.upgrade import upgrade

__all__ = ["upgrade"]
