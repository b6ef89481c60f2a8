"""Questions answered from stored reports: what other Python programs use.

    >>> from rag import answer, open_stores, read_settings  # doctest: +SKIP
    >>> with open_stores(read_settings()) as stores:        # doctest: +SKIP
    ...     found = answer("哪些镇的行政诉讼应诉率达到100%？", stores=stores)

Nothing is loaded before it is used. What is named here stays; the modules may be rearranged.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.errors import BadSetting as BadSetting
    from rag.errors import FazhiError as FazhiError
    from rag.errors import ReportNotFound as ReportNotFound
    from rag.errors import StoreUnavailable as StoreUnavailable
    from rag.models import Answer as Answer
    from rag.models import Census as Census
    from rag.models import Citation as Citation
    from rag.models import Condition as Condition
    from rag.models import Fact as Fact
    from rag.models import Finding as Finding
    from rag.models import Paragraph as Paragraph
    from rag.models import Place as Place
    from rag.models import Plan as Plan
    from rag.models import Report as Report
    from rag.models import ReportCard as ReportCard
    from rag.models import Turn as Turn
    from rag.pipeline import answer as answer
    from rag.pipeline import stream_answer as stream_answer
    from rag.settings import Settings as Settings
    from rag.settings import read_settings as read_settings
    from rag.stores import Stores as Stores
    from rag.stores import open_stores as open_stores

_HOMES = {
    "rag.errors": ("BadSetting", "FazhiError", "ReportNotFound", "StoreUnavailable"),
    "rag.models": (
        "Answer", "Census", "Citation", "Condition", "Fact", "Finding", "Paragraph", "Place",
        "Plan", "Report", "ReportCard", "Turn",
    ),
    "rag.pipeline": ("answer", "stream_answer"),
    "rag.settings": ("Settings", "read_settings"),
    "rag.stores": ("Stores", "open_stores"),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'rag' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return sorted(_HOME_OF)
