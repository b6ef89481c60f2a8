"""What every part of the bench measures with: clocks, the machine, memory and disk.

A figure's name ends in its unit; shares and ratios have none.
"""

from __future__ import annotations

import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from rag.settings import Settings, read_settings

Figures = dict[str, float | str]


def machine() -> Figures:
    """What the figures were measured on."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count() or 0,
        "load_before": round(os.getloadavg()[0], 2),  # above 0 others were at work as well
    }


def private(folder: Path) -> Settings:
    """Settings whose stores are all in the folder, whatever servers the user has set."""
    own = {"data": folder, "database": "", "chroma": ""}
    return read_settings().model_copy(update=own)


def disk(settings: Settings, reports: int) -> Figures:
    """Megabytes of each store, and kilobytes of a report in all of them together."""
    parts = {
        "database": list(settings.data.glob("fazhi.db*")),
        "vectors": list(settings.chroma_path.rglob("*")),
        "lexical": list(settings.lexical_path.rglob("*")),
    }
    sizes = {
        part: sum(path.stat().st_size for path in paths if path.is_file())
        for part, paths in parts.items()
    }
    figures: Figures = {f"disk.{part}_mb": round(size / 1e6, 2) for part, size in sizes.items()}
    return figures | {"disk.report_kb": round(sum(sizes.values()) / 1e3 / reports, 1)}


def peak_megabytes() -> float:
    """The most memory this process ever held."""
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kibibytes on Linux
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6, 1)


def median_seconds(function: Callable[[], object], rounds: int) -> float:
    return median(seconds(function) for _ in range(rounds))


def seconds(function: Callable[[], object]) -> float:
    started = time.perf_counter()
    function()
    return time.perf_counter() - started
