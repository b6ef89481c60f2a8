"""What a failing database tells the user: which one, what is wrong, and what to do."""

from __future__ import annotations

from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError

from rag.errors import StoreUnavailable

BUSY_SECONDS = 30  # that a writer waits for another program's transaction
_FULL = ("SQLITE_FULL", "SQLITE_IOERR", "53100")  # 53100: PostgreSQL's disk_full
_LOCKED = ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03")
_READ_ONLY = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "25006")
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_OF_THE_PROGRAM = ("SQLITE_ERROR", "42")  # a statement the database does not understand
_FORBIDDEN = "42501"  # PostgreSQL's insufficient_privilege


def is_outside(error: DBAPIError) -> bool:
    """Whether the disk, the server or another program failed, not this program's statement."""
    if (
        not isinstance(error, OperationalError | InterfaceError)
        and type(error) is not DatabaseError
    ):
        return False
    code = code_of(error)
    return code is None or code == _FORBIDDEN or not code.startswith(_OF_THE_PROGRAM)


def unavailable(url: URL, error: DBAPIError) -> StoreUnavailable:
    """The error to raise for it."""
    cause = str(error.orig).strip()
    return StoreUnavailable(f"the database {name_of(url)} {_saying(code_of(error) or '', cause)}")


def code_of(error: DBAPIError) -> str | None:
    """The driver's own name of an error: SQLite's, or PostgreSQL's SQLSTATE."""
    for attribute in ("sqlite_errorname", "sqlstate"):
        code = getattr(error.orig, attribute, None)
        if isinstance(code, str):
            return code
    return None


def name_of(url: URL) -> str:
    """The file of a SQLite database, or the address without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.render_as_string(hide_password=True)


def _saying(code: str, cause: str) -> str:
    if code.startswith(_LOCKED):
        return (
            f"was locked by another program for {BUSY_SECONDS} seconds ({cause}); "
            "end that program or wait for it, then try again: nothing was lost"
        )
    if code.startswith(_FULL):
        return (
            f"cannot be written ({cause}): the disk is full or failing; "
            "free some space there and try again: nothing was lost"
        )
    if code.startswith(_READ_ONLY):
        return (
            f"cannot be written ({cause}); make the file and its folder writable, "
            "or choose another folder with --data"
        )
    if code.startswith(_DAMAGED):
        return (
            f"is damaged ({cause}); move it away and restore a backup with `fazhi restore FILE`, "
            "or choose another folder with --data"
        )
    return f"cannot be used: {cause}; check that it is there and answers, then try again"
