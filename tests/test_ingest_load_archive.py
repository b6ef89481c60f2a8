"""Zip archives: the files in them as if in folders, within bounds."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from ingest.load import is_there, load, members, read, source_of
from rag.errors import UnreadableFile

REPORTS = Path(__file__).parent / "data" / "reports"


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_files_in_an_archive_have_paths() -> None:
    archive = REPORTS / "mixed.zip"
    found = members(archive)
    assert [source_of(path) for path in found] == [
        "mixed.zip/2023/listed.docx",
        "mixed.zip/2023/page.html",
        "mixed.zip/inner.zip/reports/兴田.txt",
    ]
    assert load(found[0]).text == load(REPORTS / "listed.docx").text
    assert load(found[2]).encoding == "gb18030"
    assert is_there(found[2])
    assert not is_there(archive / "2023" / "other.docx")


def test_documents_that_are_zip_files_hold_no_members() -> None:
    assert members(REPORTS / "listed.docx") == members(REPORTS / "fixed.ofd") == ()


def test_no_name_leads_out_of_the_archive(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "a.zip", {"../../b.txt": "法治".encode(), "/etc/c.txt": b"x"})
    assert [source_of(path) for path in members(archive)] == ["a.zip/b.txt", "a.zip/etc/c.txt"]
    assert read(archive / "b.txt") == "法治".encode()


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"a.txt": bytes(40_000_000)}, "times its packed size"),
        ({f"{number}.txt": b"x" for number in range(5001)}, "5001 files"),
    ],
)
def test_archives_beyond_the_bounds_are_refused(
    tmp_path: Path, parts: dict[str, bytes], reason: str
) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        members(zipped(tmp_path / "a.zip", parts))


def test_archives_nest_three_deep_at_most(tmp_path: Path) -> None:
    data = "法治政府建设".encode()
    name = "a.txt"
    for _ in range(5):
        stream = BytesIO()
        with ZipFile(stream, "w") as archive:
            archive.writestr(name, data)
        data, name = stream.getvalue(), "in.zip"
    path = tmp_path / "out.zip"
    path.write_bytes(data)
    (deepest,) = members(path)
    assert source_of(deepest) == "out.zip/in.zip/in.zip/in.zip"
    with pytest.raises(UnreadableFile, match="archive"):
        load(deepest)


@pytest.mark.parametrize("name", ["empty.zip", "cut.zip"])
def test_an_archive_without_files_is_a_failed_file(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / name, {})
    if name == "cut.zip":
        path.write_bytes((REPORTS / "mixed.zip").read_bytes()[:900])
    with pytest.raises(UnreadableFile, match=name):
        load(path)


def test_a_password_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"x" * 50})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    with pytest.raises(UnreadableFile, match="password"):
        load(path / "a.txt")


def test_the_corpus_is_what_its_program_names() -> None:
    names = {path.name for path in REPORTS.iterdir()}
    suffixes = {Path(name).suffix for name in names}
    assert suffixes >= {".docx", ".doc", ".wps", ".rtf", ".ofd", ".pdf", ".png", ".html",
                        ".mhtml", ".zip"}, json.dumps(sorted(names))  # fmt: skip
