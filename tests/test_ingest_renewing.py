"""A newer program makes anew what an older one made, from the text or the kept file."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from two_reports import MAWU, MAWU_TEXT, folder_of_two

from ingest.made_with import NOT_STEPS, RAG_PARTS, made_with
from ingest.pipeline import ingest_paths
from ingest.upkeep import bring_up_to_date, is_current
from rag.database import StoredText
from rag.stores import Stores

REPO = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_of_two(tmp_path)


def test_rows_of_an_older_program_are_made_anew(stores: Stores, folder: Path) -> None:
    ingest_paths([folder / MAWU], stores=stores)
    report = stores.database.report(stores.database.cards()[0].id)
    loaded = stores.database.loaded(report.card.id)
    stores.database.replace_report(report, made_with={"steps": "old"}, loaded=loaded)
    (folder / MAWU).unlink()  # the stored text is enough
    assert not is_current(stores)
    assert bring_up_to_date(stores) == 1
    assert is_current(stores)
    assert stores.database.report(report.card.id) == report
    assert bring_up_to_date(stores) == 0


def test_the_kept_original_is_read_again_when_the_folder_is_gone(
    stores: Stores, folder: Path
) -> None:
    ingest_paths([folder / MAWU], stores=stores)
    report = stores.database.report(stores.database.cards()[0].id)
    shutil.rmtree(folder)
    spoiled = StoredText("旧版程序读出的文字", None, ("encoding: old",))
    stores.database.replace_report(report, made_with={"load": "old"}, loaded=spoiled)
    assert bring_up_to_date(stores) == 1
    assert stores.database.stored_text(report.card.id) == MAWU_TEXT
    assert stores.database.report(report.card.id) == report


def test_what_the_steps_import_decides_whether_rows_are_old() -> None:
    steps = [
        path
        for path in (REPO / "ingest").rglob("*.py")
        if path.relative_to(REPO / "ingest").parts[0].removesuffix(".py") not in NOT_STEPS
    ]
    named = [
        node.module
        for path in steps
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("rag.")
    ]
    parts = {module.split(".")[1] for module in named} - {"errors"}
    assert parts, "the steps read with parts of rag"
    assert [part for part in sorted(parts) if not part.startswith(RAG_PARTS)] == []
    assert set(made_with()) == {"load", "steps"}
