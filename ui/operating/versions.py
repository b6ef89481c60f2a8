"""Which version of a package runs here."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def version_of(package: str) -> str:
    """Its version; "not installed" where the program runs from a checkout without it."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
