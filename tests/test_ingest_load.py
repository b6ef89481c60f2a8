"""Bytes to text without loss."""

from pathlib import Path

import pytest

from ingest.load import load
from rag.errors import UnreadableFile

SAMPLES = Path(__file__).parent.parent / "ingest" / "samples"
REPORTS = Path(__file__).parent / "data" / "reports"
TEXT = "石桥镇2023年法治政府建设情况的报告\r\n一、主要做法\n　　调解纠纷66宗，成功率98％。\n"


@pytest.mark.parametrize(
    ("stored", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
    ],
)
def test_each_encoding_gives_the_same_text_with_its_line_ends(
    tmp_path: Path, stored: bytes, encoding: str
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(stored)
    loaded = load(path)
    assert loaded.text == TEXT
    assert loaded.encoding == encoding
    assert loaded.warnings == ()


def test_evidence_after_the_first_kilobyte_decides(tmp_path: Path) -> None:
    path = tmp_path / "late.txt"
    path.write_bytes(b"2023 " * 400 + "行政诉讼应诉率100%，全年无败诉案件。".encode("gb18030"))
    assert load(path).text.endswith("行政诉讼应诉率100%，全年无败诉案件。")


def test_the_samples_are_stored_character_for_character() -> None:
    for path in SAMPLES.glob("*.txt"):
        assert load(path).text == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize(
    ("name", "stored", "reason"),
    [
        ("empty.txt", b"", "no text"),
        ("blank.txt", "\ufeff \r\n　\n".encode(), "no text"),
        ("noise.txt", b"\x8f\x00\x07\x1c" + bytes(range(256)), "neither"),
        ("cut.txt", "法治政府建设".encode()[:-1], "damaged"),
        ("controls.txt", "法治政府建设\x00".encode(), "damaged"),
        ("latin.txt", "déjà vu à l'école".encode("latin-1"), "neither"),
        ("broken.txt", b"\xff\xfe" + b"\x00\xd8", "save it as UTF-8"),
        ("report.xyz", b"law", "unknown format"),
        ("report", b"law", "unknown format"),
        ("style.css", "/* 法治 */".encode(), "unknown format"),
        ("report.docx", b"PK\x03\x04 cut off", "damaged or cut off"),
        ("report.rar", b"Rar!\x1a\x07\x00", "unpack it"),
        (
            "table.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
            "sheet",
        ),
        (
            "locked.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_its_remedy(
    tmp_path: Path, name: str, stored: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(stored)
    with pytest.raises(UnreadableFile, match=reason) as failure:
        load(path)
    assert str(failure.value).startswith(f"{name}: ")


@pytest.mark.parametrize("name", ["report", "report.bak", "report.docx", "report.pdf"])
def test_text_is_read_under_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXT, encoding="utf-8", newline="")
    assert load(path).text == TEXT


@pytest.mark.parametrize(
    ("stored", "name", "encoding"),
    [
        ("listed.docx", "report.doc", "docx"),
        ("listed.docx", "report", "docx"),
        ("tables.pdf", "report.docx", "pdf"),
        ("page.html", "report.txt", "html (utf-8)"),
        ("page.mhtml", "report.html", "html (utf-8)"),
        ("fixed.ofd", "report.zip", "ofd"),
    ],
)
def test_the_bytes_say_the_format_whatever_the_name(
    tmp_path: Path, stored: str, name: str, encoding: str
) -> None:
    path = tmp_path / name
    path.write_bytes((REPORTS / stored).read_bytes())
    loaded = load(path)
    assert loaded.encoding == encoding
    assert loaded.text == load(REPORTS / stored).text


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"gone\.txt: cannot be read"):
        load(tmp_path / "gone.txt")


def test_damage_from_an_earlier_save_is_kept_and_told(tmp_path: Path) -> None:
    path = tmp_path / "damaged.txt"
    path.write_text("调解纠纷\ufffd6件", encoding="utf-8")
    loaded = load(path)
    assert loaded.text == "调解纠纷\ufffd6件"
    assert loaded.warnings[0].startswith("replacement_characters")
