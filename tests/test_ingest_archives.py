"""Archives ingested: the reports in them are files of their own, and stay so."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from ingest.check import check
from ingest.files import files_under
from ingest.pipeline import ingest_paths
from rag.stores import Stores, open_stores

REPORT = """石桥镇人民政府
关于{year}年法治政府建设情况的报告
一、主要做法
{year}年，石桥镇调解纠纷{count}件。
"""


@pytest.fixture
def stores(sample_stores: Stores, tmp_path: Path) -> Iterator[Stores]:
    """Empty stores of the test's own, with the loaded model of the session."""
    settings = sample_stores.settings.model_copy(update={"data": tmp_path / "data"})
    with open_stores(settings, embedder=sample_stores.embedder) as opened:
        yield opened


def packed(path: Path, **reports: str) -> Path:
    with ZipFile(path, "w") as archive:
        for name, text in reports.items():
            archive.writestr(f"{name}.txt", text)
    return path


def verdicts(stores: Stores, *paths: Path, prune: bool = False) -> dict[str, str]:
    run = ingest_paths(paths, stores=stores, prune=prune)
    return {result.source: result.verdict for result in run.files}


def test_reports_in_an_archive_are_added_found_unchanged_updated_and_pruned(
    stores: Stores, tmp_path: Path
) -> None:
    first, second = REPORT.format(year=2022, count=31), REPORT.format(year=2023, count=40)
    archive = packed(tmp_path / "reports.zip", a=first, b=second)
    assert verdicts(stores, archive) == {"reports.zip/a.txt": "added", "reports.zip/b.txt": "added"}
    assert set(verdicts(stores, archive).values()) == {"unchanged"}
    assert check(stores) == ()
    packed(archive, a=first.replace("31", "33"))
    assert verdicts(stores, archive) == {"reports.zip/a.txt": "updated"}
    assert verdicts(stores, archive, prune=True) == {
        "reports.zip/b.txt": "removed",
        "reports.zip/a.txt": "unchanged",
    }
    assert [card.source for card in stores.database.cards()] == ["reports.zip/a.txt"]


def test_a_copy_beside_the_archive_is_a_duplicate(stores: Stores, tmp_path: Path) -> None:
    text = REPORT.format(year=2022, count=31)
    archive = packed(tmp_path / "reports.zip", a=text)
    (tmp_path / "z.txt").write_text(text, encoding="utf-8")
    assert verdicts(stores, archive, tmp_path / "z.txt") == {
        "reports.zip/a.txt": "added",
        "z.txt": "duplicate",
    }


def test_a_broken_archive_is_one_failed_file(stores: Stores, tmp_path: Path) -> None:
    archive = packed(tmp_path / "reports.zip", a="法治" * 90)
    archive.write_bytes(archive.read_bytes()[:60])
    run = ingest_paths([archive], stores=stores)
    assert [(one.source, one.verdict) for one in run.files] == [("reports.zip", "failed")]
    assert "damaged" in str(run.files[0].error)


def test_what_a_browser_saves_beside_a_page_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>法治</p>", encoding="utf-8")
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "style.css").write_text("p {}", encoding="utf-8")
    (tmp_path / "other_files").mkdir()
    (tmp_path / "other_files" / "a.txt").write_text("法治", encoding="utf-8")
    assert [path.name for path in files_under([tmp_path])] == ["a.txt", "page.html"]
