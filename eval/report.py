"""A run as JSON, and written into a folder with its page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.groups import figures_by_group
from eval.metrics.summary import measures_of, summarise
from eval.outcome import Run
from eval.page import render_html
from eval.saved import RUN_FILE, read_history

PAGE_FILE = "run.html"
LARGE = 200  # reports from which the file is written without line breaks


def render_json(run: Run) -> dict[str, Any]:
    """The run as JSON: figures, figures by group, and each question with answer and score."""
    groups = figures_by_group(run)
    return {
        "started": run.started,
        "questions_from": run.questions_from,
        "reports": list(run.reports),
        "figures": asdict(summarise(run.outcomes)),
        "groups": {
            group: {name: asdict(figures) for name, figures in members.items()}
            for group, members in groups.items()
        },
        "outcomes": [
            {
                "question": outcome.question.model_dump(mode="json", exclude_defaults=True),
                "answer": dict(outcome.answer),
                "milliseconds": round(outcome.milliseconds, 3),
                "right": outcome.score.right,
                "measures": {"right": float(outcome.score.right), **measures_of(outcome)},
                "score": asdict(outcome.score),
            }
            for outcome in run.outcomes
        ],
    }


def write_run(run: Run, folder: Path, texts: Mapping[str, str] | None = None) -> tuple[Path, Path]:
    """Write run.json and run.html into a folder, made where it is missing; their paths.

    The page plots the runs in the folders beside this one, where they asked the same set.

    Args:
        texts: stored text by source, for the page's links to the sources.
    """
    history = read_history(folder.parent)
    folder.mkdir(parents=True, exist_ok=True)
    as_json, as_html = folder / RUN_FILE, folder / PAGE_FILE
    indent = 1 if len(run.reports) < LARGE else None
    text = json.dumps(render_json(run), ensure_ascii=False, indent=indent)
    as_json.write_text(text + "\n", encoding="utf-8")
    as_html.write_text(render_html(run, texts, history), encoding="utf-8")
    return as_json, as_html
