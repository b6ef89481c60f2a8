"""A report whose file can not be read is known by the file's name, and counted as unreadable."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.check import check
from ingest.files import FileResult
from ingest.pipeline import ingest_paths
from rag.pipeline import answer
from rag.stores import Stores, open_stores

LOCKED = (Path(__file__).parent / "data" / "reports" / "locked.pdf").read_bytes()
NAME = "石柱土家族自治县马武镇2022年法治政府建设情况报告"
QUESTION = "哪些镇的行政诉讼应诉率达到100%？"


@pytest.fixture
def stores(sample_stores: Stores, tmp_path: Path) -> Iterator[Stores]:
    """Empty stores of the test's own, with the loaded model of the session."""
    settings = sample_stores.settings.model_copy(update={"data": tmp_path / "data"})
    with open_stores(settings, embedder=sample_stores.embedder) as opened:
        yield opened


def ingested(path: Path, stores: Stores) -> FileResult:
    return ingest_paths([path], stores=stores).files[0]


def test_a_locked_report_is_failed_and_yet_counted(stores: Stores, tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.pdf"
    path.write_bytes(LOCKED)
    result = ingested(path, stores)
    assert (result.verdict, result.type, result.paragraphs) == ("failed", "report", 0)
    assert "protected by a password" in str(result.error)
    card = stores.database.cards()[0]
    assert (card.place.town, card.place.county, card.year) == ("马武镇", "石柱土家族自治县", 2022)
    assert card.unreadable
    assert card.warnings[0].startswith("unreadable: ")
    found = answer(QUESTION, stores=stores)
    assert (found.census.in_scope, found.census.unreadable) == (1, 1)
    assert found.left_out.failed == 0
    assert check(stores) == ()
    assert ingested(path, stores).verdict == "failed", "it is told again"
    assert len(stores.database.cards()) == 1


def test_its_text_takes_its_place_when_it_comes(stores: Stores, tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.pdf"
    path.write_bytes(LOCKED)
    ingested(path, stores)
    text = tmp_path / "a.txt"
    text.write_text(
        "石柱土家族自治县马武镇人民政府关于2022年法治政府建设情况的报告\n一、主要做法\n"
        "行政诉讼应诉率100%。\n",
        encoding="utf-8",
    )
    ingested(text, stores)
    found = answer(QUESTION, stores=stores)
    assert (found.census.in_scope, found.census.match, found.left_out.superseded) == (1, 1, 1)


def test_a_file_whose_name_tells_nothing_is_failed_only(stores: Stores, tmp_path: Path) -> None:
    path = tmp_path / "扫描件0001.pdf"
    path.write_bytes(LOCKED)
    assert ingested(path, stores).report_id is None
    assert stores.database.cards(types=("report", "other")) == ()
    assert stores.database.left_out().failed == 1


def test_a_report_that_was_read_keeps_its_text(stores: Stores, tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.txt"
    path.write_text(f"{NAME}\n一、主要做法\n行政诉讼应诉率100%。\n", encoding="utf-8")
    first = ingested(path, stores)
    path.write_bytes(LOCKED)
    assert ingested(path, stores).verdict == "failed"
    card = stores.database.card(str(first.report_id))
    assert not card.unreadable
    assert card.paragraphs == first.paragraphs
