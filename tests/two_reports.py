"""A folder with two short reports, which a test takes in, changes and takes in again."""

from __future__ import annotations

from pathlib import Path

from ingest.pipeline import ingest_paths
from rag.stores import Stores

MAWU, LIHE = "mawu.txt", "lihe.txt"
MAWU_TEXT = """石柱土家族自治县马武镇人民政府
关于2024年法治政府建设情况的报告

一、主要举措和成效

2024年，马武镇行政机关负责人应出庭7次，行政诉讼应诉率100%。
"""
LIHE_TEXT = """重庆市万州区李河镇人民政府
关于2023年法治政府建设情况的报告

一、主要举措和成效

2023年，李河镇开展法治宣传12场次，调解纠纷60件。
"""


def folder_of_two(where: Path) -> Path:
    """A new folder there with the two reports."""
    made = where / "reports"
    made.mkdir()
    (made / MAWU).write_text(MAWU_TEXT, encoding="utf-8")
    (made / LIHE).write_text(LIHE_TEXT, encoding="utf-8")
    return made


def verdicts(stores: Stores, *paths: Path, **options: bool) -> dict[str, str]:
    """By file, what came of taking these paths in."""
    run = ingest_paths(paths, stores=stores, **options)
    return {result.source: result.verdict for result in run.files}


def change(path: Path, suffix: str = "\n全年开展执法培训3次。\n") -> None:
    path.write_text(path.read_text(encoding="utf-8") + suffix, encoding="utf-8")
