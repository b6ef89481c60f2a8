"""Take the migration steps that a database lacks."""

from __future__ import annotations

from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def upgrade(connection: Connection, found: int, wanted: int) -> None:
    """Take the steps from schema `found` (0: there are no tables) to `wanted`.

    They are part of the caller's transaction: either all are taken or none.
    """
    folder = Path(__file__).parent
    scripts = ScriptDirectory(folder, version_locations=[folder / "versions"])
    steps = list(scripts.iterate_revisions(str(wanted), str(found) if found else "base"))
    with Operations.context(MigrationContext.configure(connection)):
        for step in reversed(steps):
            step.module.upgrade()
