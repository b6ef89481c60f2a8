"""The figures as JSON, and as a page with plots of how cost grows with the number of reports."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

from eval.bench.measures import Figures
from eval.plots import Series, lines

HOW = (
    "ingest.* and embedding.* are of copies of the sample reports, embedded by the real model; "
    "embedding.raw_per_s is its network alone, with the texts made ready beforehand. "
    "answers.* are of made-up reports; their vectors are stand-ins drawn around really embedded "
    "passages, because embedding 10,000 reports takes hours, and their ingest is timed without "
    "the embedding. An answer is there before the findings of all reports are made; census_in_full "
    "has them read as well. load_before above 0 means that the machine had other work."
)
_SIZE = re.compile(r"answers\.(\d+)\.(.+)")


def write_bench(figures: Figures, folder: Path) -> tuple[Path, Path]:
    """Write bench.json and bench.html into a folder, made where it is missing; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    as_json, as_html = folder / "bench.json", folder / "bench.html"
    as_json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    as_html.write_text(render_bench(figures), encoding="utf-8")
    return as_json, as_html


def render_bench(figures: Figures) -> str:
    """One page that needs no other file."""
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{escape(str(value))}</td></tr>"
        for name, value in figures.items()
    )
    kinds = _by_size(figures, r"query\.(\w+)\.p50_ms")
    slow = _by_size(figures, r"query\.(\w+)\.p95_ms")
    memory = _by_size(figures, r"(memory\.peak_mb|disk\.\w+_mb)")
    plots = [
        _plot(kinds, "Median answer by kind", "ms"),
        _plot(slow, "Slowest answer of twenty by kind", "ms"),
        _plot(memory, "Memory and disk", "MB"),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>fazhi bench</title>'
        "<style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;"
        "max-width:60rem;margin:2rem auto;padding:0 1rem}td{padding:.1rem .8rem .1rem 0}"
        "td+td{text-align:right}</style></head><body><h1>fazhi bench</h1>"
        f"<p>{escape(HOW)}</p>{''.join(plots)}<table>{rows}</table></body></html>\n"
    )


def _by_size(figures: Figures, pattern: str) -> dict[str, list[tuple[float, float]]]:
    """Points (reports, value) by what the pattern's group names."""
    points: dict[str, list[tuple[float, float]]] = {}
    for name, value in figures.items():
        sized = _SIZE.fullmatch(name)
        named = re.fullmatch(pattern, sized[2]) if sized else None
        if sized and named:
            points.setdefault(named[1], []).append((float(sized[1]), float(value)))
    return points


def _plot(points: dict[str, list[tuple[float, float]]], title: str, unit: str) -> str:
    series = [Series(name, tuple(sorted(found))) for name, found in points.items()]
    plot = lines(series, title=title, x_label="reports", y_label=unit, logarithmic=True)
    return f"<h2>{escape(title)}</h2>{plot}" if plot else ""
