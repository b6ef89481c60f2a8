"""Pictures of pages, read by OCR; the verdict where it is not installed."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from ingest.load import load

REPORTS = Path(__file__).parent / "data" / "reports"
REPO = Path(__file__).parent.parent
needs_ocr = pytest.mark.skipif(find_spec("rapidocr") is None, reason="the extra 'ocr' is missing")


@pytest.mark.slow
@needs_ocr
@pytest.mark.parametrize(
    ("name", "encoding"), [("scanned.pdf", "pdf (ocr)"), ("photo.png", "image (ocr)")]
)
def test_pictures_of_pages_are_read(name: str, encoding: str) -> None:
    loaded = load(REPORTS / name)
    assert loaded.encoding == encoding
    assert loaded.pages == (0,)
    assert loaded.warnings[0].startswith("ocr: ")
    for words in ("关于2023年法治政府建设情况的报告", "参加线上旁听庭审36人次", "合格率98.6%"):
        assert words in loaded.text


@pytest.mark.parametrize("name", ["scanned.pdf", "photo.png"])
def test_without_ocr_the_verdict_names_the_extra(name: str) -> None:
    """In a process where the package can not be found."""
    program = (
        "import sys; from importlib.machinery import PathFinder\n"
        "class Without(PathFinder):\n"
        "    @classmethod\n"
        "    def find_spec(cls, name, path=None, target=None):\n"
        "        found = None if name == 'rapidocr' else super().find_spec(name, path, target)\n"
        "        return found\n"
        "sys.meta_path[:] = [Without if one is PathFinder else one for one in sys.meta_path]\n"
        "from pathlib import Path; from ingest.load.worker import outcome\n"
        "path = Path(sys.argv[1]); kind = 'pdf' if path.suffix == '.pdf' else 'image'\n"
        "print(outcome(kind, path.name, path.read_bytes())['refused'])\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(REPORTS / name)],
        cwd=REPO, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "no text layer" in told
    assert "pip install 'fazhi[ocr]'" in told
