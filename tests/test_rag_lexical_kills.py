"""What a process that was killed in the middle of a commit leaves in the word index's folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from conftest import build_report

from rag.lexical import LexicalIndex


def change(folder: Path) -> None:
    """Take one report of two out, which writes a file of deletions beside the segment."""
    index = LexicalIndex.open(folder)
    index.remove("r1")
    index.commit()


def test_files_of_a_commit_that_was_cut_short_do_not_stop_the_next(tmp_path: Path) -> None:
    folder, ahead = tmp_path / "tantivy", tmp_path / "ahead"
    index = LexicalIndex.open(folder)
    for name in ("r1", "r2"):
        index.replace(name, build_report(name, "依法行政", "行政诉讼应诉率").paragraphs)
    index.commit()
    shutil.copytree(folder, ahead)
    change(ahead)
    (made,) = {path.name for path in ahead.glob("*.del")} - {path.name for path in folder.iterdir()}
    (folder / made).write_bytes(b"")  # registered and begun, when the process was killed
    managed = folder / ".managed.json"
    managed.write_text(json.dumps([*json.loads(managed.read_text()), made]))
    change(folder)
    found = LexicalIndex.open(folder).paragraph_ids()
    assert {name.partition("#")[0] for name in found} == {"r2"}
