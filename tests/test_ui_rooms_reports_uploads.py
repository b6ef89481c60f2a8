"""What may be uploaded: names, types, sizes, numbers, and what breaks off."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_room import files_under

from ui.rooms.reports.file_names import LONGEST_BYTES, safe_name, unused_name
from ui.rooms.reports.uploads import (
    ENDINGS,
    LASTS,
    MOST_AT_ONCE,
    MOST_FILES,
    UploadRefused,
    Uploads,
)
from ui.texts import texts_in

PASSWORD = "let me in"
ZH, EN = texts_in("zh"), texts_in("en")


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads", largest=1000, most_in_all=2500)


def put(uploads: Uploads, upload: str, name: str, data: bytes) -> str:
    with uploads.receive(upload, name, len(data)) as receiving:
        receiving.write(data)
    return receiving.name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("石桥镇 2024.txt", "石桥镇 2024.txt"),
        ("../../../etc/cron.d/x.txt", "x.txt"),
        ("..\\..\\windows\\x.docx", "x.docx"),
        ("/absolute/path.pdf", "path.pdf"),
        ("C:\\autoexec.bat.txt", "autoexec.bat.txt"),
        (".bashrc", "bashrc"),
        ("...", "report"),
        ("", "report"),
        ("a\0b\nc\u202etxt.exe", "a_b_c_txt.exe"),
        ('a<b>"c|d?e*f.txt', "a_b__c_d_e_f.txt"),
        ("name.txt/", "report"),
        ("x.txt. . ", "x.txt"),
    ],
)
def test_a_name_never_leads_out_of_its_folder(name: str, expected: str) -> None:
    assert safe_name(name) == expected


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    cut = safe_name("镇" * 500 + ".docx")
    assert cut.endswith(".docx")
    assert len(cut.encode()) <= LONGEST_BYTES


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert unused_name("a.txt", {"A.TXT", "a (2).txt"}) == "a (3).txt"


def test_two_files_of_one_name_are_both_kept(uploads: Uploads) -> None:
    upload = uploads.begin(2)
    assert put(uploads, upload, "x/a.txt", b"one") == "a.txt"
    assert put(uploads, upload, "y/a.txt", b"two") == "a (2).txt"
    assert [path.read_bytes() for path in sorted(uploads.close(upload))] == [b"two", b"one"]


@pytest.mark.parametrize("name", ["a.exe", "a", "a.txt.sh", "a.py", "a.xlsx", "a.svg"])
def test_other_types_are_refused_by_name(uploads: Uploads, name: str) -> None:
    upload = uploads.begin(1)
    with pytest.raises(UploadRefused) as refused:
        put(uploads, upload, name, b"text")
    assert refused.value.reason == "upload_type"
    assert ".docx" in EN("upload_type", **refused.value.values)
    assert files_under(uploads.folder) == set()


@pytest.mark.parametrize("data", [b"", b"Rar!\x1a\x07\x00 rest", b"7z\xbc\xaf\x27\x1c rest"])
def test_other_types_are_refused_by_content(uploads: Uploads, data: bytes) -> None:
    upload = uploads.begin(1)
    with pytest.raises(UploadRefused) as refused:
        put(uploads, upload, "a.docx", data)
    assert refused.value.reason == "upload_content"
    assert files_under(uploads.folder) == set()
    assert put(uploads, upload, "a.txt", b"text") == "a.txt"  # its place is free again


def test_a_file_may_not_be_larger_than_allowed_whatever_it_announced(uploads: Uploads) -> None:
    upload = uploads.begin(1)
    for announced in (1001, 1, None):
        with (
            pytest.raises(UploadRefused, match="upload_too_large"),
            uploads.receive(upload, "a.txt", announced) as receiving,
        ):
            for _ in range(1001):
                receiving.write(b"x")
    assert files_under(uploads.folder) == set()


def test_all_uploads_together_are_bounded(uploads: Uploads) -> None:
    upload = uploads.begin(4)
    put(uploads, upload, "a.txt", b"x" * 1000)
    put(uploads, upload, "b.txt", b"x" * 1000)
    with pytest.raises(UploadRefused, match="upload_full"):
        put(uploads, upload, "c.txt", b"x" * 1000)


@pytest.mark.parametrize("count", [0, -1, MOST_FILES + 1])
def test_an_upload_has_a_bounded_number_of_files(uploads: Uploads, count: int) -> None:
    with pytest.raises(UploadRefused, match="upload_too_many"):
        uploads.begin(count)


def test_more_files_than_announced_are_refused(uploads: Uploads) -> None:
    upload = uploads.begin(1)
    put(uploads, upload, "a.txt", b"one")
    with pytest.raises(UploadRefused, match="upload_too_many"):
        put(uploads, upload, "b.txt", b"two")


@pytest.mark.parametrize("upload", ["", "..", "../x", "0" * 24])
def test_an_upload_that_was_not_begun_is_refused(uploads: Uploads, upload: str) -> None:
    with pytest.raises(UploadRefused, match="upload_unknown"):
        put(uploads, upload, "a.txt", b"x")
    with pytest.raises(UploadRefused, match="upload_unknown"):
        uploads.close(upload)


def test_uploads_that_nobody_finishes_are_thrown_away(tmp_path: Path) -> None:
    now = [0.0]
    uploads = Uploads(tmp_path / "uploads", now=lambda: now[0])
    for _ in range(MOST_AT_ONCE):
        put(uploads, uploads.begin(1), "a.txt", b"x")
    with pytest.raises(UploadRefused, match="upload_busy"):
        uploads.begin(1)
    now[0] = LASTS + 1
    uploads.begin(1)
    assert files_under(uploads.folder) == set()


def test_a_file_that_breaks_off_leaves_nothing(uploads: Uploads) -> None:
    upload = uploads.begin(1)
    with pytest.raises(ConnectionError), uploads.receive(upload, "a.txt", 10) as receiving:
        receiving.write(b"half")
        raise ConnectionError
    assert files_under(uploads.folder) == set()
    with pytest.raises(UploadRefused, match="upload_empty"):
        uploads.close(upload)


def test_an_upload_is_not_taken_in_while_a_file_comes(uploads: Uploads) -> None:
    upload = uploads.begin(1)
    with uploads.receive(upload, "a.txt", 1) as receiving:
        receiving.write(b"x")
        with pytest.raises(UploadRefused, match="upload_busy"):
            uploads.close(upload)
    assert len(uploads.close(upload)) == 1


def test_every_ending_is_one_that_ingest_reads() -> None:
    assert {".txt", ".docx", ".pdf", ".ofd", ".html", ".zip"} <= set(ENDINGS)
