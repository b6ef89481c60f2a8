"""Formats that LibreOffice reads, and the verdict where it is not installed."""

import shutil
from pathlib import Path

import pytest

from ingest.load import load
from rag.errors import UnreadableFile

REPORTS = Path(__file__).parent / "data" / "reports"
OLD = ("old.doc", "kingsoft.wps", "rich.rtf")
needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")),
    reason="LibreOffice is not installed (apt-get install libreoffice-writer)",
)


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("name", OLD)
def test_older_formats_give_the_text_of_the_new_one(name: str) -> None:
    loaded = load(REPORTS / name)
    assert loaded.text == load(REPORTS / "listed.docx").text
    assert loaded.encoding == f"{name.partition('.')[2]} (LibreOffice)"


@pytest.mark.slow
@needs_office
def test_what_libreoffice_can_not_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "old.doc"
    path.write_bytes((REPORTS / "old.doc").read_bytes()[:700])
    with pytest.raises(UnreadableFile, match=r"old\.doc: "):
        load(path)


@pytest.mark.parametrize(
    ("name", "kind"), [("old.doc", "Word 97"), ("kingsoft.wps", "WPS"), ("rich.rtf", "Rich Text")]
)
def test_without_libreoffice_the_verdict_names_the_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, kind: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFile, match=rf"{name}.*{kind}.*install it with: .*office"):
        load(REPORTS / name)
